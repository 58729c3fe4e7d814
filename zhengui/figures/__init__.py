"""Periods, figures, claims and how officials write them: pure values, computed from counts given."""
