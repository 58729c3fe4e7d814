"""The way to an issue and after it: checked, issued, compared, drifted, and bound with its evidence."""
