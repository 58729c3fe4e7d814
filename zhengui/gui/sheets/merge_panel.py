"""收村（居）的表: choose the folder, look at all files at once, and merge them with one press."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from zhengui.exchange.many_books import FolderBook
from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.allowing import allow
from zhengui.gui.kit.background import JobProgress
from zhengui.gui.kit.dialogs import tell
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.opened_file import open_file
from zhengui.gui.kit.plain_table import PlainTable
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.kit.waiting import run_waiting
from zhengui.gui.sheets.merges_dialog import MergesDialog
from zhengui.services.problem import ExchangeProblem
from zhengui.services.sheets import merge_files
from zhengui.services.sheets.merge_files import CHANGED, GONE, KINDS, NEW, SAME, TWICE, WRONG, MergePreview
from zhengui.services.sheets.return_files import return_files, returned_folder
from zhengui.services.township import keep_backup

FILES = (("文件", 190), ("村（居）", 84), ("台账", 150), *((KINDS[kind], 64) for kind in KINDS), ("说明", 0))
LINES = (("行", 48), ("结果", 64), ("台账", 130), ("内容", 0), ("说明", 380))
ORDER = (WRONG, TWICE, GONE, CHANGED, NEW, SAME)
MOST_SHOWN = 500
TONES = {WRONG: "over", TWICE: "warn", GONE: "warn", SAME: "ink3"}
INTRO = "把各村（居）报来的表放在一个文件夹里，一次核对、一起并入。文件名里有村（居）名称，或者用程序生成的填报表，就能认出是哪个村的。"


class MergePanel(QWidget):
    """Nothing is written before 并入 is pressed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._folder: Path | None = None
        self._books: list[FolderBook] = []
        self.preview: MergePreview | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(self._make_top())
        self._told = label(INTRO, self, "sec", wrap=True)
        column.addWidget(self._told)
        self.files = PlainTable(FILES, "各村（居）的文件", self)
        self.files.picked.connect(lambda _row: self._show_lines())
        self.lines = PlainTable(LINES, "文件里的每一行", self)
        below = QWidget(self)
        inside = QVBoxLayout(below)
        inside.setContentsMargins(0, 4, 0, 0)
        inside.setSpacing(6)
        inside.addLayout(self._make_filter())
        inside.addWidget(self.lines, 1)
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.files)
        self._split.addWidget(below)
        self._split.setSizes([260, 240])
        column.addWidget(self._split, 1)
        column.addStretch(0)  # takes the room while there is nothing to show
        self._show(None)

    def _make_top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.choose = button("选择文件夹…", self, "primary")
        self.choose.clicked.connect(self.ask_folder)
        self.again = button("再核对一遍", self)
        self.again.clicked.connect(self._read)
        self.past = button("合并记录…", self, "ghost")
        self.past.clicked.connect(self._show_past)
        self.where = label("", self, "cap")
        self.deed = button("并入", self, "primary")
        self.deed.clicked.connect(self.merge)
        for each in (self.choose, self.again, self.past):
            row.addWidget(each)
        row.addWidget(self.where, 1)
        row.addWidget(self.deed)
        return row

    def _make_filter(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._of = label("", self, "fld")
        self.kinds = QComboBox(self)
        self.kinds.setAccessibleName("看哪一类")
        self.kinds.setMinimumWidth(140)
        self.kinds.currentIndexChanged.connect(lambda _n: self._show_lines())
        self._all = button("看全部文件", self, "link")
        self._all.clicked.connect(self._show_all)
        self.list = button("存要改的清单…", self, "link")
        self.list.clicked.connect(self.ask_list)
        self.back = button("退回要改的表", self, "link")
        self.back.setToolTip("要改的行标在各村自己的表里，存到旁边的文件夹，改好后放回来就能再合并")
        self.back.clicked.connect(self.hand_back)
        row.addWidget(self._of, 1)
        row.addWidget(self.back)
        row.addWidget(self.list)
        row.addWidget(self._all)
        row.addWidget(self.kinds)
        return row

    def ask_folder(self) -> None:
        """Ask for the folder, and look at it."""
        chosen = QFileDialog.getExistingDirectory(self, "选择放着各村（居）表格的文件夹")
        if chosen:
            self.open(Path(chosen))

    def open(self, folder: Path) -> None:
        """Look at a folder."""
        self._folder = folder
        self._read()

    def _read(self) -> None:
        folder, township, year = self._folder, self._desk.township, self._desk.scope.year
        if folder is None:
            return

        def work(progress: JobProgress) -> tuple[list[FolderBook], MergePreview]:
            books = merge_files.read_folder(folder, progress, lambda: progress.cancelled)
            return books, merge_files.look_at(township, folder, books, year, (), progress)

        def done(found: tuple[list[FolderBook], MergePreview]) -> None:
            self._books = found[0]
            self._show(found[1])

        run_waiting(self, self._desk.background, "正在核对各村（居）的表", work, done, self._refused)

    def _refused(self, error: Exception) -> None:
        tell(self, "这一步没有做成", sentence(error))

    def _show(self, preview: MergePreview | None) -> None:
        self.preview = preview
        there = preview is not None
        self._split.setVisible(there)
        self.again.setVisible(there)
        self.deed.setVisible(there)
        if preview is None:
            self.where.setText("")
            return
        counts = preview.counts
        preview.files.sort(key=lambda f: (not f.problem, f.village != 0, not counts.get((f.name, WRONG))))
        rows, tones = [], []
        for file in preview.files:
            own = [counts.get((file.name, kind), 0) for kind in KINDS]
            told = file.problem or "；".join(file.unused)
            rows.append((file.name, file.village_name or "？", "、".join(file.ledgers), *own, told))
            tones.append("over" if file.problem else "warn" if not file.village else "")
        self.files.show_rows(rows, tones)
        self._show_words(preview)
        self._show_all()

    def _show_words(self, preview: MergePreview) -> None:
        assert self._folder is not None
        self.where.setText(f"“{self._folder.name}”，{len(preview.files)} 个文件")
        missing = (
            f"没有交表的 {len(preview.missing)} 个：{'、'.join(preview.missing)}。" if preview.missing else ""
        )
        wrong = preview.count(WRONG) + preview.count(TWICE)
        left = f"有 {wrong} 行要改或重复，不会并入。" if wrong else ""
        self._told.setText(f"{missing}{left}" or "各村（居）都交了，没有要改的。")
        self.back.setVisible(bool(wrong))
        self.list.setVisible(bool(wrong) or any(file.problem for file in preview.files))
        count = preview.count(NEW) + preview.count(CHANGED)
        self.deed.setText(f"并入 {count} 条" if count else "没有要并入的")
        allow(self.deed, bool(count), "没有新增或改动的记录")

    def _show_all(self) -> None:
        self.files.blockSignals(True)
        self.files.setCurrentCell(-1, -1)
        self.files.clearSelection()
        self.files.blockSignals(False)
        self._show_lines()

    def _show_lines(self) -> None:
        preview = self.preview
        if preview is None:
            return
        row = self.files.currentRow()
        file = preview.files[row].name if 0 <= row < len(preview.files) else ""
        self._of.setText(f"{file}的每一行" if file else "全部文件的每一行")
        self._all.setVisible(bool(file))
        self._show_kinds(preview, file)
        wanted = str(self.kinds.currentData() or "")
        chosen = [x for x in preview.lines if file in ("", x.file) and wanted in ("", x.kind)]
        chosen.sort(key=lambda x: ORDER.index(x.kind) if not wanted else 0)
        ledgers = self._desk.township.catalogue.ledgers
        with self._desk.township.reading() as reading:
            rows = [
                (
                    str(x.row or ""),
                    KINDS[x.kind],
                    ledgers[x.ledger].title,
                    merge_files.shown_values(reading, x) if x.values else "",
                    f"{x.file}：{x.told}" if x.told and not file else x.told,
                )
                for x in chosen[:MOST_SHOWN]
            ]
        self.lines.show_rows(rows, [TONES.get(x.kind, "") for x in chosen[:MOST_SHOWN]])

    def _show_kinds(self, preview: MergePreview, file: str) -> None:
        wanted = self.kinds.currentData()
        self.kinds.blockSignals(True)
        self.kinds.clear()
        whole = sum(file in ("", x.file) for x in preview.lines)
        self.kinds.addItem(f"全部　{whole}", "")
        for kind, words in KINDS.items():
            if count := preview.count(kind, file):
                self.kinds.addItem(f"{words}　{count}", kind)
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(wanted)))
        self.kinds.blockSignals(False)

    def ask_list(self) -> None:
        """Ask where the list of what is to be put right goes, and write it."""
        name = f"{self._folder.name if self._folder else ''}需要改正的地方.xlsx"
        chosen, _kind = QFileDialog.getSaveFileName(self, "要改的清单存到哪里", name, "Excel 表格 (*.xlsx)")
        if chosen and self.preview is not None:
            path = Path(chosen if chosen.lower().endswith(".xlsx") else f"{chosen}.xlsx")
            try:
                count = merge_files.save_wrong(self._desk.township, self.preview, path)
            except ExchangeProblem as problem:
                self._refused(problem)
                return
            self._desk.offer_file(f"已列出 {count} 处：{path.name}", path)

    def hand_back(self) -> None:
        """Write the villages' own workbooks with the mistakes marked in them, beside the folder."""
        township, preview, books, folder = self._desk.township, self.preview, self._books, self._folder
        if preview is None or folder is None:
            return
        target = returned_folder(folder)

        def work(progress: JobProgress) -> list[Path]:
            return return_files(township, preview, books, target, progress)

        def done(made: list[Path]) -> None:
            told = f"{len(made)} 个村的表标出了要改的地方，存在“{target.name}”里"
            self._desk.offer(told, "打开", lambda: open_file(target))

        run_waiting(self, self._desk.background, "正在标出要改的地方", work, done, self._refused)

    def merge(self) -> None:
        """Write what the preview shows; one press takes it back."""
        folder, seen, books = self._folder, self.preview, self._books
        if folder is None or seen is None:
            return
        township, year = self._desk.township, self._desk.scope.year

        def work(progress: JobProgress) -> merge_files.MergedFiles:
            keep_backup.back_up_before(township, "合并")
            return merge_files.merge(township, folder, books, year, (), seen, progress)

        def done(merged: merge_files.MergedFiles) -> None:
            left = f"，{merged.left} 行没有并入" if merged.left else ""
            told = f"已并入：新增 {merged.added} 条，改动 {merged.changed} 条{left}"
            self._desk.say(told, lambda: self._take_back(merged.number))
            self._desk.saved.emit("")
            self._read()

        run_waiting(self, self._desk.background, "正在并入", work, done, self._refused)

    def _take_back(self, number: int) -> None:
        back, left = merge_files.undo_merge(self._desk.township, number)
        rest = f"，{left} 条以后又改过，没有动" if left else ""
        self._desk.saved.emit("")
        self._desk.say(f"已撤回这次合并，{back} 条记录回到以前{rest}")
        self._read()

    def _show_past(self) -> None:
        dialog = MergesDialog(self, self._desk)
        dialog.exec()
        if dialog.changed:
            self._read()
        dialog.deleteLater()
