"""The grid lines of a chart: three or four, at round values."""

from __future__ import annotations

STEPS = (1, 2, 2.5, 5, 10)


def grid_step(highest: float) -> float:
    """The distance of three or four grid lines up to the highest value."""
    if highest <= 0:
        return 1.0
    rough = highest / 3
    power = 10.0 ** (len(str(int(rough))) - 1) if rough >= 1 else 1.0
    return next(step * power for step in STEPS if step * power >= rough)
