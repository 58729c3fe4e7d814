"""Questions to ledgers as SQL: which records, through which registers, in which order."""
