"""A work area: its figures over its ledgers, with the form of the chosen record."""
