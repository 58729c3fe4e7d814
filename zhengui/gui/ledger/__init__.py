"""A ledger as a table: columns, cells, filters, selection, review, and what can be done with its records."""
