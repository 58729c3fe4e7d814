"""The document that an office writes: begun, edited, composed, and found again from a record."""
