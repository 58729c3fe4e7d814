"""Workbooks in and out of the program, by fields and values, without a database."""
