"""Full-text search over the records of a ledger: any two characters, and pinyin initials.

Each ledger has an index of character pairs, kept up in steps by `catch_up`. Records that were added or changed
since the last step are looked through directly, so a search is always right, and fast once the index is close.
References aren't in the index: they are searched by the label that their register has today.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from zhengui.catalogue.model import Field, FieldType
from zhengui.storage.query.references import LONGEST, MOST_SPELLED, among, find_spelled, names_one_of
from zhengui.storage.query.source import LedgerSource
from zhengui.storage.schema.reconcile import search_table
from zhengui.storage.schema.tables import INITIALS, Tables
from zhengui.values.value import Value

STEP = 5_000
#: More words than these, each looked for by itself, are no search but a pasted text.
_MOST_WORDS = 12
_TEXTS = frozenset(
    {
        FieldType.TEXT,
        FieldType.LONG_TEXT,
        FieldType.CHOICE,
        FieldType.CHOICES,
        FieldType.INDICATOR,
        FieldType.ID_NUMBER,
        FieldType.PHONE,
    }
)
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The unbroken runs of letters, digits and characters in `text`, in one width and case."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def matching(
    conn: sa.Connection, source: LedgerSource, text: str, by_itself: bool = False
) -> list[sa.ColumnElement[bool]]:
    """Conditions on `source` for the records in which every word of `text` is found.

    `by_itself` asks every record for itself what it refers to, for a look that ends with the first records found;
    without it the ids of all that are found are put together first.
    """
    wanted = list(dict.fromkeys(words(text[:LONGEST])))[:_MOST_WORDS]
    if not wanted:
        # Marks alone, such as % or _, are in no index and are found nowhere; nothing asked for is found everywhere.
        return [sa.false()] if text.strip() else []
    tail = _Tail(conn, source.tables, source.ledger.key)
    has = _has_itself if by_itself else _has
    return [has(conn, source, word, tail) for word in wanted]


def catch_up(conn: sa.Connection, tables: Tables, ledger: str, step: int = STEP) -> int:
    """Take the next records into the index, at most `step`; returns how many are still left to take in."""
    last_id, last_history = _state(conn, ledger)
    fields = _indexed(tables, ledger)
    newest = conn.exec_driver_sql("SELECT coalesce(max(id), 0) FROM history").scalar() or 0
    changed = _changed(conn, ledger, last_id, last_history)
    rows = _texts(conn, ledger, fields, "id > ? ORDER BY id LIMIT ?", (last_id, step))
    table = search_table(ledger)
    if changed:
        picked = json.dumps(changed)
        again = _texts(conn, ledger, fields, "id IN (SELECT value FROM json_each(?))", (picked,))
        conn.exec_driver_sql(
            f"DELETE FROM {table} WHERE rowid IN (SELECT value FROM json_each(?))", (picked,)
        )
        rows = [*again, *rows]
    if rows:
        conn.exec_driver_sql(
            f"INSERT INTO {table} (rowid, words, initials) VALUES (?, ?, ?)",
            [(row[0], *_entry(fields, row[1:])) for row in rows],
        )
        last_id = max(last_id, max(row[0] for row in rows))
    conn.exec_driver_sql(
        "INSERT OR REPLACE INTO search_state (ledger, last_id, last_history) VALUES (?, ?, ?)",
        (ledger, last_id, newest),
    )
    return conn.exec_driver_sql(f"SELECT count(*) FROM l_{ledger} WHERE id > ?", (last_id,)).scalar() or 0


def is_behind(conn: sa.Connection, tables: Tables, ledger: str) -> bool:
    """Whether records of the ledger were added or changed since its index was last brought up to date."""
    last_id, last_history = _state(conn, ledger)
    added = conn.exec_driver_sql(f"SELECT 1 FROM l_{ledger} WHERE id > ? LIMIT 1", (last_id,)).first()
    return added is not None or bool(_changed(conn, ledger, last_id, last_history))


class _Tail:
    """The records that the index doesn't know, or knows as they were before a change."""

    def __init__(self, conn: sa.Connection, tables: Tables, ledger: str) -> None:
        self.ledger = ledger
        self.fields = _indexed(tables, ledger)
        self.last_id, last_history = _state(conn, ledger)
        self.changed = _changed(conn, ledger, self.last_id, last_history)
        rows = _texts(conn, ledger, self.fields, "id > ? ORDER BY id LIMIT ?", (self.last_id, STEP + 1))
        #: More than can be looked through one by one; SQL looks through them instead.
        self.long = len(rows) > STEP
        again = _texts(
            conn, ledger, self.fields, "id IN (SELECT value FROM json_each(?))", (json.dumps(self.changed),)
        )
        looked = again if self.long else [*again, *rows]
        self._entries = [(row[0], *_plain(self.fields, row[1:])) for row in looked]

    def hits(self, word: str) -> list[int]:
        """Those that were looked through and have the word."""
        return [id_ for id_, text, letters in self._entries if word in text or word in letters]


