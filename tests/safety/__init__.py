"""Trials of what must never happen: kills in the middle of work, and damaged files; small in the suite.

In full, before a release: `python -m tests.safety kills 1000` and `python -m tests.safety damage 500`.
"""
