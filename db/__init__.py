"""The database's migrations and the invented township that shows the program."""
