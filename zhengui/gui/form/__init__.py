"""The form of one record: its fields, its mistakes, its drafts, its way through the loop, its history."""
