"""One figure: its value, its years, how it is computed, and exactly its records."""
