"""What the office keeps an eye on: warnings, what is due, calendars, rankings."""
