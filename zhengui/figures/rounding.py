"""Round numbers as officials use them: cut off with 余, or nearly reached with 近; and whether such a word is true."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

#: Below this a number is told as it is: 86余 would add a word and hide the number.
ROUNDED_FROM = 100
#: 近 is true of what lies less than this below the round number.
NEARLY = Decimal("0.05")
WAN, YI = 10_000, 100_000_000


def two_digits(number: Decimal, rounding: str = ROUND_FLOOR) -> Decimal:
    """A number with two significant digits: 1287 → 1200, 12345 → 12000, or up with ROUND_CEILING."""
    if not number:
        return number
    step = Decimal(1).scaleb(number.adjusted() - 1)
    return (number / step).to_integral_value(rounding) * step


def cut_off(number: Decimal) -> Decimal:
    """What 余 may follow: the number without its lesser digits; the number itself where there is nothing to cut."""
    return two_digits(number) if number >= ROUNDED_FROM else number


def nearly(number: Decimal) -> Decimal | None:
    """The round number that 近 may be said of, or None where none is near enough."""
    if number < ROUNDED_FROM:
        return None
    above = two_digits(number, ROUND_CEILING)
    return above if number < above and is_nearly(number, above) else None


def is_nearly(number: Decimal, told: Decimal) -> bool:
    """Whether `number` lies below `told` by less than a twentieth of it."""
    return number < told and (told - number) < told * NEARLY


def is_more_than(number: Decimal, told: Decimal) -> bool:
    """Whether 余 after `told` is true: more than it, by less than its last digit that is not 0 would be worth.

    1200余 is 1201 to 1299, 1.2万余 is 12001 to 12999; a number that ends with another digit than 0 takes no 余.
    """
    return told < number < told + last_step(told)


def last_step(number: Decimal) -> Decimal:
    """What a step of the last digit that is not 0 is worth: 1200 → 100, 1.2 → 0.1, 86 → 1."""
    exponent = number.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
