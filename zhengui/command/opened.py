"""Open what the arguments of a command name: the database, the period, the villages."""

from __future__ import annotations

import argparse
import getpass
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from zhengui.command.problem import CommandProblem
from zhengui.values.moment import FIRST_YEAR, LAST_YEAR, read_date

if TYPE_CHECKING:
    from zhengui.catalogue.model import Field, Ledger
    from zhengui.figures.period import Period
    from zhengui.services.township.township import Township

Scope = tuple["Period", tuple[int, ...], str]


def add_database(parser: argparse.ArgumentParser) -> None:
    """Declare the database argument."""
    parser.add_argument("database", metavar="数据文件", type=Path, help="政规的数据文件（.zgdb）")
    add_password(parser)


def add_password(parser: argparse.ArgumentParser) -> None:
    """Declare how the password of a file is given; never as an argument, which others can see."""
    parser.add_argument("--user", metavar="姓名", help="设了密码的数据文件：谁来打开")
    parser.add_argument(
        "--password-file",
        metavar="文件",
        type=Path,
        help="密码或恢复密钥写在这个文件的第一行；不写就在屏幕上问",
    )


def unlock(given: argparse.Namespace, path: Path) -> None:
    """Give the password of a file that has one."""
    from zhengui.services.township import login
    from zhengui.values.recovery_key import read_recovery_key

    if login.is_open(path):
        return
    password = _password(given)
    if read_recovery_key(password) is not None:
        login.log_in_with_recovery_key(path, password)
    elif given.user is None:
        raise CommandProblem(f"“{path.name}”设有密码。请写 --user 姓名；或者在密码文件里写恢复密钥。")
    else:
        login.log_in(path, given.user, password)


def _password(given: argparse.Namespace) -> str:
    if given.password_file is not None:
        from zhengui.exchange.text_tables import decoded

        # An editor of Windows may have written it in whatever encoding.
        lines = (decoded(given.password_file.read_bytes()) or "").splitlines()
        if not lines or not lines[0]:
            raise CommandProblem(f"“{given.password_file}”里没有读到密码。请用记事本把密码写在第一行。")
        return lines[0]
    if not sys.stdin.isatty():
        raise CommandProblem(f"“{given.database.name}”设有密码。请写 --user 姓名 和 --password-file 文件。")
    return getpass.getpass("密码：")


