"""Keep the county's own forms: the file as it came, how its sheets look, what its cells stand for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zhengui.catalogue.model import FieldType
from zhengui.catalogue.path import dotted
from zhengui.exchange.cell_codes import column_letters
from zhengui.exchange.form_book import FormBook, read_form
from zhengui.exchange.package import MOST_FILE
from zhengui.exchange.problem import ExchangeProblem
from zhengui.exchange.sheet_grid import (
    SheetCell,
    SheetGrid,
    block_of,
    place_name,
    places_of,
)
from zhengui.services.problem import StorageProblem
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.writing import county_forms
from zhengui.storage.writing.county_forms import Filling, FormAbout, FormMark

__all__ = [
    "DATE_STYLES",
    "KINDS",
    "NUMBER",
    "PIECES",
    "SPANS",
    "UNITS",
    "WORDS",
    "Filling",
    "FormAbout",
    "FormMark",
    "SheetCell",
    "SheetGrid",
    "add_form",
    "all_forms",
    "block_of",
    "check_marks",
    "column_letters",
    "fillings",
    "form_named",
    "grid_of",
    "marks_of",
    "place_name",
    "places_of",
    "remove_form",
    "rename_form",
    "replace_file",
    "set_marks",
    "sheets_of",
]

KINDS = {"figure": "一个指标", "villages": "各村（居）的指标", "column": "台账的一列", "words": "时间和单位"}
WORDS = {
    "period": "时段",
    "year": "年",
    "month": "月",
    "today": "填表日期",
    "office": "单位全称",
    "township": "乡镇名称",
    "villages": "村（居）",
    "operator": "填表人",
}
SPANS = {"": "填表的时段", "to_date": "年初到期末累计", "before": "上年同期"}
UNITS = ("", "元", "万元", "亿元", "万", "亿")
PIECES = {"": "整个", "year": "年", "month": "月", "day": "日", "characters": "一格一个字"}
DATE_STYLES = {
    "": "按这一格的格式",
    "-": "2021-03-05",
    ".": "2021.3.5",
    "年月日": "2021年3月5日",
    "8": "20210305",
    "年月": "2021年3月",
}
#: A column that numbers the records.
NUMBER = "#"
_TITLE_LONGEST = 60


@writes(Right.ENTER)
def add_form(writing: Writing, path: Path, title: str = "") -> int:
    """Take a form into the file and return its number; ExchangeProblem where it can't be read as one."""
    data = _read(path)
    name = (title or path.stem).strip()[:_TITLE_LONGEST]
    if any(each.title == name for each in all_forms(writing)):
        raise StorageProblem(f"已经有一张叫“{name}”的表样了。请换一个名称，或者更换它的文件。")
    return county_forms.add(writing.conn, writing.tables, name, path.name, data, writing.operator)


@writes(Right.ENTER)
def replace_file(writing: Writing, form: int, path: Path) -> list[str]:
    """Put this year's version of the file in the place of the old one; returns the marks that fit it no more."""
    data = _read(path)
    county_forms.replace_content(writing.conn, writing.tables, form, path.name, data)
    return check_marks(writing, form, marks_of(writing, form))


def _read(path: Path) -> bytes:
    """The bytes of a form that can be read to its end."""
    try:
        if path.stat().st_size > MOST_FILE:
            raise ExchangeProblem(f"“{path.name}”太大，不像一张报表。请删去多余的工作表和图片，再选它。")
        data = path.read_bytes()
    except OSError as error:
        raise ExchangeProblem(f"“{path.name}”打不开。请核对文件是否还在，或关闭正在使用它的程序。") from error
    read_form(data)
    return data


@writes(Right.ENTER)
def rename_form(writing: Writing, form: int, title: str) -> None:
    """Call a form something else."""
    if not title.strip():
        raise StorageProblem("请写上表样的名称。")
    county_forms.rename(writing.conn, writing.tables, form, title.strip()[:_TITLE_LONGEST])


@writes(Right.ENTER)
def remove_form(writing: Writing, form: int) -> None:
    """Put a form aside; how often it was filled stays counted."""
    county_forms.remove(writing.conn, writing.tables, form, writing.operator)


@reads
def all_forms(reading: Reading) -> list[FormAbout]:
    """The forms there are."""
    return county_forms.all_forms(reading.conn, reading.tables)


