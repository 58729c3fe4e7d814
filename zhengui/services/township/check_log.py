"""Who did what, in words, and whether the file still is what was done through the program (系统 → 核对)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from zhengui.catalogue.load import load_catalogue
from zhengui.catalogue.model import FieldType
from zhengui.exchange.workbook_out import WrittenColumn, write_workbook
from zhengui.services.township import login, rights
from zhengui.services.township.deeds import deed_words
from zhengui.services.township.reading import Reading, reads
from zhengui.services.township.rights import Right
from zhengui.services.township.township import Township
from zhengui.storage.file.chained import Chained
from zhengui.storage.file.looking import looked_at
from zhengui.storage.file.own_entries import own_texts
from zhengui.storage.records import log, sealed_rows, sealed_tables
from zhengui.storage.records.log import LogLine
from zhengui.storage.records.log_check import LogFinding
from zhengui.storage.records.sealed_tables import kind_of
from zhengui.values.clean import one_width

#: What stands in the log beside the records of ledgers, as it is called.
_KINDS = {
    sealed_rows.HISTORY: "修改历史",
    sealed_rows.ISSUE: "签发的文稿",
    sealed_rows.SETTING: "设置",
    sealed_rows.ACCOUNT: "人员",
    sealed_rows.REVIEW: "审核记号",
    sealed_rows.MARK: "报送记号",
    sealed_rows.ENTERED: "录入的以前年度的数",
    **{each.table: each.title for each in sealed_tables.OWN},
}
_MOST_NAMED = 3
_CODE = re.compile(r"(\d+)(?:-[0-9A-F]{4}){4}")


@dataclass(frozen=True, slots=True)
class ToldFinding:
    """Something that doesn't fit, in a sentence; `ledger` and `record` where it can be looked at."""

    sentence: str
    ledger: str = ""
    record: int = 0


