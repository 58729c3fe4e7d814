"""Rules of warning as frozen values: what is looked at, from which limit on, and what is to be done then."""

from __future__ import annotations

from dataclasses import dataclass

from zhengui.catalogue.figures import Match, Measure
from zhengui.catalogue.life import ALWAYS, Life

#: The closed list of what a rule can notice; each is a function of `figures.warning_rules`.
WARNING_KINDS = (
    "sum_above",
    "latest_below",
    "happened",
    "not_since",
    "without",
    "ends_soon",
    "raised",
    "unreported",
    "jumped",
)


@dataclass(frozen=True, slots=True)
class WarningRule:
    """One rule; `limit` names the parameter that bounds it.

    sum_above: the values of one subject added up since the year began are above the limit.
    latest_below: the latest value of a subject is below the limit.
    happened: a record is not older than so many days. not_since: no record of `other` for so many days.
    without: so many days after it began a subject has no record of `other` that the year takes.
    ends_soon: a record in force ends within so many days. raised: a region's grade rose in so many days.
    unreported: a month of a ledger is owed so many days after it was due.
    jumped: a month's figure is so many times the average of the months before it in the year.

    `measure` are the records looked at, judged on the day; `subject` is the path of what is warned of, empty for the
    record itself; `amount`, `day` and `end` are its fields of the value, of the day it rests on, and of its last day.
    `other` are the records that are wanted of a subject: the first pair of `on` joins them, their day is the first field
    of their timing. `order` names the grades of a region from low to high. `why` may say {value}, {limit}, {since},
    {until}, {days} and {names}; `leads` are the ledgers in which something can be done.
    """

    key: str
    title: str
    area: str
    kind: str
    why: str
    advice: str
    limit: str
    measure: Measure | None = None
    subject: str = ""
    amount: str = ""
    day: str = ""
    end: str = ""
    other: Match | None = None
    order: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    life: Life = ALWAYS
