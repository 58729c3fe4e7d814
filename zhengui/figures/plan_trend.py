"""A target for the next year from the values of the last ones."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

from zhengui.catalogue.model import Indicator


def next_target(indicator: Indicator, known: list[Decimal], most: Decimal | None = None) -> Decimal | None:
    """What three years lead to: the last with the mean change, never worse than the last nor over `most`.

    None where a year had none of what there should be more of: such work isn't done every year. From a hundred on
    numbers are told in two digits, unless that would be less than there was.
    """
    last, change = known[-1], (known[-1] - known[0]) / (len(known) - 1)
    if indicator.good == "down":
        return _rounded(known, max(Decimal(0), last + min(change, Decimal(0))))
    if min(known) <= 0:
        return None
    target = max(_rounded(known, last + max(change, Decimal(0))), last)
    return target if most is None else min(most, target)


def _rounded(known: list[Decimal], target: Decimal) -> Decimal:
    if target >= 100:
        step = Decimal(1).scaleb(target.adjusted() - 1)
        return (target / step).to_integral_value(ROUND_FLOOR) * step
    whole = all(value == value.to_integral_value() for value in known)
    return target.quantize(Decimal(1) if whole else Decimal("0.1"), ROUND_FLOOR)
