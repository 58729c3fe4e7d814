"""The open township, and what all of an office shares: its years, days, villages and settings."""
