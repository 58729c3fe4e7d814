"""One state of a township's file, to be read or changed as a whole: what every service is handed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar, overload

from zhengui.catalogue.model import PEOPLE_TYPES, Catalogue, FieldType, Ledger
from zhengui.catalogue.speech import Speech
from zhengui.debug_log import Timed
from zhengui.figures.period import Period
from zhengui.services.township import rights
from zhengui.services.township.exported import note_export
from zhengui.services.township.office import office_name, speech_of
from zhengui.services.township.rights import Right
from zhengui.storage.query import references
from zhengui.storage.records import record as records
from zhengui.storage.records import settings
from zhengui.storage.records.accounts import Account
from zhengui.storage.schema.tables import Tables
from zhengui.values.clean import one_width
from zhengui.values.lookup import Particulars, exact, names_of, plain
from zhengui.values.mistake import Overlap
from zhengui.values.naming import particulars_of
from zhengui.values.show import show
from zhengui.values.value import Value

if TYPE_CHECKING:
    from zhengui.storage.schema.sql_types import Connection

NAME = "township.name"
OFFICE = "township.office"
PARAMETER = "parameter."
#: Settings that everybody's window keeps: what is shown and in which order.
OWN_SETTINGS = ("table.", "trend.", "grid.", "favourite_places", "recent_places", "backup.second_at")
#: So many records of one name are told apart.
_MOST_ALIKE = 200
#: Asked more often than this, a lookup reads a register whole rather than search it again and again.
_OFTEN = 8

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Profile:
    """What the printed page calls the township: 云岭镇, 云岭镇人民政府."""

    name: str
    office: str


@dataclass(eq=False)
class Reading:
    """An unchanging state of the file: whatever is read through it belongs together.

    `conn` is the connection of its one transaction, `today` the day that is worked on. What is remembered here
    (parameters, settings) is as old as the state itself, so it never disagrees with the records.
    """

    conn: Connection
    tables: Tables
    catalogue: Catalogue
    operator: str
    today: date
    #: Who works here, where the office has passwords.
    account: Account | None = None
    #: A service is at work; those it calls are part of it. `begun` is the first one, by module and name.
    inside: bool = False
    begun: str = ""

    @cached_property
    def parameters(self) -> dict[str, Decimal]:
        """The office's numbers by key: the catalogue's, unless the office set its own."""
        own = settings.read_all(self.conn, self.tables, PARAMETER)
        return {
            key: Decimal(own.get(PARAMETER + key, str(parameter.value)))
            for key, parameter in self.catalogue.parameters.items()
        }

    def living(self, period: Period) -> Catalogue:
        """The catalogue as the years of a period know it."""
        return self.catalogue.in_years(period.start.year, period.end.year)

    def keeps(self, *ledgers: str, year: int | None = None) -> bool:
        """Whether the office keeps all of these ledgers in a year, that of today by default."""
        kept = self.catalogue.in_years(year or self.today.year).live_ledgers
        return all(key in kept for key in ledgers)

    def setting(self, key: str) -> str:
        """A setting's text, empty if it was never set."""
        return settings.read(self.conn, self.tables, key) or ""

    def profile(self) -> Profile:
        """The township's names."""
        name = self.setting(NAME) or "本镇"
        return Profile(name, self.setting(OFFICE) or office_name(name))

    @cached_property
    def speech(self) -> Speech:
        """How the office speaks of itself: 全镇 or 全街道, 村（居） or 社区."""
        return speech_of(self.setting, self.setting(NAME))

    def facts(self, record_id: int | None = None) -> StoredFacts:
        """What the rules ask the database, for the record being checked."""
        return StoredFacts(self, record_id)

    def lookup(self) -> StoredLookup:
        """Names to ids and back."""
        return StoredLookup(self)

    def label(self, ledger: Ledger, record_id: int) -> str:
        """How a record is called where it is referred to."""
        return references.labels(self.conn, self.tables, ledger.key, [record_id]).get(record_id, "")

    def told(
        self, ledger: Ledger, changes: Mapping[str, tuple[Value, Value]]
    ) -> Iterator[tuple[str, str, str]]:
        """Changed values as (title, before, after) in words; personal data stay masked."""
        lookup = self.lookup()
        for key, (before, after) in changes.items():
            changed = ledger.by_key.get(key)
            if changed is not None:
                yield changed.title, show(changed, before, lookup), show(changed, after, lookup)


