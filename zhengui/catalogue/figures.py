"""Indicators, claims and parameters, and what they take from ledgers, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from zhengui.catalogue.life import ALWAYS, Life

#: The closed list of tests in a condition.
OPS = frozenset(
    {
        "is",
        "in",
        "not_in",
        "contains_all",
        "filled",
        "empty",
        "under_age",
        "band_at_least",
        "above",
        "by_end",
        "living",
        "not_by_end",
        "not_after",
    }
)


@dataclass(frozen=True, slots=True)
class Condition:
    """One test on a record: `path` is a field or `field.field` through a reference.

    `op` is one of `OPS`. Where `parameter` is given its value takes the place of `values`.
    Values are written as people see them: a choice by its label, yes and no as 是 and 否, numbers in digits.
    `by_end`: the date is filled and not after the period's end; `not_by_end`: it is empty or after it.
    `not_after`: the date is filled and not after that of the field named. `under_age`: the person born on that
    date has not reached that age at the period's end. `living`: what the register's record stands for was there at the
    period's end, by its first and last day or, without a last day, by the field itself.
    `band_at_least`: the number a choice begins with is not below.
    """

    path: str
    op: str
    values: tuple[str, ...] = ()
    parameter: str = ""


@dataclass(frozen=True, slots=True)
class Timing:
    """Which records a period takes: `kind` is during, until, in_force, year, next_year or always.

    during: the date (or whole month) lies in the period. until: it is not after the period's end.
    in_force: begun by the period's end and not ended before it; the last day belongs to it (fields = from, to).
    year, next_year: the number equals the year of the period's end, or the one after.
    """

    kind: str = "always"
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A record counts only if (or, `absent`, only if not) another ledger has a fitting record.

    `on` pairs a path of this ledger with a path of the other; all pairs must be equal.
    """

    ledger: str
    on: tuple[tuple[str, str], ...]
    timing: Timing = Timing()
    where: tuple[Condition, ...] = ()
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """A number taken from one ledger.

    `kind` is count, sum, balance, distinct, average, minimum, maximum, first, last or latest. `fields` are the field
    that is summed or whose average or edge is taken, for a balance what came in and what went out, the distinct
    paths, the date for first and last, or (value, date) for latest.
    """

    kind: str
    ledger: str
    fields: tuple[str, ...] = ()
    timing: Timing = Timing()
    where: tuple[Condition, ...] = ()
    matches: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class Display:
    """How officials write the figure.

    `style`: exact, floor (1287 → 1200余), ceiling (1187 → 近1200), near_floor (as floor), percent, month, day.
    `scale` divides before display (10000 → 万), `scale_word` follows the number, `decimals` are kept, `trim`
    drops zeros at the end of the decimals (97.50% → 97.5%).
    """

    style: str = "exact"
    decimals: int = 0
    scale: int = 1
    scale_word: str = ""
    trim: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """A named figure: one measure, or a ratio of two, or a parameter, or a Python function by name.

    A ratio is `measure` ÷ `over` × `factor` (100 for a share in percent).
    A sum of money is stored in 分 and given in `unit`: 元, 万元 or 亿元.
    `n` is its number among the printed figures of the yearly document, or None.
    `how` is the plain sentence on how it is computed; `good` says which way is good: up, down or empty.
    `part`: for month and day figures, the part of the date that is the value.
    """

    key: str
    title: str
    area: str
    unit: str
    how: str
    measure: Measure | None = None
    over: Measure | None = None
    parameter: str = ""
    function: str = ""
    part: str = ""
    factor: int = 1
    display: Display = Display()
    n: int | None = None
    short: str = ""
    good: str = ""
    strip: bool = True
    life: Life = ALWAYS


@dataclass(frozen=True, slots=True)
class Cover:
    """Something that must not be left out: each live record of `register` that meets `where` is reached by
    `path` from a record of `measure`; with an empty `register` one record of `measure` is enough.
    With `together`, records that agree in these paths are taken as one: one person's posts, however many
    records they are in.
    """

    measure: Measure
    register: str = ""
    path: str = ""
    where: tuple[Condition, ...] = ()
    together: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence without a number that only the data can justify.

    `kind`:
    none: no record fits `measure`. all: every record of `measure` also meets `also` and `also_matches`.
    covers: each of `covers` holds. highest: each of `indicators` is the highest of all complete years.
    A `distinct` measure counts what it names, not records: households, however many problems each has.
    `reports` asks that every active village has reported every month of the period for that ledger.

    `holds`, `fails` and `unknown` end without a mark, for the wording puts one after {claim.key}. They may
    say {year}, {next_year}, {township}, any {figure} and {figure.villages}, and, of the claim itself:
    {claim.count}, how many records (or registered things) break it; {claim.total}, how many were judged;
    {claim.villages}, the villages of all judged, joined by 、; {claim.left}, those of the ones that break it;
        {claim.names}, what all judged are called; {claim.since}, the first of the years that a `highest` looked at.
    Only `holds` and `fails` may use the last six; judging gives no numbers where nothing is known.
    `nothing` is printed instead of `holds` where there was nothing to judge: it says so and praises nobody.
    """

    key: str
    title: str
    area: str
    kind: str
    holds: str
    fails: str
    unknown: str
    measure: Measure | None = None
    also: tuple[Condition, ...] = ()
    also_matches: tuple[Match, ...] = ()
    covers: tuple[Cover, ...] = ()
    indicators: tuple[str, ...] = ()
    reports: bool = False
    nothing: str = ""
    life: Life = ALWAYS


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number the office sets: an age limit, a threshold."""

    key: str
    title: str
    area: str
    value: Decimal
    unit: str = ""
    help: str = ""
