"""The encrypted file itself: opened, locked with its key, copied."""
