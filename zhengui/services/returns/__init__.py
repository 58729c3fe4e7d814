"""Who has reported which month of a ledger, and reminding those who have not."""
