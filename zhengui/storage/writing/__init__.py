"""Documents and plans: their parts, versions, issues, progress and schedules."""
