"""系统: the office, its numbers, the data file and its backups, the recycle bin, about."""