@dataclass(eq=False)
class Writing(Reading):
    """A state of the file that only its holder sees and changes: kept whole on leaving, or not at all."""

    def keep_setting(self, key: str, value: str) -> None:
        """Set a setting; from outside a service, only one of the window's own."""
        if not self.inside and not key.startswith(OWN_SETTINGS):
            rights.expect(self.account, Right.MANAGE)
        settings.write(self.conn, self.tables, key, value)
        self.__dict__.pop("parameters", None)


class Opens(Protocol):
    """What can open a state of a file: a township."""

    @property
    def account(self) -> Account | None:
        """Who works here; None where the office has no passwords."""

    def reading(self) -> AbstractContextManager[Reading]:
        """A state to read."""

    def writing(self) -> AbstractContextManager[Writing]:
        """A state to change."""


#: What each service needs, by module and name, as its decorator says; `None` where it says nothing.
NEEDS: dict[str, Right | None] = {}
#: The services themselves, by the same names.
GATED: dict[str, Callable[..., Any]] = {}


@overload
def reads(
    service: Callable[Concatenate[Reading, P], R],
) -> Callable[Concatenate[Opens | Reading, P], R]: ...
@overload
def reads(
    service: Right,
) -> Callable[[Callable[Concatenate[Reading, P], R]], Callable[Concatenate[Opens | Reading, P], R]]: ...
def reads(service: Any) -> Any:
    """Let a service be handed a state, or a township whose present state is opened for this one call.

    An action of several services opens one state and hands it to each, so that all they tell belongs together.
    Whoever may look may read; a service that tells more names the right it needs: `@reads(Right.AUDIT)`.
    """
    return _gate(service, Right.LOOK, Reading, "reading")


@overload
def writes(
    service: Callable[Concatenate[Writing, P], R],
) -> Callable[Concatenate[Opens | Writing, P], R]: ...
@overload
def writes(
    service: Right,
) -> Callable[[Callable[Concatenate[Writing, P], R]], Callable[Concatenate[Opens | Writing, P], R]]: ...
def writes(service: Any) -> Any:
    """The same for a service that changes something: all of it is kept, or nothing.

    It names the right it needs: `@writes(Right.ENTER)`; one that names none is the manager's.
    """
    return _gate(service, None, Writing, "writing")


def _gate(given: Any, usual: Right | None, state: type[Reading], opens: str) -> Any:
    """A decorator's work: the right is asked once for an action, of the service that it begins with."""
    if isinstance(given, Right):
        return lambda service: _gated(service, given, state, opens)
    return _gated(given, usual, state, opens)


def _gated(service: Any, right: Right | None, state: type[Reading], opens: str) -> Any:
    name = f"{service.__module__.removeprefix('zhengui.services.')}.{service.__name__}"
    NEEDS[name] = right
    needed = right or Right.MANAGE

    @wraps(service)
    def gated(at: Any, /, *args: Any, **kwargs: Any) -> Any:
        with Timed("service", name):
            if isinstance(at, state):
                return _done(at, service, name, needed, args, kwargs)
            rights.expect(at.account, needed)
            with getattr(at, opens)() as opened:
                answer = _done(opened, service, name, needed, args, kwargs)
            if needed is Right.EXPORT:
                note_export(at, service, args, kwargs)
            return answer

    GATED[name] = gated
    return gated


def _done(at: Reading, service: Any, name: str, needed: Right, args: Any, kwargs: Any) -> Any:
    """Run a service; what it calls in turn is part of it, and asks for no right of its own."""
    if at.account is None or at.inside:
        at.begun = at.begun or name
        return service(at, *args, **kwargs)
    rights.expect(at.account, needed)
    at.begun = at.begun or name
    at.inside = True
    try:
        return service(at, *args, **kwargs)
    finally:
        at.inside = False


def gives_way(other: tuple[int, date, date | None], begun: date) -> bool:
    """Whether another span, as (id, from, to), ends by itself when one begins on a day: it is older and open."""
    return other[2] is None and other[1] < begun


