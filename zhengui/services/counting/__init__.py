"""Figures and claims: what they are, for which period and village, and which records they come from."""
