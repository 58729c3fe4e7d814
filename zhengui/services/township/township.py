"""A township at work: its catalogue, its database and the person who is entering."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from zhengui.catalogue.load import load_catalogue
from zhengui.catalogue.model import Catalogue, FieldType, Ledger
from zhengui.storage.file.database import Database
from zhengui.storage.query import references
from zhengui.storage.records import record as records
from zhengui.storage.records import settings
from zhengui.storage.schema.tables import Tables
from zhengui.values.clean import one_width
from zhengui.values.lookup import Particulars, exact
from zhengui.values.naming import particulars_of
from zhengui.values.show import show

NAME = "township.name"
OFFICE = "township.office"
OPERATOR = "operator"
PARAMETER = "parameter."
#: The day on which a demo stands still, so that it always looks the same; empty for real work.
WORKING_DAY = "working.day"
#: Registers with too many names to search for a likely one.
#: So many records of one name are told apart.
_MOST_ALIKE = 200
LONG_REGISTERS = frozenset({"household", "person"})


@dataclass(frozen=True, slots=True)
class Profile:
    """What the printed page calls the township: 云岭镇, 云岭镇人民政府."""

    name: str
    office: str


@dataclass
class Township:
    """An open database with its catalogue; `operator` is the name kept with every change."""

    catalogue: Catalogue
    database: Database
    operator: str
    working_day: date | None = None

    @property
    def tables(self) -> Tables:
        """The tables made from the catalogue."""
        return self.database.tables

    @property
    def path(self) -> Path:
        """Where the database file is."""
        return Path(self.database.path)

    def today(self) -> date:
        """Today, or the day a test or a script works on."""
        return self.working_day or date.today()

    def close(self) -> None:
        """Close the file; the township can't be used afterwards."""
        self.database.close()

    def profile(self) -> Profile:
        """The township's names."""
        name = self.setting(NAME) or "本镇"
        return Profile(name, self.setting(OFFICE) or f"{name}人民政府")

    def setting(self, key: str) -> str:
        """A setting's text, empty if it was never set."""
        with self.database.reading() as conn:
            return settings.read(conn, self.tables, key) or ""

    def keep_setting(self, key: str, value: str) -> None:
        """Set a setting."""
        with self.database.writing() as conn:
            settings.write(conn, self.tables, key, value)

    def parameters(self) -> dict[str, Decimal]:
        """The office's numbers: the catalogue's, unless the office set its own."""
        with self.database.reading() as conn:
            own = settings.read_all(conn, self.tables, PARAMETER)
        return {
            key: Decimal(own.get(PARAMETER + key, str(parameter.value)))
            for key, parameter in self.catalogue.parameters.items()
        }

    def facts(self, conn: Any, record_id: int | None = None) -> StoredFacts:
        """What the rules ask the database, for the record being checked."""
        return StoredFacts(self, conn, record_id)

    def lookup(self, conn: Any) -> StoredLookup:
        """Names to ids and back, for one connection."""
        return StoredLookup(self, conn)

    def label(self, conn: Any, ledger: Ledger, record_id: int) -> str:
        """How a record is called where it is referred to."""
        return references.labels(conn, self.tables, ledger.key, [record_id]).get(record_id, "")

    def told(
        self, conn: Any, ledger: Ledger, changes: Mapping[str, tuple[Any, Any]]
    ) -> Iterator[tuple[str, str, str]]:
        """Changed values as (title, before, after) in words; personal data stay masked."""
        lookup = self.lookup(conn)
        for key, (before, after) in changes.items():
            changed = ledger.by_key.get(key)
            if changed is not None:
                yield changed.title, show(changed, before, lookup), show(changed, after, lookup)


@dataclass(slots=True)
class StoredFacts:
    """Answers of the database to the rules (`zhengui.values.check.Facts`)."""

    township: Township
    conn: Any
    record_id: int | None

    def birth_date(self, person_id: int) -> date | None:
        """A person's birth date, if known."""
        found = records.fetch(self.conn, self.township.tables, "person", [person_id])
        return found[0].values.get("birth_on") if found else None

    def duplicate(self, ledger: Ledger, fields: Sequence[str], values: Mapping[str, Any]) -> int | None:
        """The id of another live record with the same values in `fields`."""
        wanted = {key: values.get(key) for key in fields}
        return records.duplicate(self.conn, self.township.tables, ledger.key, wanted, self.record_id)


@dataclass(slots=True)
class StoredLookup:
    """Names of the registers (`zhengui.values.parse.Lookup`), kept for one connection."""

    township: Township
    conn: Any
    seen: dict[tuple[str, int], str | None] = field(default_factory=dict)

    def find(self, register: str, text: str) -> list[tuple[int, str]]:
        """Records of a register whose name fits the text, written in whatever way, or whose ID number it is."""
        where = (self.conn, self.township.tables, register)
        number = one_width(text).upper()
        if len(number) in (15, 18) and number[:-1].isdecimal():
            kept = [f for f in self._ledger(register).live_fields if f.type is FieldType.ID_NUMBER]
            return [one for field in kept for one in references.find_holding(*where, field.key, number)]
        found = references.find_reference(*where, text, _MOST_ALIKE)
        if not exact(text, found):
            known = {id for id, _label in found}
            found += [one for one in references.find_bare(*where, text) if one[0] not in known]
        return found

    def particulars(self, register: str, ids: Sequence[int]) -> dict[int, Particulars]:
        """What is known of records beyond their label, for telling those of one name apart."""
        ledger = self._ledger(register)
        kept = records.fetch(self.conn, self.township.tables, register, ids)
        return {record.id: particulars_of(ledger, record.values, self) for record in kept}

    def _ledger(self, register: str) -> Ledger:
        return self.township.catalogue.ledgers[register]

    def label(self, register: str, id: int) -> str | None:
        """A record's name in its register."""
        if (register, id) not in self.seen:
            found = references.labels(self.conn, self.township.tables, register, [id])
            self.seen[register, id] = found.get(id)
        return self.seen[register, id]

    def names(self, register: str) -> list[str]:
        """Names worth suggesting for a mistyped one; a long register is not listed."""
        if register in LONG_REGISTERS:
            return []
        return list(references.labels(self.conn, self.township.tables, register).values())

    def indicator_key(self, text: str) -> str | None:
        """The key of the indicator with this title or key."""
        indicators = self.township.catalogue.indicators
        if text in indicators:
            return text
        return next((key for key, indicator in indicators.items() if indicator.title == text), None)

    def indicator_title(self, key: str) -> str | None:
        """The title of an indicator."""
        indicator = self.township.catalogue.indicators.get(key)
        return indicator.title if indicator else None


def create_township(path: Path, name: str, operator: str, catalogue: Catalogue | None = None) -> Township:
    """Make a new database file; FileExistsError if there is one already."""
    known = catalogue or load_catalogue()
    township = Township(known, Database.create(path, known), operator)
    township.keep_setting(NAME, name)
    township.keep_setting(OFFICE, f"{name}人民政府")
    township.keep_setting(OPERATOR, operator)
    return township


def open_township(path: Path, operator: str = "", catalogue: Catalogue | None = None) -> Township:
    """Open a database file; `StorageProblem` says in Chinese why one can't be opened."""
    known = catalogue or load_catalogue()
    township = Township(known, Database.open(path, known), operator)
    township.operator = operator or township.setting(OPERATOR) or "未登记"
    day = township.setting(WORKING_DAY)
    township.working_day = date.fromisoformat(day) if day else None
    return township
