"""The few figures that no ledger holds, by the name the catalogue calls them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from zhengui.figures.period import Period

PARTY_FOUNDED = 1921


def party_anniversary(period: Period) -> int:
    """Years since the Party's founding, in the year the period ends."""
    return period.year - PARTY_FOUNDED


FUNCTIONS: Mapping[str, Callable[[Period], int]] = {"party_anniversary": party_anniversary}
