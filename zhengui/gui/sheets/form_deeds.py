"""What can be done with a form as a whole: another file, another name, put aside; and its marks in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from zhengui.catalogue.model import Catalogue
from zhengui.catalogue.path import dotted
from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.dialogs import ask, tell
from zhengui.gui.kit.menu import Menu
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.sheets.name_dialog import NameDialog
from zhengui.services.county_forms import keep_forms
from zhengui.services.county_forms.keep_forms import FormAbout, FormMark, SheetGrid, places_of
from zhengui.services.problem import ExchangeProblem, StorageProblem

FORM = "Excel 表格 (*.xlsx)"


def told_marks(
    catalogue: Catalogue, marks: Sequence[FormMark], grid: SheetGrid
) -> dict[tuple[int, int], str]:
    """What each marked cell of a sheet stands for, in words; formulas within a block stay as they are."""
    told = {}
    for mark in marks:
        if mark.sheet != grid.name:
            continue
        words = mark_words(catalogue, mark)
        for place in places_of(mark.place):
            cell = grid.cells.get(place)
            if cell is None or not cell.formula:
                told[place] = f"〔{words}〕"
    return told


def mark_words(catalogue: Catalogue, mark: FormMark) -> str:
    """What a mark stands for."""
    if mark.kind in ("figure", "villages"):
        found = catalogue.indicators.get(mark.of)
        return found.title if found else mark.of
    if mark.kind != "column":
        return keep_forms.WORDS.get(mark.of, "")
    ledger, key = dotted(mark.of)
    known = catalogue.ledgers.get(ledger)
    if key == keep_forms.NUMBER:
        return "序号"
    return known[key].title if known is not None and key in known.by_key else key


class FormDeeds:
    """The deeds of the menu of one form; `changed` is called after each."""

    def __init__(self, host: QWidget, desk: Desk, form: FormAbout, changed: Callable[[], None]) -> None:
        self._host, self._desk, self._form, self._changed = host, desk, form, changed

    def open_menu(self, under: QPushButton) -> None:
        """Offer them under a button."""
        menu = Menu(self._host)
        menu.addAction("换成新版的文件…", self._replace)
        menu.addAction("改名…", self._rename)
        menu.addAction("移走这张表样…", self._remove)
        menu.exec(under.mapToGlobal(under.rect().bottomLeft()))

    def _replace(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self._host, "选新版的表", "", FORM)
        if not chosen:
            return
        try:
            wrong = keep_forms.replace_file(self._desk.township, self._form.id, Path(chosen))
        except (ExchangeProblem, StorageProblem) as problem:
            tell(self._host, "这一步没有做成", sentence(problem))
            return
        self._changed()
        if wrong:
            tell(self._host, "文件换好了，有几处对应要重新选", "\n".join(wrong[:12]))

    def _rename(self) -> None:
        dialog = NameDialog(self._host, self._form.title)
        if dialog.exec():
            keep_forms.rename_form(self._desk.township, self._form.id, dialog.name.text())
            self._changed()
        dialog.deleteLater()

    def _remove(self) -> None:
        if ask(
            self._host,
            f"要移走“{self._form.title}”吗？",
            "每一格填什么也会一起移走。填过的次数还算在里面。",
            "移走",
            "不移走",
            undoable=False,
        ):
            keep_forms.remove_form(self._desk.township, self._form.id)
            self._changed()
