"""Empty workbooks to be filled: headings that stay, hints, lists to choose from, formats, and a hidden mark.

The mark names the ledger behind each sheet and the field behind each heading, so that a file that was filled years
later is still understood when titles have changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from zhengui.catalogue.model import Field, FieldType
from zhengui.exchange.layout import MARK_SHEET
from zhengui.exchange.new_book import new_book
from zhengui.exchange.workbook_out import sheet_title
from zhengui.whole_file import replacing

MARK_VERSION = 1
#: The sheet of long lists; hidden.
LISTS = "选项"
#: The row of the headings, counted from 0, and how many rows are ready to be filled under it.
HEADING, READY = 2, 500
#: So many rows carry the village's name from the beginning.
GIVEN = 200
_LONGEST_LIST, _LONGEST_HINT = 255, 255
_WIDTHS = {
    FieldType.LONG_TEXT: 40,
    FieldType.TEXT: 22,
    FieldType.ID_NUMBER: 24,
    FieldType.DATE: 14,
    FieldType.CHOICES: 24,
}
_FORMATS = {
    FieldType.DATE: "yyyy-mm-dd",
    FieldType.INTEGER: "#,##0",
    FieldType.MONEY: "#,##0.00",
    FieldType.YEAR: "0",
}
#: Typed as text, or Excel would make a number or a day of them.
_AS_TEXT = frozenset({FieldType.ID_NUMBER, FieldType.PHONE, FieldType.MONTH})


@dataclass(frozen=True, slots=True)
class TemplateSheet:
    """A sheet to be filled: its ledger's key and title, its fields, and by field key what stands in them already.

    `lists` are the choices of fields that name records of a register, such as the villages.
    """

    key: str
    title: str
    about: str
    fields: tuple[Field, ...]
    given: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def write_template(path: Path, office: str, sheets: Sequence[TemplateSheet], village: str = "") -> None:
    """Write an empty workbook of these sheets; `village` is who is to fill it, empty where it may be anybody.

    Raises ExchangeProblem where the file can't be written.
    """
    with replacing(path) as part, new_book(part) as book:
        writer = _Writer(book, office, village)
        for sheet in sheets:
            writer.add(sheet)
        writer.add_lists()
        writer.add_mark()


class _Writer:
    """The workbook being written; long lists stand once on a sheet of their own."""

    def __init__(self, book: Any, office: str, village: str) -> None:
        self._book, self._office, self._village = book, office, village
        self._names: set[str] = set()
        self._lists: dict[tuple[str, ...], int] = {}
        self._marks: list[tuple[str, str]] = []
        add = book.add_format
        self._title = add({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
        self._note = add({"font_color": "#5B6472", "text_wrap": True, "valign": "vcenter"})
        head = {"bold": True, "bg_color": "#E8EEF7", "border": 1, "text_wrap": True, "valign": "vcenter"}
        self._head = add({**head, "align": "center"})
        self._needed = add({**head, "align": "center", "font_color": "#B3261E"})
        self._given = add(
            {"font_color": "#5B6472", "border": 1, "border_color": "#D5DAE2", "num_format": "@"}
        )

    def add(self, sheet: TemplateSheet) -> None:
        """Add one sheet, protected but for the cells to be filled."""
        name = self._name(sheet.title)
        made = self._book.add_worksheet(name)
        last = max(len(sheet.fields) - 1, 1)
        who = f"　{self._village}" if self._village else ""
        made.merge_range(0, 0, 0, last, f"{self._office}{sheet.title}{who}", self._title)
        made.merge_range(1, 0, 1, last, f"填表说明：{_note(sheet)}", self._note)
        made.set_row(0, 30)
        made.set_row(1, 34)
        made.set_row(HEADING, 32)
        for column, each in enumerate(sheet.fields):
            self._add_column(made, column, each, sheet)
        made.freeze_panes(HEADING + 1, 0)
        made.protect(
            "",
            {
                "format_columns": True,
                "format_rows": True,
                "format_cells": True,
                "insert_rows": True,
                "delete_rows": True,
                "sort": True,
                "autofilter": True,
            },
        )
        made.set_landscape()
        made.set_paper(9)
        made.fit_to_pages(1, 0)
        made.repeat_rows(HEADING)
        titles = {heading_of(each): each.key for each in sheet.fields}
        self._marks.append((name, json.dumps({"ledger": sheet.key, "fields": titles}, ensure_ascii=False)))

    def _add_column(self, made: Any, column: int, each: Field, sheet: TemplateSheet) -> None:
        cell = self._book.add_format(
            {"locked": False, "border": 1, "border_color": "#D5DAE2", **_format_of(each)}
        )
        title = heading_of(each)
        made.set_column(column, column, max(_WIDTHS.get(each.type, 14), 2 * len(title) + 2))
        made.write_string(HEADING, column, title, self._needed if each.required else self._head)
        given = sheet.given.get(each.key, "")
        for row in range(HEADING + 1, HEADING + 1 + READY):
            if given and row <= HEADING + GIVEN:
                made.write_string(row, column, given, self._given)
            else:
                made.write_blank(row, column, None, cell)
        if not given:
            rule = self._rule(each, sheet.lists.get(each.key, ()))
            made.data_validation(HEADING + 1, column, HEADING + READY, column, rule)

    def _rule(self, each: Field, names: tuple[str, ...]) -> dict[str, object]:
        """What may be chosen or typed, and the hint that shows when the cell is entered."""
        hint = {"input_title": each.title[:32], "input_message": hint_of(each)[:_LONGEST_HINT]}
        single = each.type in (FieldType.CHOICE, FieldType.YES_NO)
        choices = ("是", "否") if each.type is FieldType.YES_NO else each.said_choices if single else names
        if choices:
            told = f"“{each.title}”请从列表中选择。"
            stop = "stop" if single else "warning"
            return {
                "validate": "list",
                "source": self._source(choices),
                "error_type": stop,
                "error_title": "请从列表中选择",
                "error_message": told,
                **hint,
            }
        if each.type is FieldType.DATE:
            told = f"“{each.title}”要填日期，例如 2021-03-05。"
            wrong = {"error_type": "warning", "error_title": "请核对日期", "error_message": told}
            return {"validate": "date", "criteria": ">=", "value": _first_day(), **wrong, **hint}
        return {"validate": "any", **hint}

    def _source(self, choices: tuple[str, ...]) -> Any:
        short = len(",".join(choices)) <= _LONGEST_LIST and not any("," in choice for choice in choices)
        if short:
            return list(choices)
        place = self._lists.setdefault(choices, len(self._lists))
        from xlsxwriter.utility import xl_col_to_name

        letters = xl_col_to_name(place)
        return f"={LISTS}!${letters}$1:${letters}${len(choices)}"

    def add_lists(self) -> None:
        """Write the long lists on a hidden sheet of their own."""
        if not self._lists:
            return
        made = self._book.add_worksheet(LISTS)
        for choices, column in self._lists.items():
            for row, choice in enumerate(choices):
                made.write_string(row, column, choice)
        made.hide()

    def add_mark(self) -> None:
        """Write what each sheet is, where nobody changes it by accident."""
        made = self._book.add_worksheet(MARK_SHEET)
        made.write_row(0, 0, ["version", str(MARK_VERSION)])
        made.write_row(1, 0, ["village", self._village])
        for row, (name, mark) in enumerate(self._marks, start=2):
            made.write_string(row, 0, name)
            made.write_string(row, 1, mark)
        made.very_hidden()

    def _name(self, title: str) -> str:
        """The sheet's name; sheets of one title are told apart."""
        name, number = sheet_title(title), 2
        while name.lower() in self._names or name in (LISTS, MARK_SHEET):
            name = f"{sheet_title(title)[:28]}{number}"
            number += 1
        self._names.add(name.lower())
        return name


