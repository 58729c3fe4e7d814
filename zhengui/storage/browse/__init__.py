"""Ledgers as they are leafed through: which rows, in which order, a page at a time."""
