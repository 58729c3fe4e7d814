"""What all pages share: the open township, the period and villages, and the places one can be in."""
