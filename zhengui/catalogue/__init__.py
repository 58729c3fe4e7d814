"""What the office keeps: work areas, ledgers, fields, indicators, claims and the outline, as frozen values."""
