"""How fast the program is, as ratios to floors taken in the same run; `python -m benchmarks` prints them."""
