"""What an office keeps: areas, ledgers, fields, indicators, claims and the outline, as frozen values."""
