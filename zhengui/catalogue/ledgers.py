"""Ledgers, their fields and the rules between fields, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from zhengui.catalogue.life import ALWAYS, Life


class FieldType(StrEnum):
    """The kinds of value a field can hold; each has one column type, one editor and one sample."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    MONTH = "month"
    YEAR = "year"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    VILLAGE = "village"
    DEPARTMENT = "department"
    OFFICIAL = "official"
    HOUSEHOLD = "household"
    PERSON = "person"
    ENTERPRISE = "enterprise"
    REF = "ref"
    INDICATOR = "indicator"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    ATTACHMENT = "attachment"


#: Field types whose value is the id of a record in a register: that of the same name, or for `ref` the one in `to`.
REFERENCE_TYPES = frozenset(
    {
        FieldType.VILLAGE,
        FieldType.DEPARTMENT,
        FieldType.OFFICIAL,
        FieldType.HOUSEHOLD,
        FieldType.PERSON,
        FieldType.ENTERPRISE,
        FieldType.REF,
    }
)
#: Registers of people: more names than can be read through, many of them alike.
PEOPLE_TYPES = frozenset({FieldType.HOUSEHOLD, FieldType.PERSON})
#: Registers so short that one is ticked in a list of all.
SHORT_TYPES = frozenset({FieldType.VILLAGE, FieldType.DEPARTMENT, FieldType.OFFICIAL})
#: Values that may be long: tables and forms keep room for them.
LONG_TYPES = frozenset({FieldType.TEXT, FieldType.LONG_TEXT, FieldType.ENTERPRISE, FieldType.INDICATOR})
NUMBER_TYPES = frozenset({FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY})
#: Values that no second record has; copies begin without them unless the file says otherwise.
OF_ONE_RECORD = frozenset({FieldType.ATTACHMENT, FieldType.ID_NUMBER})
TIME_TYPES = frozenset({FieldType.DATE, FieldType.MONTH, FieldType.YEAR})


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a ledger.

    `carry` is true where the value is kept when the next record is entered, `copy` where a copy of a record
    begins with it: not what happened to the record later, and nothing that one record alone can have.
    `decimals` counts the places of a decimal number; the column stores the number times ten to that power.
    `minimum` and `maximum` bound numbers, in the field's own unit (yuan for money); `load` sets the minimum
    of every number to 0 unless the file says otherwise.
    `choices` in a file is a list, or the name of a list under [kinds] that several fields share.
    `personal` marks a value that is masked on screen and never logged.
    `name` marks a text that is somebody's or something's name, kept without blanks between its characters.
    `total_by` names the fields that tell numbers of different kinds apart, the kind and where it differs the unit:
    such numbers are added up kind by kind.
    `spoken` says those of the choices otherwise that an office calls otherwise (镇级, 乡级): what is kept stays the same.
    `known_in` names a ledger whose records a text should be called like: its names are offered, others are asked about.
    `guess` names a text field and, as ending=value, what its endings say of a field that nobody filled.
    `years` bounds a year typed with two digits, as years before and after the working year.
    `choice_lives` says of choices that came later, or are retired, which years they live in.
    `many` lets a field that names a record of a register name several; its value is a tuple of ids then.
    """

    key: str
    title: str
    type: FieldType
    required: bool = False
    unit: str = ""
    choices: tuple[str, ...] = ()
    default: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int = 2
    max_length: int = 200
    carry: bool = False
    copy: bool = True
    in_table: bool = True
    not_future: bool = False
    total: bool = True
    total_by: tuple[str, ...] = ()
    known_in: str = ""
    spoken: tuple[tuple[str, str], ...] = ()
    help: str = ""
    life: Life = ALWAYS
    choice_lives: tuple[tuple[str, Life], ...] = ()
    to: str = ""
    system: bool = False
    name: bool = False
    years: tuple[int, int] | None = None
    guess: tuple[str, ...] = ()
    many: bool = False

    @property
    def said_choices(self) -> tuple[str, ...]:
        """The choices as the office calls them."""
        return tuple(map(self.said, self.choices)) if self.spoken else self.choices

    def said(self, value: str) -> str:
        """A choice as the office calls it."""
        return next((own for kept, own in self.spoken if kept == value), value)

    def meant(self, text: str) -> str:
        """The choice that the office calls so; any other text as it is."""
        return next((kept for kept, own in self.spoken if own == text), text)

    def default_for(self, values: Mapping[str, object]) -> str:
        """What stands in the field of a new record until somebody fills it, with its other values as typed."""
        if self.guess:
            told = str(values.get(self.guess[0]) or "").strip()
            for pair in self.guess[1:]:
                ending, _, value = pair.partition("=")
                if told.endswith(ending):
                    return value
        return self.default

    @property
    def is_reference(self) -> bool:
        """Whether the value is the id of one record in a register."""
        return self.type in REFERENCE_TYPES and not self.many

    @property
    def names_several(self) -> bool:
        """Whether the value is a tuple of ids of records in a register."""
        return self.type in REFERENCE_TYPES and self.many

    def ids_of(self, value: object) -> tuple[int, ...]:
        """The records of its register that a value names: none, one or several."""
        if value is None or self.type not in REFERENCE_TYPES:
            return ()
        return tuple(map(int, value)) if isinstance(value, tuple | list) else (int(str(value)),)

    @property
    def register(self) -> str:
        """The key of the register that the value names records of; empty for a value that names none."""
        if self.type not in REFERENCE_TYPES:
            return ""
        return self.to if self.type is FieldType.REF else str(self.type)

    @property
    def is_asked(self) -> bool:
        """Whether it is asked for: of a field of a year, always; of the whole catalogue's, if it is not retired."""
        return self.life.retired is None

    @property
    def is_number(self) -> bool:
        """Whether the value can be added up."""
        return self.type in NUMBER_TYPES

    @property
    def personal(self) -> bool:
        """Whether the value is masked on screen and kept out of logs."""
        return self.type in (FieldType.ID_NUMBER, FieldType.PHONE)


