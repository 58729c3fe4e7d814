"""Sheets of the worklist: write 交办单, 督办单, 销号单, 通报; open those that were written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.dialogs import Dialog, tell
from zhengui.gui.kit.opened_file import open_file
from zhengui.gui.kit.row_fields import ThingList
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.kit.waiting import run_waiting
from zhengui.services.loops import sheets
from zhengui.services.loops.circular import make_circular
from zhengui.services.loops.list_items import LoopItem
from zhengui.services.loops.sheets import KINDS, OF_ITEMS, MadeSheet
from zhengui.storage.writing.loop_sheets import KeptSheet
from zhengui.whole_file import write_whole

_PDF = "PDF 文件 (*.pdf)"


class PaperDeeds(QObject):
    """A sheet is numbered and kept when it is written; a file of it can be saved then, or whenever it is wanted."""

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__(host)
        self._desk, self._host = desk, host

    def add_kinds(self, menu: QMenu, items: Sequence[LoopItem]) -> None:
        """Add the sheets that can be written about these items."""
        if len({item.ledger for item in items}) != 1:
            return
        menu.addSeparator()
        for kind in OF_ITEMS:
            menu.addAction(f"出{KINDS[kind]}…", partial(self.of_items, kind, items))
        if len(items) == 1:
            menu.addAction("这一项的文书…", lambda: self.show_sheets(items[0]))

    def of_items(self, kind: str, items: Sequence[LoopItem]) -> None:
        """Write a sheet about items of one ledger."""
        township, ledger, ids = self._desk.township, items[0].ledger, [item.id for item in items]
        self.write(KINDS[kind], lambda: sheets.make_sheet(township, kind, ledger, ids))

    def circular(self, ledger: str) -> None:
        """Write the 通报 of the working year on a ledger, or on all."""
        township, scope = self._desk.township, self._desk.scope
        period, villages = scope.period, scope.villages
        chosen = (ledger,) if ledger else ()
        self.write(KINDS["circular"], lambda: make_circular(township, period, chosen, villages))

    def write(self, title: str, make: Callable[[], MadeSheet]) -> None:
        """Write a sheet in the background, then offer to save and open it."""

        def done(made: MadeSheet) -> None:
            self._desk.offer(f"已出{made.title}", "打开", lambda: self.save(made.title, made.pdf))

        def refused(error: Exception) -> None:
            tell(self._host, f"{title}没有出成", sentence(error))

        run_waiting(
            self._host, self._desk.background, f"正在出{title}", lambda _progress: make(), done, refused
        )

    def save(self, title: str, pdf: bytes) -> None:
        """Save a sheet as a file and open it, where it can be printed."""
        chosen, _kind = QFileDialog.getSaveFileName(self._host, "保存文书", f"{title}.pdf", _PDF)
        if not chosen:
            return
        path = Path(chosen if chosen.lower().endswith(".pdf") else f"{chosen}.pdf")
        try:
            write_whole(path, pdf)
        except OSError as problem:
            tell(self._host, "文书没有存成", sentence(problem))
            return
        self._desk.offer_file(f"已保存{title}：{path.name}", path)
        open_file(path)

    def show_sheets(self, item: LoopItem | None = None) -> None:
        """The sheets that tell of an item, or all of the year."""
        township = self._desk.township
        if item is not None:
            found = sheets.sheets_of(township, item.ledger, item.id)
        else:
            found = sheets.sheets(township, self._desk.scope.year)
        dialog = SheetsDialog(self._host, found)
        if dialog.exec() and dialog.chosen is not None:
            self.save(dialog.chosen.title, sheets.pages(township, dialog.chosen))


class SheetsDialog(Dialog):
    """The sheets that were written; Enter opens the one that is chosen."""

    def __init__(self, parent: QWidget, found: Sequence[KeptSheet]) -> None:
        told = "" if found else "还没有出过文书。选中事项，在右键菜单里出交办单、督办单、销号单。"
        super().__init__(parent, "出过的文书", told, "打开" if found else "", "关闭", 520, 380)
        self.list: ThingList[KeptSheet] = ThingList(self, "文书")
        self.list.show_things(
            found, lambda each: f"{each.day}　{each.title}　{len(each.items)} 项　{each.who}"
        )
        self.rows.addWidget(self.list, 1)

    @property
    def chosen(self) -> KeptSheet | None:
        """The sheet that is current."""
        return self.list.chosen()