@reads
def form_named(reading: Reading, wanted: str) -> FormAbout:
    """A form by its title or number; StorageProblem where there is none or more than one."""
    forms = all_forms(reading)
    found = [each for each in forms if wanted in (each.title, str(each.id))]
    found = found or [each for each in forms if wanted and wanted in each.title]
    if len(found) == 1:
        return found[0]
    if not forms:
        raise StorageProblem("还没有表样。请先在“收发表格”里选一张县里的表。")
    titles = "、".join(each.title for each in found or forms)
    raise StorageProblem(f"没有找到唯一一张叫“{wanted}”的表样，可写的有：{titles}。")


@reads
def sheets_of(reading: Reading, form: int) -> list[str]:
    """The names of the sheets that a form shows."""
    return book_of(reading, form).shown


@reads
def grid_of(reading: Reading, form: int, sheet: str) -> SheetGrid:
    """A sheet of a form to be looked at."""
    return book_of(reading, form).grid(sheet)


@reads
def book_of(reading: Reading, form: int) -> FormBook:
    """Every sheet of a form as it looks."""
    return read_form(county_forms.content(reading.conn, reading.tables, form))


@reads
def marks_of(reading: Reading, form: int) -> list[FormMark]:
    """What the cells of a form stand for."""
    return county_forms.marks(reading.conn, reading.tables, form)


@reads
def fillings(reading: Reading, form: int = 0) -> list[Filling]:
    """When a form, or any, was filled, the newest first."""
    return county_forms.fillings(reading.conn, reading.tables, form)


@writes(Right.ENTER)
def set_marks(writing: Writing, form: int, marks: Sequence[FormMark]) -> None:
    """Let the cells of a form stand for these alone; StorageProblem with the first thing that can't be."""
    wrong = check_marks(writing, form, marks)
    if wrong:
        raise StorageProblem(wrong[0])
    county_forms.set_marks(writing.conn, writing.tables, form, marks)


@reads
def check_marks(reading: Reading, form: int, marks: Sequence[FormMark]) -> list[str]:
    """What is wrong with marks, a sentence each: formulas, cells marked twice, figures and fields that are not there."""
    book = book_of(reading, form)
    taken: dict[tuple[str, int, int], str] = {}
    wrong = []
    for mark in marks:
        if mark.sheet not in book.grids:
            wrong.append(f"表格里没有工作表“{mark.sheet}”，{mark.place} 的对应用不上了。")
            continue
        wrong += _wrong_with(reading, mark, book.grid(mark.sheet))
        for place in places_of(mark.place):
            other = taken.setdefault((mark.sheet, *place), mark.place)
            if other != mark.place:
                wrong.append(
                    f"{place_name(place)} 同时在 {other} 和 {mark.place} 里。一格只能填一样，请去掉一处。"
                )
                break
    return wrong


def _wrong_with(reading: Reading, mark: FormMark, grid: SheetGrid) -> list[str]:
    known = reading.catalogue
    top, left, bottom, right = block_of(mark.place)
    where = mark.place
    if mark.kind in ("figure", "villages") and mark.of not in known.indicators:
        return [f"{where} 对应的指标已经没有了。请重新选一个。"]
    if mark.kind == "words" and mark.of not in WORDS:
        return [f"{where} 没有选填什么。请选一样。"]
    if mark.kind == "column":
        ledger, field = dotted(mark.of)
        fields = known.ledgers[ledger].by_key if ledger in known.ledgers else {}
        if field not in fields and not (fields and field == NUMBER):
            return [f"{where} 对应的台账字段已经没有了。请重新选一个。"]
        if field in fields and fields[field].type is FieldType.ATTACHMENT:
            return [f"{where} 对应的是照片或文件，表格里放不下。请选另一个字段。"]
    if mark.kind in ("figure", "words") and (top, left) != (bottom, right):
        same = grid.first_of((bottom, right)) == (top, left)
        if not same:
            return [f"{where} 有好几格，一个数只能填一格。请只选一格。"]
    if mark.kind in ("villages", "column") and left != right:
        return [f"{where} 有好几列。请一列一列地对应。"]
    if mark.kind == "villages" and not mark.names:
        return [f"{where} 没有说哪一列是村（居）的名称。请填上，例如 A。"]
    formulas = [place for place in places_of(mark.place) if _is_formula(grid, place)]
    if formulas and mark.kind != "villages":
        return [f"{place_name(formulas[0])} 是公式，填进去公式就没有了。请不要选它，公式会自己计算。"]
    return []


def _is_formula(grid: SheetGrid, place: tuple[int, int]) -> bool:
    cell = grid.cells.get(place)
    return cell is not None and bool(cell.formula)