def _has(conn: sa.Connection, source: LedgerSource, word: str, tail: _Tail) -> sa.ColumnElement[bool]:
    """Whether a record has `word` in its texts, its initials or the labels of what it refers to."""
    again = LedgerSource(source.tables, source.ledger.key)
    found: list[Any] = _known_ids(source, word, tail)
    found += [sa.select(again.id).where(test) for test in _own_tests(conn, again, word, tail)]
    # Ids first and records afterwards, each once and in the order in which they lie in the file.
    return source.id.in_(sa.union_all(*found) if len(found) > 1 else found[0])


def _has_itself(conn: sa.Connection, source: LedgerSource, word: str, tail: _Tail) -> sa.ColumnElement[bool]:
    """The same, asked of each record by itself: what the index by time tells first, the index of words last."""
    ids = [source.id.in_(each) for each in _known_ids(source, word, tail)]
    return sa.or_(*_own_tests(conn, source, word, tail), *ids)


def _known_ids(source: LedgerSource, word: str, tail: _Tail) -> list[Any]:
    """The ids of records with the word in a text of theirs: from the index, and from those looked through."""
    name = search_table(source.ledger.key)
    table = sa.table(name, sa.column("rowid", sa.Integer))
    indexed = sa.select(table.c.rowid).where(
        sa.text(f"{name} MATCH :word").bindparams(sa.bindparam("word", _query(word), unique=True))
    )
    if tail.changed:
        indexed = indexed.where(table.c.rowid.not_in(among(tail.changed)))
    hits = tail.hits(word)
    return [indexed, among(hits)] if hits else [indexed]


def _own_tests(
    conn: sa.Connection, source: LedgerSource, word: str, tail: _Tail
) -> Iterator[sa.ColumnElement[bool]]:
    """What only the record itself tells: a reference to something with the word, and texts that nobody read yet."""
    if tail.long:
        within = [source.table.c[f.key].contains(word, autoescape=True) for f in tail.fields]
        yield sa.and_(source.id > tail.last_id, sa.or_(sa.false(), *within))
    named: dict[str, list[int]] = {}
    for field in source.ledger.fields:
        register = field.register
        if register and register in source.tables:
            if register not in named:
                named[register] = _registered(conn, source.tables, register, word)
            if named[register] and field.many:
                yield names_one_of(source.table.c[field.key], among(named[register]))
            elif named[register]:
                yield source.table.c[field.key].in_(_few(named[register]))
    own = _spelled(conn, source.tables, source.ledger.key, word) if source.ledger.register else []
    if own:
        yield source.id.in_(among(own))