def add_period(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of a period."""
    parser.add_argument("--year", metavar="年", type=int, help="哪一年，例如 2021")
    parser.add_argument("--from", dest="start", metavar="日期", help="从哪一天起，例如 2021-01-01")
    parser.add_argument("--to", dest="end", metavar="日期", help="到哪一天止，例如 2021-06-30")


def add_villages(parser: argparse.ArgumentParser) -> None:
    """Declare the villages; the option may be written several times."""
    help_text = "只算一个村（居），可以写几次"
    parser.add_argument("--village", metavar="村名", action="append", help=help_text)


def add_scope(parser: argparse.ArgumentParser) -> None:
    """Declare what a document can tell of: a period, villages, an area."""
    add_period(parser)
    add_villages(parser)
    parser.add_argument("--area", metavar="领域", help="只写一个领域，写键或名称，例如 safety")

    def need_time(given: argparse.Namespace) -> None:
        if given.year is None and given.start is None and given.end is None:
            parser.error("the following arguments are required: --year")

    parser.set_defaults(demand=need_time)


@contextmanager
def township(given: argparse.Namespace, operator: str = "") -> Iterator[Township]:
    """The township of the database argument, closed afterwards; a year that is none is refused before."""
    if getattr(given, "year", None) is not None:
        check_year(given.year)
    from zhengui.services.township.township import open_township

    unlock(given, given.database)
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
        start = day(given.start) if given.start is not None else date(given.year, 1, 1)
        end = day(given.end) if given.end is not None else date(given.year, 12, 31)
    else:
        start, end = day(given.start), day(given.end)
    if end < start:
        raise CommandProblem(f"结束日期 {end} 早于开始日期 {start}，请对调。")
    return Period(start, end)


def villages(opened: Township, names: Sequence[str] | None) -> tuple[int, ...]:
    """The village ids of the names, each once, in the office's order; none means all of them."""
    found = {_village(opened, name) for name in names or ()}
    if not found:
        return ()
    from zhengui.services.township import overview

    order = [each.id for each in overview.villages(opened)]
    return tuple(sorted(found, key=order.index))


def _village(opened: Township, name: str) -> int:
    if not name.strip():
        raise CommandProblem("--village 后面是空的。请写村（居）的名称，要算全镇就不写 --village。")
    with opened.reading() as reading:
        found = reading.lookup().find("village", name)
    exact = [record_id for record_id, title in found if title == name]
    if len(exact) == 1:
        return exact[0]
    if len(found) == 1:
        return found[0][0]
    if found:
        raise CommandProblem(f"“{name}”可以是{'、'.join(title for _, title in found[:8])}，请写全称。")
    raise CommandProblem(f"没有叫“{name}”的村（居）。请用“基础信息”里登记的名称。")


def scope(given: argparse.Namespace, opened: Township) -> Scope:
    """The period, villages and area of the arguments; all villages are the township, as in the window."""
    from zhengui.services.township import overview

    chosen = area(opened, given.area) if given.area is not None else ""
    named = villages(opened, given.village)
    return period(given), () if len(named) == len(overview.villages(opened)) else named, chosen


def area(opened: Township, wanted: str) -> str:
    """The key of a work area given by key or title."""
    areas = [each for each in opened.catalogue.areas if each.kind == "area"]  # of whatever year is asked for
    for each in areas:
        if wanted in (each.key, each.title, each.short):
            return each.key
    titles = "、".join(each.key for each in areas)
    raise CommandProblem(f"没有叫“{wanted}”的领域，可写的有：{titles}。")


def ledger(opened: Township, wanted: str) -> Ledger:
    """A ledger given by key or title, as the year being worked on knows it; one of another year is found as well."""
    from zhengui.services.township.working_year import ledger_in

    ledgers = opened.catalogue.ledgers
    if wanted in ledgers:
        return ledger_in(opened, wanted)
    named = [each for each in ledgers.values() if each.title == wanted]
    if len(named) == 1:
        return ledger_in(opened, named[0].key)
    raise CommandProblem(f"没有叫“{wanted}”的台账。用 catalogue 命令可以看到全部台账。")


def field(ledger: Ledger, wanted: str) -> Field:
    """A field of a ledger given by key or title."""
    found = next((each for each in ledger.live_fields if wanted in (each.key, each.title)), None)
    if found is None:
        raise CommandProblem(f"台账“{ledger.title}”没有“{wanted}”这一列。用 catalogue 命令可以看到全部字段。")
    return found


def month(text: str) -> int:
    """A month as people write it, as yyyymm."""
    found = re.fullmatch(r"(\d{4})(?:[-/.年](\d{1,2})月?|(\d{2}))", text.strip())
    number = int(found[2] or found[3]) if found else 0
    if found is None or not 1 <= number <= 12:
        raise CommandProblem(f"月份“{text}”不对，请写成 2021-03 这样。")
    check_year(int(found[1]))
    return int(found[1]) * 100 + number


def number(text: str) -> Decimal:
    """A number as people write it."""
    plain = text.strip().replace(",", "").replace("，", "")
    try:
        found = Decimal(plain)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise CommandProblem(f"“{text}”不是数，请只写数字。")
    return found


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


def day(text: str) -> date:
    """A day as people write it; the year has to be there."""
    found = read_date(text, date.today(), 0)
    if found is None:
        raise CommandProblem(f"日期“{text}”不对，请写成 2021-01-31 这样。")
    check_year(found.year)
    return found
