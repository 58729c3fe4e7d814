"""What goes onto paper: the pages of the yearly document, its tables and charts, and Word."""