@dataclass(slots=True)
class StoredFacts:
    """Answers of the database to the rules (`zhengui.values.check.Facts`)."""

    reading: Reading
    record_id: int | None
    _names: dict[str, set[str]] = field(default_factory=dict)

    def title(self, ledger_key: str) -> str:
        """The ledger's title."""
        return self.reading.catalogue.ledgers[ledger_key].title

    def is_named(self, ledger_key: str, name: str) -> bool:
        """Whether a live record is called so, however it is spaced."""
        if ledger_key not in self._names:
            known = references.labels(self.reading.conn, self.reading.tables, ledger_key)
            self._names[ledger_key] = set(map(plain, known.values()))
        names = self._names[ledger_key]
        return not names or plain(name) in names

    def holder(self, ledger: Ledger, record_id: int) -> str:
        """What the record with the same values is called."""
        return self.reading.label(ledger, record_id)

    def birth_date(self, person_id: int) -> date | None:
        """A person's birth date, if known."""
        found = records.fetch(self.reading.conn, self.reading.tables, "person", [person_id])
        return found[0].values.get("birth_on") if found else None

    def duplicate(self, ledger: Ledger, fields: Sequence[str], values: Mapping[str, Value]) -> int | None:
        """The id of another live record with the same values in `fields`."""
        wanted = {key: values.get(key) for key in fields}
        return records.duplicate(self.reading.conn, self.reading.tables, ledger.key, wanted, self.record_id)

    def overlap(self, ledger: Ledger, fields: Sequence[str], values: Mapping[str, Any]) -> Overlap | None:
        """Another live record of the same thing at the same time; an older one without an end gives way."""
        where = (self.reading.conn, self.reading.tables, ledger.key, fields, values)
        found = records.overlapping(*where, self.record_id)
        # One that stays in the way is told before one that gives way.
        found.sort(key=lambda each: gives_way(each, values[fields[1]]))
        for one in found:
            label = self.reading.label(ledger, one[0])
            return Overlap(one[0], label, one[1], gives_way(one, values[fields[1]]))
        return None


@dataclass(slots=True)
class StoredLookup:
    """Names of the registers (`zhengui.values.parse.Lookup`), remembered for one state."""

    reading: Reading
    seen: dict[tuple[str, int], str | None] = field(default_factory=dict)
    _asked: dict[str, int] = field(default_factory=dict)
    _by_name: dict[str, dict[str, list[tuple[int, str]]]] = field(default_factory=dict)
    _known: dict[tuple[str, int], Particulars] = field(default_factory=dict)

    def find(self, register: str, text: str) -> list[tuple[int, str]]:
        """Records of a register whose name fits the text, written in whatever way, or whose ID number it is."""
        where = (self.reading.conn, self.reading.tables, register)
        number = one_width(text).upper()
        if len(number) in (15, 18) and number[:-1].isdecimal():
            kept = [f for f in self._ledger(register).live_fields if f.type is FieldType.ID_NUMBER]
            return [one for field in kept for one in references.find_holding(*where, field.key, number)]
        named = self._named(register).get(plain(text))
        if named is not None:
            return list(named)
        found = references.find_reference(*where, text, _MOST_ALIKE)
        if not exact(text, found):
            known = {id for id, _label in found}
            found += [one for one in references.find_bare(*where, text) if one[0] not in known]
        return found

    def particulars(self, register: str, ids: Sequence[int]) -> dict[int, Particulars]:
        """What is known of records beyond their label, for telling those of one name apart."""
        ledger = self._ledger(register)
        unknown = [id for id in ids if (register, id) not in self._known]
        if unknown:
            for record in records.fetch(self.reading.conn, self.reading.tables, register, unknown):
                self._known[register, record.id] = particulars_of(ledger, record.values, self)
        return {id: self._known[register, id] for id in ids if (register, id) in self._known}

    def _named(self, register: str) -> dict[str, list[tuple[int, str]]]:
        """The register by name, made once it was asked so often that reading it whole is quicker."""
        self._asked[register] = self._asked.get(register, 0) + 1
        if self._asked[register] > _OFTEN and register not in self._by_name:
            by_name: dict[str, list[tuple[int, str]]] = {}
            for id, label in references.labels(self.reading.conn, self.reading.tables, register).items():
                for name in names_of(label):
                    by_name.setdefault(name, []).append((id, label))
            self._by_name[register] = by_name
        return self._by_name.get(register, {})

    def _ledger(self, register: str) -> Ledger:
        return self.reading.catalogue.ledgers[register]

    def label(self, register: str, id: int) -> str | None:
        """A record's name in its register."""
        if (register, id) not in self.seen:
            found = references.labels(self.reading.conn, self.reading.tables, register, [id])
            self.seen[register, id] = found.get(id)
        return self.seen[register, id]

    def names(self, register: str) -> list[str]:
        """Names worth suggesting for a mistyped one; a long register is not listed."""
        if register in PEOPLE_TYPES:
            return []
        return list(references.labels(self.reading.conn, self.reading.tables, register).values())

    def indicator_key(self, text: str) -> str | None:
        """The key of the indicator with this title or key."""
        indicators = self.reading.catalogue.indicators
        if text in indicators:
            return text
        return next((key for key, indicator in indicators.items() if indicator.title == text), None)

    def indicator_title(self, key: str) -> str | None:
        """The title of an indicator."""
        indicator = self.reading.catalogue.indicators.get(key)
        return indicator.title if indicator else None
