"""Open what the arguments of a command name: the database, the period, the villages."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from zhengui.command.problem import CommandProblem
from zhengui.values.moment import FIRST_YEAR, LAST_YEAR, read_date

if TYPE_CHECKING:
    from zhengui.figures.period import Period
    from zhengui.services.township.township import Township


def add_database(parser: argparse.ArgumentParser) -> None:
    """Declare the database argument."""
    parser.add_argument("database", metavar="数据文件", type=Path, help="政规的数据文件（.zgdb）")


def add_period(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of a period."""
    parser.add_argument("--year", metavar="年", type=int, help="哪一年，例如 2021")
    parser.add_argument("--from", dest="start", metavar="日期", help="从哪一天起，例如 2021-01-01")
    parser.add_argument("--to", dest="end", metavar="日期", help="到哪一天止，例如 2021-06-30")


@contextmanager
def township(given: argparse.Namespace, operator: str = "") -> Iterator[Township]:
    """The township of the database argument, closed afterwards; a year that is none is refused before."""
    if getattr(given, "year", None) is not None:
        check_year(given.year)
    from zhengui.services.township.township import open_township

    opened = open_township(given.database, operator)
    try:
        for remark in opened.database.remarks:
            print(remark, file=sys.stderr)
        opened.database.heard()
        yield opened
    finally:
        opened.close()


def period(given: argparse.Namespace) -> Period:
    """The period of the arguments: two dates, or the year."""
    from zhengui.figures.period import Period
    from zhengui.figures.period import year as whole_year

    if given.start is None and given.end is None:
        if given.year is None:
            raise CommandProblem("请写明时间：--year 2021，或 --from 2021-01-01 --to 2021-06-30。")
        return whole_year(given.year)
    if given.start is None or given.end is None:
        if given.year is None:
            raise CommandProblem("--from 和 --to 要一起写，或者再写上 --year。")
        start = _day(given.start) if given.start is not None else date(given.year, 1, 1)
        end = _day(given.end) if given.end is not None else date(given.year, 12, 31)
    else:
        start, end = _day(given.start), _day(given.end)
    if end < start:
        raise CommandProblem(f"结束日期 {end} 早于开始日期 {start}，请对调。")
    return Period(start, end)


def villages(opened: Township, name: str | None) -> tuple[int, ...]:
    """The village ids of a name; none means all of them."""
    if name is None:
        return ()
    if not name.strip():
        raise CommandProblem("--village 后面是空的。请写村（居）的名称，要算全镇就不写 --village。")
    with opened.reading() as reading:
        found = reading.lookup().find("village", name)
    exact = [record_id for record_id, title in found if title == name]
    if len(exact) == 1:
        return (exact[0],)
    if len(found) == 1:
        return (found[0][0],)
    if found:
        raise CommandProblem(f"“{name}”可以是{'、'.join(title for _, title in found[:8])}，请写全称。")
    raise CommandProblem(f"没有叫“{name}”的村（居）。请用“基础信息”里登记的名称。")


def check_year(year: int) -> None:
    """Refuse a year that no office has records of."""
    if not FIRST_YEAR <= year < LAST_YEAR:
        raise CommandProblem(f"年份“{year}”不对，请写四位数的年份，例如 2021。")


def check_place(path: Path) -> None:
    """Refuse a place for a file before anything is done that can't be taken back."""
    if path.is_dir():
        raise CommandProblem(f"“{path}”是文件夹，不是文件。请写上文件名。")
    above = next((each for each in path.absolute().parents if each.exists()), None)
    if above is not None and not above.is_dir():
        raise CommandProblem(f"“{above}”不是文件夹，不能把“{path.name}”放在里面。请换一个文件夹。")


def _day(text: str) -> date:
    """A day as people write it; the year has to be there."""
    found = read_date(text, date.today(), 0)
    if found is None:
        raise CommandProblem(f"日期“{text}”不对，请写成 2021-01-31 这样。")
    check_year(found.year)
    return found
