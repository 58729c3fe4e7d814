"""The program's own tables that the log seals, and how a row that is written is noticed.

What stands here needs no call by whoever writes: triggers of the connection name each row that is added, changed or
taken out, so a new way of writing cannot forget the log. Records, history, reviews, reports and settings are named by
their writers instead (`records.log.touch`): they are written by the ten thousand, and a trigger asks for each row.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from zhengui.storage.records.sealed_text import texts_of
from zhengui.storage.schema.bare import BareConnection
from zhengui.storage.schema.straight import run

if TYPE_CHECKING:
    import sqlalchemy as sa

    from zhengui.storage.schema.tables import Tables


@dataclass(frozen=True, slots=True)
class SealedPart:
    """A table whose rows go with those of another; `key` is the column that names it."""

    table: str
    key: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """A table, the whole number that names its rows (several with one number are sealed as one), and its parts.

    `by_ledger`: the kind is the table and the ledger that the row belongs to.
    """

    table: str
    title: str
    key: str = "id"
    parts: tuple[SealedPart, ...] = ()
    by_ledger: bool = False


OWN = (
    Sealed("import_run", "导入"),
    Sealed("attachment", "附件", parts=(SealedPart("attachment_content", "attachment"),)),
    Sealed("attachment_link", "附件", "record", by_ledger=True),
    Sealed("document", "文稿"),
    Sealed("document_part", "文稿的段落", parts=(SealedPart("document_source", "part"),)),
    Sealed("document_edit", "文稿的修改"),
    Sealed("document_version", "文稿的旧稿", "document * 1000000 + number"),
    Sealed("document_signature", "会签"),
    Sealed("issue_signature", "签发稿的会签", "issue"),
    Sealed("issue_pdf", "签发稿的版面", "issue"),
    Sealed("issue_kept", "签发稿的原文", "issue"),
    Sealed("plan_outcome", "计划的结果", "item"),
    Sealed("plan_progress", "计划的进度"),
    Sealed(
        "plan_schedule",
        "倒排工期",
        parts=(SealedPart("plan_share", "schedule"), SealedPart("plan_step", "schedule")),
    ),
    Sealed("target_restart", "任务的重新分摊"),
    Sealed("plan_proposal", "计划的建议", "year"),
    Sealed("loop_step", "销号的步骤"),
    Sealed("loop_sheet", "交办、督办、销号单"),
    Sealed("spot_draw", "抽查", parts=(SealedPart("spot_drawn", "draw"),)),
    Sealed("county_form", "县里的表", parts=(SealedPart("county_form_mark", "form"),)),
    Sealed("county_form_filling", "县里的表的填报"),
    Sealed("asked_form", "报表登记", parts=(SealedPart("asked_form_column", "asked"),)),
    Sealed("merge_run", "合并", parts=(SealedPart("merge_record", "merge"),)),
    Sealed("handed_out", "个人信息的导出"),
    Sealed("warning_decision", "预警的处理"),
    Sealed("ranking_month", "签发的考核", "month"),
)
BY_TABLE = {each.table: each for each in OWN}
#: Tables that are not sealed, and why that takes nothing from anybody.
LEFT_OUT = {
    "log": "it is the log",
    "draft": "what is typed and not saved yet; saving it is sealed",
    "ledger_version": "counted anew from what is written; tells only what has to be read again",
    "search_state": "how far the search index has come; the index is made anew from the records",
}
_FUNCTION = "sealed_row"
_INSTALLED = "zhengui.watched"
_LONG = 64
#: Columns that were never filled hold this; left out, so that a column added later changes no seal.
_EMPTY = (None, "")
_CHUNK = 5_000


class SealedKind(NamedTuple):
    """A table of the program's own, and the ledger or the setting's beginning that its rows belong to, if any."""

    table: str
    of: str = ""

    def __str__(self) -> str:
        """As the log keeps it."""
        return f"{self.table}:{self.of}" if self.of else self.table


def kind_of(written: str) -> SealedKind:
    """What the log kept, in its parts."""
    table, _, of = written.partition(":")
    return SealedKind(table, of)


def kinds(ledgers: Sequence[str]) -> list[str]:
    """The kinds of these tables."""
    return [
        kind
        for each in OWN
        for kind in (
            [str(SealedKind(each.table, key)) for key in ledgers] if each.by_ledger else [each.table]
        )
    ]


def watch(raw: BareConnection, info: dict[Any, Any], touched: Callable[[str, int], None]) -> None:
    """Let a bare connection name each row of these tables that is written; done once for each connection."""
    if info.get(_INSTALLED):
        return
    raw.create_function(_FUNCTION, 2, touched)
    raw.executescript("".join(_triggers()))
    info[_INSTALLED] = True


def _triggers() -> Iterator[str]:
    for sealed in OWN:
        kind = f"'{sealed.table}:' || {{row}}.ledger" if sealed.by_ledger else f"'{sealed.table}'"
        for table, key in ((sealed.table, sealed.key), *((part.table, part.key) for part in sealed.parts)):
            for deed, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
                told = " ".join(
                    f"SELECT {_FUNCTION}({kind.format(row=row)}, {_of_row(key, row)});" for row in rows
                )
                yield (
                    f"CREATE TEMP TRIGGER watch_{table}_{deed} AFTER {deed} ON main.{table} BEGIN {told} END;\n"
                )


def _of_row(key: str, row: str) -> str:
    """The key's expression over the row of a trigger."""
    return " ".join(f"{row}.{word}" if word.isidentifier() else word for word in key.split(" "))


