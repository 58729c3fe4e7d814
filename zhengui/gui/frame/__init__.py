"""The window around the pages: rail, context bar, search, status bar, and the start."""
