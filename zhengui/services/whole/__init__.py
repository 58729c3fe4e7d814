"""What concerns a whole township: the turn of the year, the demo, the self-test."""