def heading_of(each: Field) -> str:
    """The heading of a column, with its unit and the star of what must be filled."""
    unit = each.unit or ("元" if each.type is FieldType.MONEY else "")
    told = each.title if not unit or unit in each.title else f"{each.title}（{unit}）"
    return f"{told}*" if each.required else told


def hint_of(each: Field) -> str:
    """What to type into a cell of the column."""
    kinds = {
        FieldType.DATE: "填日期，例如 2021-03-05。",
        FieldType.MONTH: "填月份，例如 2021-03。",
        FieldType.YEAR: "填四位数的年份，例如 2021。",
        FieldType.ID_NUMBER: "填 18 位证件号码。这一列是文本格式，不要改成数字。",
        FieldType.PHONE: "填手机号，或区号-号码。",
        FieldType.INTEGER: "填整数。",
        FieldType.DECIMAL: "填数字，可以带小数。",
        FieldType.MONEY: "填金额，单位是元。",
        FieldType.CHOICE: "按 Alt+↓ 从列表中选一项。",
        FieldType.YES_NO: "填“是”或“否”。",
        FieldType.CHOICES: f"可以填几项，用顿号分开：{'、'.join(each.said_choices)}。",
    }
    named = "可以填几个登记过的名称，用顿号分开。" if each.many else "填登记过的名称。"
    told = kinds.get(each.type, named if each.register else "填文字。")
    needed = "必填。" if each.required else ""
    return f"{needed}{each.help}{told}"


def _note(sheet: TemplateSheet) -> str:
    about = sheet.about if sheet.about.endswith("。") or not sheet.about else f"{sheet.about}。"
    return f"{about}从标题下面一行填起，一行一条；带 * 的必填；表头不要改动，选中一格会显示怎样填。"


def _format_of(each: Field) -> dict[str, object]:
    if each.type in _AS_TEXT:
        return {"num_format": "@"}
    if each.type is FieldType.DECIMAL:
        places = "." + "0" * each.decimals if each.decimals else ""
        return {"num_format": f"#,##0{places}"}
    wrap = {"text_wrap": True, "valign": "top"} if each.type is FieldType.LONG_TEXT else {}
    return {"num_format": _FORMATS[each.type], **wrap} if each.type in _FORMATS else wrap


def _first_day() -> date:
    return date(1900, 1, 1)