class RuleKind(StrEnum):
    """The closed list of rules between fields."""

    ORDER = "order"  # fields[0] is not after fields[1]
    STAGES = "stages"  # dates filled from the left without a gap, none before its predecessor
    PARTS = "parts"  # the sum of fields[1:] is not above fields[0]
    GAP = "gap"  # fields[1] is at least `amount` months after fields[0]
    AGE = "age"  # the person in fields[0] is at least `amount` years old on the date fields[1]
    REQUIRED_IF = "required_if"  # fields[1] is filled where fields[0] has one of `values`
    BOTH = "both"  # both filled or both empty
    ALONE = (
        "alone"  # no other live record of the same fields[0] at the same time, from fields[1] to fields[2]
    )
    IDENTITY = "identity"  # the ID number fields[0] tells the birth date fields[1] and the sex fields[2]
    FOLLOWS = "follows"  # fields[1] is what `values` says of fields[0], as in 沟塘=条
    UNIQUE = "unique"  # no other live record has the same `fields`; asked if the first is filled


@dataclass(frozen=True, slots=True)
class Rule:
    """A relation between fields of one record, obeyed by form, command line and import alike."""

    kind: RuleKind
    fields: tuple[str, ...]
    message: str = ""
    amount: int = 0
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LoopNeeds:
    """What a closed-loop ledger asks of its items.

    `evidence` is the attachment field that must hold `least` files before an item is verified (two for a photo
    before and one after), `needs` are further fields to be filled by then, `tree` the fields that group the items
    from the top down, `draw` says that a share of the closed items is inspected again each month.
    """

    evidence: str = ""
    least: int = 1
    needs: tuple[str, ...] = ()
    tree: tuple[str, ...] = ()
    draw: bool = False


@dataclass(frozen=True)
class Ledger:
    """A table of typed records that an office keeps; registers are ledgers every area shares.

    `period` names the field(s) that place a record in time: one for an event, two (from, to) for a span,
    none for a register. `village` is the path to the record's village: a field of this ledger, or
    `field.village` through a register, or empty where records belong to no village.
    `label` names the fields that stand for a record wherever it is referred to; `names` the text field by which
    a sentence of the document names it, the first text of the label where it is empty.
    """

    key: str
    title: str
    area: str
    noun: str
    measure_word: str
    about: str
    fields: tuple[Field, ...]
    rules: tuple[Rule, ...] = ()
    period: tuple[str, ...] = ()
    village: str = ""
    label: tuple[str, ...] = ()
    register: bool = False
    closed_loop: bool = False
    loop: LoopNeeds = LoopNeeds()
    life: Life = ALWAYS
    names: str = ""

    @cached_property
    def named_by(self) -> str:
        """The text field by which a sentence names a record; empty where the ledger has none."""
        texts = (key for key in self.label if self.by_key[key].type is FieldType.TEXT)
        return self.names or next(texts, "")

    @cached_property
    def by_key(self) -> Mapping[str, Field]:
        """Fields by key."""
        return {f.key: f for f in self.fields}

    @cached_property
    def live_fields(self) -> tuple[Field, ...]:
        """Fields that are still asked for."""
        return tuple(f for f in self.fields if f.is_asked)

    def __getitem__(self, key: str) -> Field:
        return self.by_key[key]

    def __hash__(self) -> int:
        return hash(self.key)
