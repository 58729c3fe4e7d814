"""F1: the manual."""
