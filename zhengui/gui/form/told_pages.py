"""历史 and 用于: who changed what, and which figures and documents the record counts in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.style import named
from zhengui.services.document.trace_document import CountedIn
from zhengui.services.entry.record import ToldChange

_ACTIONS = {"create": "登记", "update": "修改", "delete": "移到回收站", "restore": "从回收站找回"}
#: Entries shown at first; a record is seldom changed more often.
_FIRST = 50


class _ToldPage(QWidget):
    """A column that is filled anew each time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clear")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(4)

    def _empty(self) -> None:
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _add(self, text: str, role: str = "") -> QLabel:
        words = label(text, role=role, wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column.addWidget(words)
        return words

    def _line(self) -> None:
        line = QFrame()
        named(line, "hline")
        self._column.addSpacing(4)
        self._column.addWidget(line)
        self._column.addSpacing(4)


class HistoryPage(_ToldPage):
    """Every change, the newest first: when, who, and each field before and after."""

    def show_entries(self, entries: Sequence[ToldChange], all_of_them: bool = False) -> None:
        """Fill the page."""
        self._empty()
        shown = entries if all_of_them else entries[:_FIRST]
        if not entries:
            self._add("还没有保存过，保存后这里会记下每次改动。", "cap")
        for place, entry in enumerate(shown):
            if place:
                self._line()
            self._add(
                f"{entry.at:%Y-%m-%d %H:%M}　{entry.who}　{_ACTIONS.get(entry.action, entry.action)}", "sec"
            )
            first = not any(before for _title, before, _after in entry.changes)
            for title, before, after in entry.changes:
                self._add(
                    f"{title}：{after}" if first else f"{title}：{before or '（空）'} → {after or '（空）'}"
                )
        if len(shown) < len(entries):
            more = button(f"显示其余 {len(entries) - len(shown)} 次改动", kind="link")
            more.clicked.connect(lambda: self.show_entries(entries, True))
            self._column.addWidget(more)
        self._column.addStretch(1)


class UsesPage(_ToldPage):
    """The figures and documents the record counts in; a click shows the figure or the document."""

    figure_wanted = Signal(str)
    document_wanted = Signal(int)

    def show_uses(
        self, period: str, figures: Sequence[tuple[str, str]], documents: Sequence[CountedIn]
    ) -> None:
        """Fill the page."""
        self._empty()
        self._show_figures(period, figures)
        if documents:
            self._line()
            self._add(f"印在 {len(documents)} 份文稿里：", "cap")
        for each in documents:
            link = button(each.title, kind="link")
            link.setAutoDefault(True)
            link.setToolTip(plain(f"打开《{each.title}》"))
            link.clicked.connect(
                lambda _checked=False, document=each.document: self.document_wanted.emit(document)
            )
            self._column.addWidget(link)
            self._add(f"{_state(each)}：{'、'.join(title for _key, title in each.figures)}", "cap")
        self._column.addStretch(1)

    def _show_figures(self, period: str, figures: Sequence[tuple[str, str]]) -> None:
        if figures:
            self._add(f"{period}，这条记录计入 {len(figures)} 个指标：", "cap")
        else:
            self._add(f"{period}，这条记录没有计入任何指标。", "cap")
            self._add("日期不在这段时间，或还没有填完指标要用的内容，就不计入。", "cap")
        for key, title in figures:
            link = button(title, kind="link")
            link.setAutoDefault(True)
            link.setToolTip(plain(f"查看“{title}”的来源"))
            link.clicked.connect(lambda _checked=False, key=key: self.figure_wanted.emit(key))
            self._column.addWidget(link)


def _state(counted: CountedIn) -> str:
    """In which state a document is that a record counts in."""
    if counted.issue is None:
        return "起草"
    changed = "，签发以后这条记录改过" if counted.changed else ""
    return f"{counted.at:%Y-%m-%d} 签发{changed}"
