"""导入: a file or a pasted table becomes records, step by step; nothing is written before the last button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from zhengui.catalogue.model import Ledger
from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.allowing import allow
from zhengui.gui.kit.background import JobProgress
from zhengui.gui.kit.dialogs import Dialog
from zhengui.gui.kit.labels import label
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.ledger.import_columns import ColumnsPage
from zhengui.gui.ledger.import_pages import MOST_LINES, HeadingPage, RowsPage
from zhengui.services.entry.apply_import import (
    ImportDone,
    Overtaken,
    apply_import,
    imported_before,
    remarks_of,
)
from zhengui.services.entry.import_matches import ImportMatch, keep_match, match_for
from zhengui.services.entry.incoming import ImportPreview, RowDeed, Wishes
from zhengui.services.entry.preview_import import choices_for, preview_import
from zhengui.services.entry.preview_words import PreviewLine, counts_in_words, lines_of
from zhengui.services.entry.read_sources import FileSource, ReadSheet, SheetLook, looks_of, read_sheets
from zhengui.services.entry.return_rows import return_rows, returned_path
from zhengui.services.township.township import Township

STEPS = ("找到表头", "对应列与取值", "核对改动", "完成")
HEADING, COLUMNS, ROWS, END = range(4)
_KEY = "import"
#: Why the next step can't be gone to.
WAITS = "正在读取和核对，请稍等"
NOTHING = "没有要导入的行"
REFUSED = "有不能导入的行：改好再来，或点左边的按钮先导入正确的"
#: After a choice so many milliseconds pass before everything is worked out anew.
_REST = 250

T = TypeVar("T")


@dataclass(frozen=True)
class _Read:
    """What was read of the file, and what was remembered for its kind."""

    sheets: tuple[ReadSheet, ...]
    others: tuple[str, ...]
    match: ImportMatch | None


class ImportWizard(Dialog):
    """`finished` holds what came of it once something was written; `returned` the file with the rest."""

    def __init__(self, parent: QWidget, desk: Desk, ledger: Ledger, source: FileSource) -> None:
        super().__init__(parent, "", "", "下一步", "取消", 1120, 600, title=f"导入 · {ledger.title}")
        self.desk, self.ledger, self.source = desk, ledger, source
        self.finished_with: ImportDone | None = None
        self.returned: Path | None = None
        self._read: _Read | None = None
        self._preview: ImportPreview | None = None
        self._lines: Sequence[PreviewLine] = ()
        self._waits = False
        self.step = HEADING
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._look_again)
        self._lay_out()
        self._go(HEADING)
        self._look_at_file()

    def _lay_out(self) -> None:
        self._steps = label("", self, "sec")
        self._file = label("", self, "h2")
        self._told = label("", self, "sec", wrap=True)
        self.rows.addWidget(self._steps)
        self.rows.addWidget(self._file)
        self._seen = label("", self, "chk", wrap=True)
        self._seen.hide()
        self.rows.addWidget(self._seen)
        self.rows.addWidget(self._told)
        self._pages = QStackedWidget(self)
        self.heading = HeadingPage(self)
        desk, ledger = self.desk, self.ledger  # a method of the dialog's own would keep it alive for ever
        self.columns = ColumnsPage(self, lambda key: choices_for(desk.township, ledger[key]))
        self.plan = RowsPage(self)
        self.end = QWidget(self)
        self._sum = label("", self, "ttl", wrap=True)
        self._left = label("", self, "sec", wrap=True)
        column = QVBoxLayout(self.end)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self._sum, self._left):
            column.addWidget(part)
        self.remember = QCheckBox("记住这种表格的配法，下次自动配好", self.end)
        self.remember.setChecked(True)
        self.remember_as = QLineEdit(self.end)
        self.remember_as.setAccessibleName("配法的名称")
        self.remember_as.setMaximumWidth(360)
        column.addWidget(self.remember)
        column.addWidget(self.remember_as)
        column.addStretch(1)
        for page in (self.heading, self.columns, self.plan, self.end):
            self._pages.addWidget(page)
        self.rows.addWidget(self._pages, 1)
        self._counts = label("", self._foot, "h2")
        self._safe = label("确认前不会写入任何数据", self._foot, "cap")
        foot = self._foot.layout()
        assert isinstance(foot, QVBoxLayout)
        foot.insertWidget(0, self._counts)
        foot.insertWidget(1, self._safe)
        self.back = self.add_verb("上一步", self._step_back, before=self.deed)
        self.part_in = self.add_verb("先导入正确的，其余退回", self._import_part, before=self.deed)
        self.columns.changed.connect(self._rest.start)
        self.plan.changed.connect(self._rest.start)

    # Steps

    def _go(self, step: int) -> None:
        self.step = step
        self._steps.setText(
            "　—　".join(
                f"{'●' if n == step else '✓' if n < step else '○'} {n + 1} {words}"
                for n, words in enumerate(STEPS)
            )
        )
        self._pages.setCurrentIndex(step)
        for place in range(self._pages.count()):
            # Only the page in front asks for room.
            page = self._pages.widget(place)
            if page is not None:
                page.setVisible(place == step)
        self._file.setText(self.source.name if len(self.source.name) < 60 else f"{self.source.name[:58]}…")
        self.back.setVisible(step in (COLUMNS, ROWS))
        self._counts.setVisible(step in (COLUMNS, ROWS))
        self._safe.setVisible(step != END)
        self._allow()

    def _allow(self) -> None:
        """Say what the next button does, and whether it can be pressed."""
        assert self.deed is not None
        assert self.leaving is not None
        preview = self._preview
        words = {HEADING: "下一步：对应列", COLUMNS: "下一步：核对改动", END: "完成"}
        writes = preview.count(RowDeed.ADD) + preview.count(RowDeed.UPDATE) if preview else 0
        refused = preview.count(RowDeed.REFUSED) if preview else 0
        self.deed.setText(words.get(self.step, f"导入 {writes} 条"))
        self.leaving.setVisible(self.step != END)
        ready = self._read is not None or self.step == HEADING
        whole = self.step != ROWS or (writes > 0 and not refused)
        able = not self._waits and ready and whole
        allow(self.deed, able, WAITS if self._waits or not ready else NOTHING if not writes else REFUSED)
        self.part_in.setVisible(self.step == ROWS and refused > 0 and writes > 0)
        self.part_in.setText(f"先导入 {writes} 条，退回其余 {refused} 行")
        allow(self.part_in, not self._waits, WAITS)
        if preview is not None:
            self._counts.setText(counts_in_words(preview))

    def _step_back(self) -> None:
        self.complain("")
        self._go(self.step - 1)

    def mistake(self) -> str:
        if self.step == HEADING and not self.heading.picked():
            return "请至少选一张工作表。"
        if self.step == COLUMNS:
            chosen = [key for key in self.columns.columns().values() if key]
            twice = next((key for key in chosen if chosen.count(key) > 1), "")
            if twice:
                return f"“{self.ledger[twice].title}”选了不止一列，请只留一列。"
            if not chosen:
                return "请至少给一列选上它要导入到的字段。"
        return ""

    def take(self) -> None:
        if self.step == HEADING:
            self._read_sheets()
        elif self.step == COLUMNS:
            self._look_again(then=lambda: self._go(ROWS))
        elif self.step == ROWS:
            self._write(partial=False)
        else:
            self._remember()
            self.accept()

    # Reading

    def _run(self, work: Callable[[JobProgress], T], done: Callable[[T], object], words: str) -> None:
        """Do something in the background; until then nothing can be pressed but 取消."""
        self._waits = True
        self._tell(words)
        self._allow()

        def ended(answer: T) -> None:
            self._waits = False
            self._tell("")
            self.complain("")
            done(answer)
            self._allow()

        def failed(error: Exception) -> None:
            self._waits = False
            self._tell("")
            self._allow()
            if isinstance(error, Overtaken):
                self._look_again()
            self.complain(sentence(error))

        task = self.desk.background.run(work, ended, failed, key=f"{_KEY}{id(self)}")
        task.progressed.connect(lambda done, _total: self._tell(f"{words}　{done:,} 行"))

    def _tell(self, words: str) -> None:
        self._told.setText(words)
        self._told.setVisible(bool(words))

    def _look_at_file(self) -> None:
        catalogue, ledger, source = self.desk.catalogue, self.ledger, self.source

        def work(progress: JobProgress) -> tuple[SheetLook, ...]:
            return looks_of(catalogue, ledger, source, lambda: progress.cancelled)

        def done(looks: tuple[SheetLook, ...]) -> None:
            self.heading.show_looks(looks)
            self._seen.setText(self.seen_before())
            self._seen.setVisible(bool(self._seen.text()))
            if self.heading.plain_sailing:
                self._read_sheets()

        self._run(work, done, "正在打开表格…")

    def _read_sheets(self) -> None:
        catalogue, ledger, source = self.desk.catalogue, self.ledger, self.source
        township, picked = self.desk.township, self.heading.picked()

        def work(progress: JobProgress) -> _Read:
            sheets, others = read_sheets(
                catalogue, ledger, source, picked, lambda: progress.cancelled, progress
            )
            titles = [title for sheet in sheets for title in sheet.look.heading.titles]
            return _Read(sheets, others, match_for(township, ledger.key, titles))

        def done(read: _Read) -> None:
            self._read = read
            wishes = Wishes(fill=self.heading.fill.isChecked(), hidden=self.heading.hidden.isChecked())
            if read.match is not None:
                known = read.match
                wishes = Wishes(
                    known.columns, known.values, known.fixed, fill=wishes.fill, hidden=wishes.hidden
                )
            self._work_out(wishes, self._begin_columns)

        self._run(work, done, "正在读表格…")

    def _begin_columns(self) -> None:
        assert self._preview is not None
        self.columns.begin(self._preview)
        self._go(COLUMNS)

    def _wishes(self) -> Wishes:
        match = self._read.match if self._read is not None else None
        return Wishes(
            self.columns.columns(),
            self.columns.values(match.values if match else {}),
            (dict(match.fixed) if match else {}) | self.columns.fixed(),
            update=self.plan.update_known.isChecked(),
            fill=self.heading.fill.isChecked(),
            hidden=self.heading.hidden.isChecked(),
            again=self.plan.again.isChecked(),
        )

    def _look_again(self, then: Callable[[], None] | None = None) -> None:
        """Work everything out with what is chosen now."""
        self._rest.stop()
        if self._read is not None and self.step in (COLUMNS, ROWS) and not self.mistake():
            self._work_out(self._wishes(), then or (lambda: None))

    def _work_out(self, wishes: Wishes, then: Callable[[], None]) -> None:
        township, ledger, read, year = self.desk.township, self.ledger.key, self._read, self.desk.scope.year
        assert read is not None

        def work(progress: JobProgress) -> tuple[ImportPreview, list[PreviewLine]]:
            from dataclasses import replace

            with township.reading() as reading:
                asked = replace(wishes, year=year)
                found = preview_import(reading, ledger, read.sheets, asked, read.others, progress)
                return found, lines_of(reading, found, 3 * MOST_LINES)

        def done(found: tuple[ImportPreview, list[PreviewLine]]) -> None:
            self._preview, self._lines = found
            if self.step in (COLUMNS, ROWS):
                self.columns.show_preview(self._preview)
            self.plan.show_lines(self._preview, self._lines)
            then()

        self._run(work, done, "正在核对…")

    # Writing

    def _import_part(self) -> None:
        self._write(partial=True)

    def _write(self, partial: bool) -> None:
        township, preview, source, read = self.desk.township, self._preview, self.source, self._read
        assert preview is not None
        assert read is not None

        def work(progress: JobProgress) -> tuple[ImportDone, Path | None]:
            done = apply_import(township, preview, source, partial=partial, progress=progress)
            back = _returned(township, preview, source, read.sheets) if done.refused else None
            return done, back

        self._run(work, lambda found: self._show_end(*found), "正在导入…")

    def _show_end(self, done: ImportDone, back: Path | None) -> None:
        assert self._preview is not None
        self.finished_with, self.returned = done, back
        told = [f"新增 {done.added} 条，更新 {done.changed} 条"]
        told += [f"相同未动 {done.same} 条"] if done.same else []
        told += [f"退回 {done.refused} 行"] if done.refused else []
        self._sum.setText(f"已导入{self.ledger.noun}：{'，'.join(told)}")
        left = [f"读到 {done.read} 行。", *remarks_of(self._preview)[:12]]
        if back is not None:
            left.append(
                f"退回的行标在“{back.name}”里，和原表放在一起；已导入的行在里面隐藏了。改好后再导入它。"
            )
        left.append("要撤回这次导入，请到台账的“导入记录”。")
        self._left.setText("\n".join(left))
        stem = self.source.path.stem if self.source.path is not None else self.ledger.title
        known = self._read.match if self._read is not None else None
        self.remember_as.setText(known.name if known else stem)
        self._go(END)

    def _remember(self) -> None:
        if not self.remember.isChecked() or self._read is None or self._preview is None:
            return
        titles = tuple(match.title for match in self._preview.columns)
        known, wishes = self._read.match, self._preview.wishes
        number = known.number if known is not None else 0
        name = self.remember_as.text().strip() or self.source.name
        columns = {match.title: match.field for match in self._preview.columns}
        keep_match(
            self.desk.township,
            ImportMatch(number, name, self.ledger.key, titles, columns, wishes.values, wishes.fixed),
        )

    def reject(self) -> None:
        self.desk.background.cancel(f"{_KEY}{id(self)}")
        if self.step == END:
            self._remember()
            self.accept()
        else:
            super().reject()

    def focusNextPrevChild(self, next: bool) -> bool:
        moved = super().focusNextPrevChild(next)
        now = self.focusWidget()
        if now is not None and self._inside.isAncestorOf(now):
            self._scroll.ensureWidgetVisible(now, 0, 24)
        return moved

    def seen_before(self) -> str:
        """What there is to say where this very file was imported already; empty where it wasn't."""
        found = imported_before(self.desk.township, self.ledger.key, self.source)
        if found is None:
            return ""
        return f"这份表在 {found.at.month}月{found.at.day}日 {found.at:%H:%M} 由{found.who}导入过。相同的行不会再加一遍。"


def _returned(
    township: Township, preview: ImportPreview, source: FileSource, sheets: tuple[ReadSheet, ...]
) -> Path | None:
    """The file with the rows that stayed out: beside the file, or with the township where that can't be written."""
    from zhengui.exchange.problem import ExchangeProblem

    for folder in (None, township.path.parent) if source.path is not None else (township.path.parent,):
        try:
            return return_rows(preview, source, sheets, returned_path(source, folder), taken=True)
        except (OSError, ExchangeProblem):
            continue
    return None
