"""Rankings of villages as frozen values: by which figures, how heavy each is, and what earns all or nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from zhengui.catalogue.life import ALWAYS, Life

#: What a raw count is divided by, for villages differ in size: as the village register's fields.
PER = ("population", "households")


@dataclass(frozen=True, slots=True)
class RankItem:
    """One figure of a ranking: `weight` points at `full` and beyond, none at `zero`, in between in proportion.

    Where `full` is below `zero` less is better. A figure that is no share is divided by another one (`over`, as a
    percentage) or counted for each hundred of `per`. `title` is what the rate is called, if not after the figure.
    """

    indicator: str
    weight: Decimal
    zero: Decimal
    full: Decimal
    over: str = ""
    per: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Ranking:
    """A ranking; `bonus` is how many points may be added or taken away at most by single deeds."""

    key: str
    title: str
    area: str
    items: tuple[RankItem, ...]
    bonus: Decimal = Decimal(0)
    life: Life = ALWAYS
