"""Begin an office's file on the first day: its names, its villages, the month it starts with, who enters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from zhengui.catalogue.model import Catalogue
from zhengui.services.entry.record import save
from zhengui.services.returns.report_status import set_start_month
from zhengui.services.township.office import COMMITTEE, KIND, VILLAGE_WORD, Kind
from zhengui.services.township.own_catalogue import retire
from zhengui.services.township.own_words import sign_by
from zhengui.services.township.reading import OFFICE
from zhengui.services.township.township import Township, create_township, open_township
from zhengui.values.value import Value

#: No township has more.
MOST = 300
LONGEST = 20
#: How a sheet of villages may head the column of their names.
HEADINGS = ("村（居）", "村居", "村名", "村（社区）", "行政村", "名称", "村", "单位")
_NUMBER = re.compile(r"^(?:[（(]\d{1,3}[)）]|\d{1,3}\s*[.、．,，)）]|\d{1,3}\s+|[①-⑳])\s*")
_BETWEEN = re.compile(r"[\t;；、,，]+")
_RESIDENTS = ("社区", "居委会", "居民委员会", "居")


@dataclass(frozen=True, slots=True)
class NewVillage:
    """A village or a residents' community, as the register knows it."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class NewOffice:
    """What the first start asks.

    `start` is the first month that is owed, as yyyymm, `signed` who signs, as a place in SIGNED, `left_out` the keys of
    the work areas that the office doesn't have.
    """

    name: str
    kind: Kind
    office: str
    committee: str
    operator: str
    villages: tuple[NewVillage, ...] = ()
    start: int = 0
    signed: int = 0
    password: str = field(default="", repr=False)
    left_out: tuple[str, ...] = ()


def villages_in(text: str) -> list[NewVillage]:
    """The villages of a pasted list: one a line or between commas, numbers before them left out, each once.

    Raises ValueError with a sentence where a name cannot be one.
    """
    found: dict[str, NewVillage] = {}
    pieces = (piece for line in text.splitlines() for piece in _BETWEEN.split(_NUMBER.sub("", line.strip())))
    for piece in pieces:
        name = "".join(piece.split())
        if not name or name in HEADINGS:
            continue
        if len(name) > LONGEST:
            raise ValueError(f"“{name[:LONGEST]}…”太长，不像村（居）的名称。请一行写一个。")
        found.setdefault(name, NewVillage(name, "居" if name.endswith(_RESIDENTS) else "村"))
    if len(found) > MOST:
        raise ValueError(f"一共有 {len(found)} 个名称，超过 {MOST} 个。请核对是不是贴错了内容。")
    return list(found.values())


def villages_of_sheet(path: Path) -> str:
    """The names in a workbook, one a line: of the column that is headed as villages are, else of the first one.

    Raises ExchangeProblem where it cannot be read.
    """
    from zhengui.exchange.workbook_in import read_workbook

    with read_workbook(path, titles=HEADINGS) as sheet:
        plain = [title.strip() for title in sheet.header]
        headed = next((plain.index(title) for title in HEADINGS if title in plain), None)
        column = headed or 0
        # A list without a heading has its first village where a heading would stand.
        names = [] if headed is not None or not plain else [plain[0]]
        names += [str(cells[column]).strip() for _number, cells in sheet.rows if len(cells) > column]
    return "\n".join(name for name in names if name)


def found_office(path: Path, office: NewOffice, catalogue: Catalogue | None = None) -> Township:
    """Make the file with everything in it; nothing stays behind where it does not come to be."""
    township = create_township(path, office.name, office.operator, catalogue)
    try:
        with township.writing() as writing:
            writing.keep_setting(KIND, office.kind)
            writing.keep_setting(OFFICE, office.office)
            writing.keep_setting(COMMITTEE, office.committee)
            if office.villages and all(each.kind == "居" for each in office.villages):
                writing.keep_setting(VILLAGE_WORD, "社区")
            sign_by(writing, office.signed)
            set_start_month(writing, office.start)
            for area in office.left_out:
                retire(writing, area, office.start // 100)
        township.speak()
        _enter(township, office.villages)
        if office.left_out:
            # What is left out stands in the file, and a file is read with it from the beginning.
            township.close()
            township = open_township(path)
    except BaseException:
        township.close()
        # The journal, the key and the mark of the last save lie beside it under its name.
        for leftover in path.parent.glob(f"{path.name}*"):
            leftover.unlink(missing_ok=True)
        raise
    return township


def _enter(township: Township, villages: Iterable[NewVillage]) -> None:
    for order, village in enumerate(villages, 1):
        values: dict[str, Value] = {
            "name": village.name,
            "kind": village.kind,
            "sort_order": order,
            "active": True,
        }
        save(township, "village", values)