@dataclass(frozen=True, slots=True)
class CheckedLog:
    """`found` is empty where all fits. `head` is the last line as documents print it."""

    found: tuple[ToldFinding, ...]
    lines: int
    rows: int
    head: str

    def words(self) -> str:
        """What was looked at and how it came out."""
        if not self.found:
            return f"操作记录 {self.lines:,} 行首尾相接，{self.rows:,} 条记录与它一致。"
        return f"发现 {len(self.found)} 处对不上：不经过程序被改过，或文件被旧的替换过。"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A line of the log in words."""

    line: int
    at: datetime
    who: str
    deed: str
    what: str


def check_log(township: Township) -> CheckedLog:
    """Read the whole log and compare every record with it; for the manager and the auditor."""
    rights.expect(township.account, Right.AUDIT)
    with township.reading() as reading:
        return _checked(reading, township.database.log)


def check_log_of(path: Path) -> CheckedLog | None:
    """The same for a closed file, which is not changed; None where this version has not opened it yet."""
    login.expect_right(path, Right.AUDIT)
    own = own_texts(path)
    with looked_at(path, load_catalogue(own=own) if own else load_catalogue()) as found:
        if found is None:
            return None
        conn, tables, chained = found
        return _checked(Reading(conn, tables, tables.catalogue, "", date.today()), chained)


def code_of_closed(path: Path, text: str) -> str:
    """`judge_code` for a closed file, which is not changed."""
    login.expect_right(path, Right.AUDIT)
    own = own_texts(path)
    with looked_at(path, load_catalogue(own=own) if own else load_catalogue()) as found:
        if found is None:
            return "还没有操作记录，或文件由较早的版本保存：用这个版本打开一次以后再核对。"
        conn, tables, _chained = found
        return judge_code(Reading(conn, tables, tables.catalogue, "", date.today()), text)


def _checked(reading: Reading, chained: Chained) -> CheckedLog:
    judged = chained.judge(reading.conn)
    found = [_told(reading, each) for each in judged.findings]
    found += _older(reading)
    if chained.behind is not None:
        seen = f"您上次在这台电脑上看到操作记录第 {chained.behind.line} 行，现在的文件对不上"
        found.insert(0, ToldFinding(f"{seen}：被旧的文件替换过，或被改过。"))
    return CheckedLog(tuple(found), judged.lines, judged.rows, log.head_of(reading.conn).words())


@reads(Right.AUDIT)
def judge_code(reading: Reading, text: str) -> str:
    """Whether a code that was printed on an issued document is the log's, as a sentence.

    A log that was written anew agrees with itself, but not with what is on paper.
    """
    code = one_width(text).upper().replace(" ", "")
    if (found := _CODE.search(code)) is None:
        return (
            "核对码没有输全：是一个行号和四组字符，例如 128-9F3A-02C7-55D1-B0E4，印在签发的文稿的日期下面。"
        )
    number = int(found[1])
    line = next(log.lines(reading.conn, number + 1, 1), None)
    if line is None or line.id != number:
        return f"操作记录没有第 {number} 行，比文稿签发时少：被旧的文件替换过，或被删过。"
    if log.LogHead(line.id, line.chain).words() != found[0]:
        return f"操作记录第 {number} 行与文稿上印的不同：这一行以前的记录在签发以后被改写过。"
    return (
        f"对得上：签发时的操作记录第 {number} 行（{line.at:%Y-%m-%d %H:%M}）仍是原样，它以前的都没有改写过。"
    )


@reads(Right.AUDIT)
def log_entries(reading: Reading, before: int | None = None, limit: int = 200) -> list[LogEntry]:
    """The lines of the log, the newest first: those before a number."""
    return [_entry(reading, line) for line in log.lines(reading.conn, before, limit)]


@reads(Right.AUDIT)
def export_log(reading: Reading, path: Path) -> int:
    """Write the whole log to a workbook, the oldest line first; returns how many lines."""
    text, number = FieldType.TEXT, FieldType.INTEGER
    columns = [
        WrittenColumn("行", number),
        WrittenColumn("时间", text),
        WrittenColumn("谁", text),
        WrittenColumn("做了什么", text),
        WrittenColumn("内容", text),
        WrittenColumn("核对码", text),
    ]
    return write_workbook(path, columns, _rows(reading), title="操作记录")


def _rows(reading: Reading) -> Iterator[list[str | int]]:
    for line in reversed(list(log.lines(reading.conn))):
        entry = _entry(reading, line)
        head = log.LogHead(line.id, line.chain).words()
        yield [entry.line, f"{entry.at:%Y-%m-%d %H:%M:%S}", entry.who, entry.deed, entry.what, head]


def _entry(reading: Reading, line: LogLine) -> LogEntry:
    what = "、".join(_counted(reading, line))
    notes = [words for told in line.told if (words := _note_words(reading, told))]
    return LogEntry(
        line.id, line.at, line.who or "程序", deed_words(line.deed), "；".join([*notes, what]).strip("；")
    )


def _counted(reading: Reading, line: LogLine) -> Iterator[str]:
    """Which records, by ledger, and how many of what else."""
    if line.deed in (log.BEGIN, log.UPGRADE):
        yield f"封存 {sum(len(keys) for _kind, keys in line.things):,} 条"
        return
    others: Counter[str] = Counter()
    for kind, keys in line.things:
        if kind == sealed_rows.HISTORY:
            continue
        ledger = reading.catalogue.ledgers.get(kind.removeprefix("l_")) if kind.startswith("l_") else None
        if ledger is None:
            others[_kind_words(reading, kind)] += len(keys)
        elif len(keys) <= _MOST_NAMED:
            yield f"{ledger.title}第 {'、'.join(str(key) for key in keys)} 条"
        else:
            yield f"{ledger.title} {len(keys):,} 条"
    for words, count in others.items():
        yield f"{words} {count:,} 处"


def _kind_words(reading: Reading, kind: str) -> str:
    table, of = kind_of(kind)
    if table.startswith("l_"):
        return f"“{table[2:]}”的记录"
    known = reading.catalogue.ledgers.get(of) or reading.catalogue.indicators.get(of)
    title = f"{known.title}的" if known is not None else ""
    return title + _KINDS.get(table, table)


def _note_words(reading: Reading, told: dict[str, object]) -> str:
    """What a note tells besides its deed."""
    parts = []
    if (ledger := reading.catalogue.ledgers.get(str(told.get("ledger", "")))) is not None:
        record = told.get("record")
        parts.append(f"{ledger.title}第 {record} 条" if record else ledger.title)
    if told.get("field"):
        parts.append(str(told["field"]))
    if told.get("count") is not None:
        parts.append(f"{told['count']} 条")
    if told.get("person"):
        parts.append(str(told["person"]))
    if told.get("wrong"):
        parts.append(f"之前输错密码 {told['wrong']} 次")
    if told.get("seen"):
        parts.append(f"上次看到第 {told['seen']} 行，打开的是第 {told.get('line')} 行")
    if told.get("whole"):
        parts.append("含完整的证件号和电话")
    return "，".join(parts)


def _told(reading: Reading, found: LogFinding) -> ToldFinding:
    if found.what == "line":
        return ToldFinding(
            f"操作记录第 {found.line} 行接不上前一行：这一行或前一行被改过，或中间被删过。{_when(reading, found.line)}"
        )
    if found.what == "cut":
        return ToldFinding(f"操作记录末尾被删过：应该还有第 {found.line} 行。")
    more = f"同样的还有 {found.more} 条。" if found.more else ""
    ledger_key = found.kind.removeprefix("l_") if found.kind.startswith("l_") else ""
    ledger = reading.catalogue.ledgers.get(ledger_key)
    last = f"最近一次通过程序的改动{_when(reading, found.line)}" if found.line else ""
    if ledger is None:
        thing = f"{_kind_words(reading, found.kind)}（{_key_words(found)}）"
        target = _of_history(reading, found)
    else:
        label = reading.label(ledger, int(found.key))
        thing = f"“{ledger.title}”第 {found.key} 条" + (f"“{label}”" if label else "")
        target = (ledger.key, int(found.key) if found.what != "gone" else 0)
    words = {
        "changed": "与操作记录不一致：不经过程序被改过。",
        "gone": "不见了：不经过程序被删除。",
        "unknown": "操作记录里没有：不经过程序被加进来。",
    }[found.what]
    return ToldFinding(f"{thing}{words}{last}{more}", *target)


def _of_history(reading: Reading, found: LogFinding) -> tuple[str, int]:
    """The record that a line of history, a review or a report belongs to."""
    if found.kind == sealed_rows.HISTORY:
        of_record = log.record_of_history(reading.conn, int(found.key))
        return of_record if of_record is not None and of_record[0] in reading.catalogue.ledgers else ("", 0)
    table, of = kind_of(found.kind)
    return (of, int(found.key)) if table == sealed_rows.REVIEW else ("", 0)


def _key_words(found: LogFinding) -> str:
    table = kind_of(found.kind).table
    if table in (sealed_rows.MARK, sealed_rows.ENTERED):
        village, time = divmod(int(found.key), 1_000_000)
        return f"{time}，村（居）{village}" if village else f"{time}"
    return str(found.key)


def _when(reading: Reading, line: int) -> str:
    row = log.about(reading.conn, line)
    return (
        f"（第 {line} 行，{str(row[0])[:16].replace('T', ' ')}，{row[1] or '程序'}）。"
        if row is not None
        else ""
    )


def _older(reading: Reading) -> Iterator[ToldFinding]:
    """Where the log itself says that an older file was put back and used on."""
    for line in log.numbers_of(reading.conn, "older_file"):
        yield ToldFinding(f"打开过被旧的文件替换过的数据{_when(reading, line)}")
