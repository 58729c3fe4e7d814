"""Entering and finding records, one by one or by the workbook, and having them reviewed."""
