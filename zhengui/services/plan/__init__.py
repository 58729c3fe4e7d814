"""The plan of a year: its items, their progress and schedules, and what becomes of them."""
