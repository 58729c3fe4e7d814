"""A township of random records: every type of value, empty ones too, with no plan behind them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from zhengui.catalogue.model import Catalogue, Field, FieldType

FIRST, DAYS = date(2020, 1, 1), 3 * 365
REGISTERS = ("village", "department", "official", "household", "person", "enterprise")
SIZES = {"village": 6, "department": 4, "official": 9, "household": 40, "person": 60, "enterprise": 6}


def random_value(field: Field, dice: random.Random) -> Any:
    """A value of the field's type; small ranges, so that values meet each other."""
    match field.type:
        case FieldType.CHOICE:
            return dice.choice(field.choices)
        case FieldType.CHOICES:
            return tuple(choice for choice in field.choices if dice.random() < 0.3)
        case FieldType.INTEGER | FieldType.MONEY:
            return dice.randrange(0, 5_000_000 if field.type is FieldType.MONEY else 60)
        case FieldType.DECIMAL:
            return Decimal(dice.randrange(0, 100_000)) / (10**field.decimals)
        case FieldType.DATE:
            return FIRST + timedelta(days=dice.randrange(DAYS))
        case FieldType.MONTH:
            return (2020 + dice.randrange(3)) * 100 + dice.randrange(1, 13)
        case FieldType.YEAR:
            return 2020 + dice.randrange(4)
        case FieldType.YES_NO:
            return dice.random() < 0.5
        case FieldType.ATTACHMENT:
            return None
        case _ if field.names_several:
            size = SIZES[field.type.value]
            return tuple(sorted(dice.sample(range(1, size + 1), dice.randrange(1, 4))))
        case _ if field.is_reference:
            return dice.randrange(1, SIZES[field.type.value] + 1)
        case _:
            return f"{field.title}{dice.randrange(5)}"


def random_rows(catalogue: Catalogue, seed: int, size: int = 60) -> dict[str, list[dict[str, Any]]]:
    """Rows by ledger, registers first; the ids will be 1, 2, 3 … in their order."""
    dice = random.Random(seed)
    keys = [*REGISTERS, *(key for key in catalogue.ledgers if key not in REGISTERS)]
    found = {}
    for key in keys:
        ledger = catalogue.ledgers[key]
        count = SIZES.get(key, dice.choice((0, size // 4, size)))
        found[key] = [
            {
                field.key: random_value(field, dice)
                for field in ledger.fields
                if field.required or dice.random() < 0.8
            }
            for _ in range(count)
        ]
    for place, person in enumerate(found["person"]):
        person["birth_on"] = date(1950 + place % 50, 1 + place % 12, 1 + place % 28)
    for place, official in enumerate(found["official"]):
        official["name"] = f"干部{place}"
    return found
