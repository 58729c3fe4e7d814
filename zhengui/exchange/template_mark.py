"""What a workbook that was made from a template says of itself: the ledger of each sheet, the field of each heading."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from zhengui.catalogue.model import Field, Ledger
from zhengui.exchange.match import plain_title
from zhengui.values.cells import Cell


@dataclass(frozen=True, slots=True)
class TemplateMark:
    """The village it was made for (its name, or empty), and by sheet the ledger's key and field keys by heading."""

    village: str = ""
    ledgers: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.ledgers)


def mark_of(rows: Sequence[Sequence[Cell]]) -> TemplateMark:
    """The mark in the rows of its sheet; what makes no sense is passed over."""
    village, ledgers, fields = "", {}, {}
    for row in rows:
        name, told = str(row[0]), str(row[1]) if len(row) > 1 else ""
        if name == "village":
            village = told
        if not told.startswith("{"):
            continue
        try:
            known = json.loads(told)
        except ValueError:
            continue
        if isinstance(known, dict) and isinstance(known.get("fields"), dict):
            ledgers[name] = str(known.get("ledger", ""))
            titles = {plain_title(str(title)): str(key) for title, key in known["fields"].items()}
            fields[name] = titles
    return TemplateMark(village, ledgers, fields)


def present_titles(header: Sequence[str], ledger: Ledger, fields: Mapping[str, str]) -> list[str]:
    """The header with today's title of each field that a heading of the template stood for."""
    return [
        ledger.by_key[key].title if (key := fields.get(plain_title(title), "")) in ledger.by_key else title
        for title in header
    ]


def retired_field(ledger: Ledger, title: str) -> Field | None:
    """The field of a ledger that a title names and that is asked for no more, or None."""
    wanted = plain_title(title)
    for each in ledger.fields:
        if not each.is_asked and plain_title(each.title) == wanted:
            return each
    return None


def only_given(cells: Sequence[Cell], places: Sequence[int]) -> bool:
    """Whether a row has nothing in it but what the template put there, such as the village's name."""
    if not places or len(cells) - cells.count("") - cells.count(None) > len(places):
        return False
    return all(cell in ("", None) for at, cell in enumerate(cells) if at not in places)
