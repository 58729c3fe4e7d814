"""绩效考核: the villages ranked month by month, each mark open to its records."""
