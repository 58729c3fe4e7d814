"""The columns of a ledger's table: its fields, the derived state, their order, widths and alignment."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from zhengui.catalogue.closed_loop import DUE, LOOP_FIELDS
from zhengui.catalogue.model import Field, FieldType, Ledger

#: The derived column of closed-loop ledgers; no field may have this key, as fields begin with a letter.
STATE = "_state"
DELETED = "_deleted"
WIDTHS = {
    FieldType.TEXT: 168,
    FieldType.LONG_TEXT: 220,
    FieldType.INTEGER: 88,
    FieldType.DECIMAL: 104,
    FieldType.MONEY: 124,
    FieldType.DATE: 104,
    FieldType.MONTH: 84,
    FieldType.YEAR: 68,
    FieldType.CHOICE: 116,
    FieldType.CHOICES: 148,
    FieldType.YES_NO: 68,
    FieldType.VILLAGE: 92,
    FieldType.DEPARTMENT: 104,
    FieldType.OFFICIAL: 84,
    FieldType.HOUSEHOLD: 132,
    FieldType.PERSON: 132,
    FieldType.ENTERPRISE: 168,
    FieldType.REF: 132,
    FieldType.INDICATOR: 168,
    FieldType.ID_NUMBER: 172,
    FieldType.PHONE: 120,
    FieldType.ATTACHMENT: 72,
}
#: A heading needs about this much for each of its characters, and this for its edges and funnel.
_PER_CHARACTER, _EDGES = 13, 34
_DUE_WIDTH = 184


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a field of the ledger, or a derived one without a field."""

    key: str
    title: str
    field: Field | None
    width: int

    @property
    def is_number(self) -> bool:
        """Whether values stand at the right and can be added up."""
        return self.field is not None and self.field.is_number

    @property
    def is_total(self) -> bool:
        """Whether a sum of the column means something."""
        field = self.field
        return field is not None and field.is_number and (field.total or bool(field.total_by))

    @property
    def heading(self) -> str:
        """The title with the unit that all its values share."""
        unit = self.field.unit if self.field is not None and self.field.is_number else ""
        if not unit and self.field is not None and self.field.type is FieldType.MONEY:
            unit = "元"
        return f"{self.title}（{unit}）" if unit else self.title


def editable(field: Field | None) -> bool:
    """Whether a column can be typed in; photos and files have their place in the form."""
    return field is not None and not field.system and field.type is not FieldType.ATTACHMENT


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What the user chose for a ledger's table: columns in order, widths, and the sorting."""

    shown: tuple[str, ...] = ()
    widths: tuple[tuple[str, int], ...] = ()
    sort: str = ""
    descending: bool = True

    def to_text(self) -> str:
        """As text for a setting."""
        return json.dumps(asdict(self), ensure_ascii=False)


def read_arrangement(text: str) -> Arrangement:
    """An arrangement from a setting; the usual one where the text makes no sense."""
    try:
        read = json.loads(text) if text else {}
        widths = tuple((str(k), int(w)) for k, w in read.get("widths", ()))
        return Arrangement(
            tuple(map(str, read.get("shown", ()))),
            widths,
            str(read.get("sort", "")),
            bool(read.get("descending", True)),
        )
    except (ValueError, TypeError, AttributeError):
        return Arrangement()


def all_columns(ledger: Ledger) -> list[Column]:
    """Every column the table can show, in the order in which it shows them until the user arranges them."""
    found = [_column(ledger, field) for field in _ordered(ledger)]
    if ledger.closed_loop:
        place = next((n for n, c in enumerate(found) if c.key == DUE), len(found))
        found.insert(place, Column(STATE, "状态", None, 96))
    return found


def _column(ledger: Ledger, field: Field) -> Column:
    width = WIDTHS[FieldType.CHOICES] if field.many else WIDTHS[field.type]
    if ledger.closed_loop and field.key == DUE:
        width = _DUE_WIDTH
    column = Column(field.key, field.title, field, width)
    return replace(column, width=max(width, _EDGES + _PER_CHARACTER * len(column.heading)))


def _ordered(ledger: Ledger) -> list[Field]:
    """Fields as in the form; in a closed loop the due date comes before photos, numbers and the later steps."""
    if not ledger.closed_loop:
        return list(ledger.live_fields)
    loop = {f.key for f in LOOP_FIELDS}
    ranks = {DUE: 1, "responsible": 2}

    def rank(field: Field) -> int:
        if field.key in loop:
            return ranks.get(field.key, 5)
        return 3 if field.type is FieldType.ATTACHMENT else 4 if field.is_number else 0

    return sorted(ledger.live_fields, key=rank)


def usual(ledger: Ledger, columns: Sequence[Column]) -> tuple[str, ...]:
    """The columns shown until the user chooses; long texts wait in the form, unless they name the record."""
    return tuple(c.key for c in columns if c.field is None or _usual(ledger, c.field))


def _usual(ledger: Ledger, field: Field) -> bool:
    return field.in_table and (field.type is not FieldType.LONG_TEXT or field.key in ledger.label)


def arranged(ledger: Ledger, arrangement: Arrangement) -> list[Column]:
    """The columns to show, as arranged; fields that are no longer there are left out."""
    columns = all_columns(ledger)
    by_key = {c.key: c for c in columns}
    widths = dict(arrangement.widths)
    keys = [k for k in arrangement.shown if k in by_key] or list(usual(ledger, columns))
    return [replace(by_key[k], width=max(40, widths.get(k, by_key[k].width))) for k in keys]
