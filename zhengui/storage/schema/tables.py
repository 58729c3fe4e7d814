"""Every table of the file: one per ledger, made from the catalogue, and the few that the program itself needs."""

from __future__ import annotations

from collections.abc import Hashable
from threading import RLock

import sqlalchemy as sa

from zhengui.catalogue.model import Catalogue, Ledger, Measure
from zhengui.storage.schema import columns
from zhengui.storage.schema.document_tables import document_tables
from zhengui.storage.schema.form_tables import form_tables
from zhengui.storage.schema.loop_tables import loop_tables
from zhengui.storage.schema.plan_tables import plan_tables
from zhengui.storage.schema.results import Results
from zhengui.storage.schema.straight import Made
from zhengui.storage.schema.watch_tables import watch_tables

#: Columns that every ledger's table has besides its fields.
SYSTEM = (
    "id",
    "version",
    "created_at",
    "created_by",
    "changed_at",
    "changed_by",
    "deleted_at",
    "deleted_by",
    "batch",
)
#: Column of registers: the pinyin initials of the label.
INITIALS = "initials"
#: What the name of a ledger's table begins with.
PREFIX = "l_"


class Tables:
    """The tables for one catalogue, with the catalogue and the kept results beside them.

    What statements need to know of a ledger's table, its name and its columns, is told by a light one, made when it
    is asked for; only where tables are created is each made whole, with keys, defaults and indexes (`metadata`).
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.results = Results()
        #: The ledgers that each measure looks at, found once.
        self.touched: dict[Measure, tuple[str, ...]] = {}
        #: By kind, the table and columns that the log seals, found once.
        self.sealed: dict[str, tuple[str, list[str]]] = {}
        #: Statements that were put together once, by what they ask.
        self.made: dict[Hashable, Made] = {}
        self._metadata = sa.MetaData()
        self._ledgers: dict[str, sa.TableClause] = {}
        self._making = RLock()
        self._add_program_tables()
        self.documents = document_tables(self._metadata)
        self.plan = plan_tables(self._metadata)
        self.loop = loop_tables(self._metadata)
        self.forms = form_tables(self._metadata)
        self.watch = watch_tables(self._metadata)
        #: Ledgers whose records count only once a second person has reviewed them.
        self.held: frozenset[str] = frozenset()

    def ledger(self, key: str) -> sa.TableClause:
        """The table of the ledger `key`; KeyError where the catalogue has no such ledger."""
        found = self._ledgers.get(key)
        if found is None:
            # One that another thread makes at the same time is another object, and statements must not mix them.
            found = self._ledgers.setdefault(key, _light_table(self.catalogue.ledgers[key]))
        return found

    def named(self, name: str) -> sa.TableClause:
        """A table by its name in the file."""
        ledger = name.removeprefix(PREFIX)
        return self.ledger(ledger) if name.startswith(PREFIX) else self._metadata.tables[name]

    def of_program(self, name: str) -> sa.Table:
        """One of the program's own tables, made whole from the beginning; those of ledgers are not made for it."""
        return self._metadata.tables[name]

    @property
    def metadata(self) -> sa.MetaData:
        """All tables, to be created."""
        ledgers = self.catalogue.ledgers
        registers = frozenset(key for key, ledger in ledgers.items() if ledger.register)
        with self._making:
            for key, ledger in ledgers.items():
                if PREFIX + key not in self._metadata.tables:
                    _ledger_table(self._metadata, ledger, registers)
        return self._metadata

    def __contains__(self, key: str) -> bool:
        return key in self.catalogue.ledgers

    def _add_program_tables(self) -> None:
        """Define the tables that don't come from the catalogue."""
        m = self._metadata
        self.history = sa.Table(
            "history",
            m,
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("ledger", sa.Text, nullable=False),
            sa.Column("record", sa.Integer, nullable=False),
            sa.Column("version", sa.Integer, nullable=False),
            sa.Column("action", sa.Text, nullable=False),
            sa.Column("at", sa.Text, nullable=False),
            sa.Column("who", sa.Text, nullable=False),
            sa.Column("changes", sa.Text, nullable=False),
            sa.Column("batch", sa.Text),
            sa.Index("ix_history_record", "ledger", "record"),
            sqlite_autoincrement=True,
        )
        self.ledger_version = sa.Table(
            "ledger_version",
            m,
            sa.Column("ledger", sa.Text, primary_key=True),
            sa.Column("version", sa.Integer, nullable=False),
        )
        self.setting = sa.Table(
            "setting",
            m,
            sa.Column("key", sa.Text, primary_key=True),
            sa.Column("value", sa.Text, nullable=False),
            sa.Column("changed_at", sa.Text, nullable=False),
            sa.Column("changed_by", sa.Text, nullable=False),
        )
        self._add_people_tables()
        self._add_working_tables()
        self._add_attachment_tables()

    def _add_people_tables(self) -> None:
        """Define who may work here, and the log of who did what (`records.log`)."""
        m = self._metadata
        self.account = sa.Table(
            "account",
            m,
            sa.Column("id", sa.Integer, primary_key=True),
            # The user of the slot in the vault.
            sa.Column("user", columns.SeenText, nullable=False),
            sa.Column("name", columns.SeenText, nullable=False),
            sa.Column("role", columns.SeenText, nullable=False),
            # What a clerk enters, as lists in JSON; empty for everything.
            sa.Column("areas", columns.SeenText, nullable=False),
            sa.Column("villages", columns.SeenText, nullable=False),
            sa.Column("added_at", columns.SeenText, nullable=False),
            sa.Column("added_by", columns.SeenText, nullable=False),
            sa.Column("removed_at", columns.SeenText),
            sa.Column("removed_by", columns.SeenText),
            sqlite_autoincrement=True,
        )
        self.log = sa.Table(
            "log",
            m,
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("at", sa.Text, nullable=False),
            sa.Column("who", sa.Text, nullable=False),
            sa.Column("user", sa.Text, nullable=False),
            sa.Column("deed", sa.Text, nullable=False),
            sa.Column("things", sa.Text, nullable=False),
            sa.Column("told", sa.Text, nullable=False),
            sa.Column("seals", sa.LargeBinary),
            sa.Column("chain", sa.LargeBinary, nullable=False),
            sqlite_autoincrement=True,
        )

    def _add_working_tables(self) -> None:
        """Define what goes with entering records: monthly reports, drafts, how far the search index has come."""
        m = self._metadata
        self.report_mark = sa.Table(
            "report_mark",
            m,
            sa.Column("ledger", sa.Text, primary_key=True),
            # 0 stands for the township itself, for ledgers that aren't kept by village.
            sa.Column("village", sa.Integer, primary_key=True),
            sa.Column("month", sa.Integer, primary_key=True),
            sa.Column("zero", sa.Boolean(create_constraint=False), nullable=False),
            sa.Column("at", sa.Text, nullable=False),
            sa.Column("who", sa.Text, nullable=False),
        )
        self.entered_value = sa.Table(
            "entered_value",
            m,
            sa.Column("indicator", columns.SeenText, primary_key=True),
            sa.Column("year", sa.Integer, primary_key=True),
            # 0 stands for the township.
            sa.Column("village", sa.Integer, primary_key=True),
            # In the indicator's own unit, in digits.
            sa.Column("value", columns.SeenText, nullable=False),
            sa.Column("document", columns.SeenText, nullable=False),
            sa.Column("dated", sa.Integer),
            sa.Column("who", columns.SeenText, nullable=False),
            sa.Column("at", columns.SeenText, nullable=False),
        )
        self.draft = sa.Table(
            "draft",
            m,
            sa.Column("ledger", sa.Text, primary_key=True),
            # 0 stands for a record that was never saved.
            sa.Column("record", sa.Integer, primary_key=True),
            sa.Column("who", sa.Text, primary_key=True),
            sa.Column("at", sa.Text, nullable=False),
            sa.Column("texts", sa.Text, nullable=False),
        )
        self._add_imported()
        self.search_state = sa.Table(
            "search_state",
            m,
            sa.Column("ledger", sa.Text, primary_key=True),
            sa.Column("last_id", sa.Integer, nullable=False),
            sa.Column("last_history", sa.Integer, nullable=False),
        )

    def _add_imported(self) -> None:
        """The imports that were made, each to be taken back whole."""
        self.imported = sa.Table(
            "import_run",
            self._metadata,
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("ledger", columns.SeenText, nullable=False),
            sa.Column("file", columns.SeenText, nullable=False),
            sa.Column("digest", columns.SeenText, nullable=False),
            # Its records have the ids from first up to but without end.
            sa.Column("first", sa.Integer, nullable=False),
            sa.Column("end", sa.Integer, nullable=False),
            sa.Column("at", columns.SeenText, nullable=False),
            sa.Column("who", columns.SeenText, nullable=False),
            sa.Column("undone_at", columns.SeenText),
            sa.Column("undone_by", columns.SeenText),
            # The records it changed, as [[id, version then], …], and what came of it in numbers and words.
            sa.Column("changed", columns.SeenText),
            sa.Column("summary", columns.SeenText),
        )

    def _add_attachment_tables(self) -> None:
        """Files as evidence: what they are, their bytes apart, and which record they belong to."""
        m = self._metadata
        self.attachment = sa.Table(
            "attachment",
            m,
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("name", columns.SeenText, nullable=False),
            sa.Column("media_type", columns.SeenText, nullable=False),
            sa.Column("size", sa.Integer, nullable=False),
            sa.Column("width", sa.Integer),
            sa.Column("height", sa.Integer),
            sa.Column("digest", columns.SeenText, nullable=False),
            sa.Column("thumbnail", sa.LargeBinary),
            sa.Column("added_at", columns.SeenText, nullable=False),
            sa.Column("added_by", columns.SeenText, nullable=False),
            sa.Index("ix_attachment_digest", "digest"),
            sqlite_autoincrement=True,
        )
        self.attachment_content = sa.Table(
            "attachment_content",
            m,
            sa.Column("attachment", sa.Integer, sa.ForeignKey("attachment.id"), primary_key=True),
            sa.Column("content", sa.LargeBinary, nullable=False),
        )
        self.attachment_link = sa.Table(
            "attachment_link",
            m,
            sa.Column("ledger", sa.Text, primary_key=True),
            sa.Column("record", sa.Integer, primary_key=True),
            sa.Column("field", sa.Text, primary_key=True),
            sa.Column("attachment", sa.Integer, sa.ForeignKey("attachment.id"), primary_key=True),
            sa.Column("position", sa.Integer, nullable=False),
        )