def rows(
    conn: sa.Connection, tables: Tables, kind: str, keys: Sequence[int] | None = None
) -> Iterator[tuple[int, str]]:
    """The rows of a kind with these keys, or all, as texts that never change; what doesn't exist is left out."""
    name, ledger = kind_of(kind)
    sealed = BY_TABLE[name]
    tables_of = [(SealedPart(name, sealed.key), ledger), *((part, "") for part in sealed.parts)]
    asked: list[Sequence[int] | None] = [None]
    if keys is not None:
        asked = [keys[start : start + _CHUNK] for start in range(0, len(keys), _CHUNK)]
    for wanted in asked:
        held = [dict(_grouped(conn, tables, part, of, wanted)) for part, of in tables_of]
        # Parts of what isn't there are told of, too.
        for key in dict.fromkeys(key for texts in held for key in texts):
            yield key, "\n".join(texts.get(key, "") for texts in held)


def _grouped(
    conn: sa.Connection, tables: Tables, part: SealedPart, ledger: str, wanted: Sequence[int] | None
) -> Iterator[tuple[int, str]]:
    """The rows of a table, those with one key as one text, in the order of their primary keys."""
    table = tables.of_program(part.table)
    names = sorted(column.name for column in table.columns if column.name != part.key)
    usual = [_usual(table.columns[name]) for name in names]
    tests: dict[str, Any] = {"ledger = ?": ledger} if ledger else {}
    if wanted is not None and len(wanted) == 1:
        tests[f"{part.key} = ?"] = wanted[0]
    elif wanted is not None:
        tests[f"{part.key} IN (SELECT value FROM json_each(?))"] = json.dumps(list(wanted))
    where = f" WHERE {' AND '.join(tests)}" if tests else ""
    order = ", ".join([part.key, *(f'"{column.name}"' for column in table.primary_key.columns)])
    columns = "".join(f', "{name}"' for name in names)
    query = f"SELECT {part.key}{columns} FROM {table.name}{where} ORDER BY {order}"
    found = run(conn, query, tuple(tests.values()))
    before: int | None = None
    texts: list[str] = []
    while block := found.fetchmany(_CHUNK):
        held = [[_told(value, common) for value, common in zip(row[1:], usual, strict=True)] for row in block]
        for row, text in zip(block, texts_of(names, held), strict=True):
            if row[0] != before and before is not None:
                yield before, "\n".join(texts)
                texts = []
            before = row[0]
            texts.append(text)
    if before is not None:
        yield before, "\n".join(texts)


def _usual(column: sa.Column[Any]) -> str | None:
    """What a column holds where nothing was said, as text."""
    default = column.server_default
    return str(getattr(default, "arg", "")) if default is not None else None


def _told(value: Any, usual: str | None) -> Any:
    """What of a value is told: None where it is empty or the usual one."""
    if value in _EMPTY or (usual is not None and str(value) == usual):
        return None
    return _plain(value)


def _plain(value: Any) -> Any:
    """Long texts and bytes by their digest."""
    if isinstance(value, bytes) or (isinstance(value, str) and len(value) > _LONG):
        data = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(data, digest_size=16).hexdigest()
    return value
