"""Measures as SQL: their values, and exactly the records behind them."""
