"""One value of one field: read from text, shown, checked, sampled, without a window or a database."""
