"""Fill a form into a file, or into several that continue each other where one has no room for all records."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from zhengui.exchange.form_book import filled_form
from zhengui.figures.period import Period
from zhengui.services.counting.compute_figures import Villages
from zhengui.services.county_forms.fill_form import Filled, Short, blocks_of, fill, ids_of, no_room, span_of
from zhengui.services.county_forms.keep_forms import marks_of
from zhengui.services.problem import StorageProblem
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.records import handed_out
from zhengui.storage.writing import county_forms
from zhengui.whole_file import replacing

#: So many copies of a form are filled one after the other; who needs more needs another form.
MOST_PARTS = 30


@reads
def shortages(reading: Reading, form: int, period: Period, villages: Villages = ()) -> list[Short]:
    """The ledgers that have more records in the period than the form has rows for them."""
    found = []
    for ledger, marks, top, bottom in blocks_of(reading, marks_of(reading, form)):
        count = len(ids_of(reading, ledger, span_of(marks[0], period), villages))
        if count > bottom - top + 1:
            found.append(Short(ledger.title, count, bottom - top + 1))
    return found


@reads
def fill_parts(
    reading: Reading, form: int, period: Period, villages: Villages = (), personal: bool = False
) -> list[Filled]:
    """As many copies of the form as hold all records, one continuing the other; one where everything has room.

    Raises StorageProblem where there would be more than MOST_PARTS.
    """
    first = fill(reading, form, period, villages, personal)
    for short in first.short:
        if short.parts > MOST_PARTS:
            raise StorageProblem(
                f"“{short.title}”有 {short.count} 条，一张表只有 {short.room} 行，要接 {short.parts} 份，太多了。"
                "请在表里加几行，再更换表样的文件，或者缩小时段。"
            )
    more = [fill(reading, form, period, villages, personal, part) for part in range(2, first.parts + 1)]
    return [first, *more]


def continued_path(path: Path, part: int) -> Path:
    """Where a copy of a filled form goes: 月报.xlsx, then 月报（续2）.xlsx."""
    return path if part == 1 else path.with_name(f"{path.stem}（续{part}）{path.suffix}")


@writes(Right.ENTER)
def save_filled(
    writing: Writing,
    form: int,
    path: Path,
    period: Period,
    villages: Villages = (),
    personal: bool = False,
    continued: bool = False,
) -> Filled:
    """Fill a form into a file and note that it was done; with `continued` into as many files as hold all records.

    ExchangeProblem where a file can't be written, and then none is; StorageProblem where there would be too many.
    """
    if continued:
        parts = fill_parts(writing, form, period, villages, personal)
    else:
        parts = [fill(writing, form, period, villages, personal)]
    filled = parts[0]
    data = county_forms.content(writing.conn, writing.tables, form)
    with ExitStack() as files:
        for number, each in enumerate(parts, 1):
            to = continued_path(path, number)
            files.enter_context(replacing(to)).write_bytes(filled_form(data, each.cells))
            filled.files.append(to)
    if len(parts) > 1:
        filled.remarks = [told for told in filled.remarks if told not in map(no_room, filled.short)]
    count = sum(each.count for each in parts)
    where = (writing.conn, writing.tables)
    county_forms.note_filling(
        *where, form, period, villages, count, path.name, writing.operator, bool(filled.personal)
    )
    if filled.personal:
        title = next((each.title for each in county_forms.all_forms(*where) if each.id == form), "")
        handed_out.note(
            *where, title, list(dict.fromkeys(filled.personal)), count, path.name, writing.operator
        )
    return filled
