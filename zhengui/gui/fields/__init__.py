"""One editor for each type of field: typing, picking and showing a value."""