def _light_table(ledger: Ledger) -> sa.TableClause:
    """The names and types of a ledger's columns."""
    kinds = [(f.key, kind) for f in ledger.fields if (kind := columns.kind_of(f)) is not None]
    initials = [(INITIALS, sa.Text())] if ledger.register else []
    integers = ("id", "version")
    system = [(name, sa.Integer() if name in integers else sa.Text()) for name in SYSTEM]
    named = (*system, *kinds, *initials)
    return sa.table(f"{PREFIX}{ledger.key}", *(sa.column(name, kind) for name, kind in named))


def _ledger_table(metadata: sa.MetaData, ledger: Ledger, registers: frozenset[str]) -> sa.Table:
    """The table of one ledger: system columns, then a column per field, then its indexes."""
    own = [column for f in ledger.fields if (column := columns.column(f, registers)) is not None]
    if ledger.register:
        own.append(sa.Column(INITIALS, sa.Text))
    table = sa.Table(
        f"{PREFIX}{ledger.key}",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False, server_default="1"),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("changed_at", sa.Text),
        sa.Column("changed_by", sa.Text),
        sa.Column("deleted_at", sa.Text),
        sa.Column("deleted_by", sa.Text),
        sa.Column("batch", sa.Text),
        *own,
        sqlite_autoincrement=True,
    )
    _add_indexes(table, ledger)
    return table


def _add_indexes(table: sa.Table, ledger: Ledger) -> None:
    """The few indexes that paging, periods and references need; each one makes writing slower.

    Live records have the main index to themselves: in order of time, with the village beside it so that a
    listing by period and village never has to look at the records.
    """
    live = table.c.deleted_at.is_(None)
    columns_ = [table.c[key] for key in ledger.period if key in table.c]
    if ledger.village and ledger.village in table.c:
        columns_.append(table.c[ledger.village])
    if columns_:
        sa.Index(f"ix_{table.name}_period", *columns_, sqlite_where=live, postgresql_where=live)
    binned = table.c.deleted_at.is_not(None)
    sa.Index(f"ix_{table.name}_bin", table.c.deleted_at, sqlite_where=binned, postgresql_where=binned)
    for field in ledger.fields:
        if field.is_reference and field.key in table.c:
            sa.Index(f"ix_{table.name}_{field.key}", table.c[field.key])
    if ledger.register:
        sa.Index(f"ix_{table.name}_{INITIALS}", table.c[INITIALS])