def _registered(conn: sa.Connection, tables: Tables, register: str, word: str) -> list[int]:
    """Records of a register whose label has the word, or whose initials begin with it; binned ones too.

    Letters that are no initials may be pinyin in full, such as baisha for 白沙村.
    """
    source = LedgerSource(tables, register)
    test = source.label().contains(word, autoescape=True)
    if word.isascii():
        test = sa.or_(test, source.table.c[INITIALS].startswith(word, autoescape=True))
    query = sa.select(source.id).select_from(source.from_clause).where(test)
    found = [row[0] for row in conn.execute(query)]
    return found or _spelled(conn, tables, register, word)


def _spelled(conn: sa.Connection, tables: Tables, register: str, word: str) -> list[int]:
    if not (word.isascii() and word.isalpha() and len(word) > 1):
        return []
    return [id_ for id_, _label in find_spelled(conn, tables, register, word, MOST_SPELLED)]


def _few(ids: Sequence[int]) -> Any:
    return ids if len(ids) <= 200 else among(ids)


def _query(word: str) -> str:
    """`word` in the language of FTS5: its pairs in a row, or anything that begins with a single character."""
    if len(word) == 1:
        return f'"{word}" *'
    return '"' + " ".join(_pairs(word)[:-1]) + '"'


def _pairs(word: str) -> list[str]:
    """白沙村 → 白沙, 沙村, 村: what stands alone at the end lets a single last character be found."""
    return [*(word[i : i + 2] for i in range(len(word) - 1)), word[-1]]


def _entry(fields: Sequence[Field], texts: Sequence[str | None]) -> tuple[str, str]:
    """A record as the index takes it: pairs of its texts, and pairs of the initials of its short texts."""
    pairs = [pair for text in texts if text for word in words(text) for pair in _pairs(word)]
    letters = [pair for run in _letters(fields, texts) for pair in _pairs(run)]
    return " ".join(pairs), " ".join(letters)


def _plain(fields: Sequence[Field], texts: Sequence[str | None]) -> tuple[str, str]:
    """A record to be looked through directly: its words and initials, in the form that words are searched in."""
    found = " ".join(word for text in texts if text for word in words(text))
    return found, " ".join(_letters(fields, texts))


def _letters(fields: Sequence[Field], texts: Sequence[str | None]) -> list[str]:
    """The pinyin initials of the words in short Chinese texts."""
    found = []
    for field, text in zip(fields, texts, strict=True):
        if text and field.type is FieldType.TEXT and not text.isascii():
            runs = ("".join(map(_initial, word)) for word in words(text) if not word.isascii())
            found += [run for run in runs if run]
    return found


@lru_cache(maxsize=32_768)
def _initial(character: str) -> str:
    """The initial of one character; by character, since whole texts would each be looked up anew."""
    from zhengui.values.pinyin import initials

    return initials(character)


def _indexed(tables: Tables, ledger: str) -> list[Field]:
    return [f for f in tables.catalogue.ledgers[ledger].fields if f.type in _TEXTS]


def _texts(
    conn: sa.Connection, ledger: str, fields: Sequence[Field], where: str, values: tuple[Value, ...]
) -> list[Any]:
    """The id and searchable texts of some records."""
    names = "".join(f', "{f.key}"' for f in fields)
    return list(conn.exec_driver_sql(f"SELECT id{names} FROM l_{ledger} WHERE {where}", values).fetchall())


def _state(conn: sa.Connection, ledger: str) -> tuple[int, int]:
    """The last record, and the last line of history, that the index knows."""
    row = conn.exec_driver_sql(
        "SELECT last_id, last_history FROM search_state WHERE ledger = ?", (ledger,)
    ).first()
    return (row[0], row[1]) if row else (0, 0)


def _changed(conn: sa.Connection, ledger: str, last_id: int, last_history: int) -> list[int]:
    """Records in the index whose values changed since."""
    rows = conn.exec_driver_sql(
        "SELECT DISTINCT record FROM history "
        "WHERE id > ? AND ledger = ? AND action = 'update' AND record <= ? ORDER BY record",
        (last_history, ledger, last_id),
    )
    return [row[0] for row in rows]
