"""The tour of the demo: ten steps that do the main job, from the first look to the issued document, with the user."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.page import Page
from zhengui.gui.desk.place import Place
from zhengui.gui.frame.navigation import Navigation
from zhengui.gui.kit.allowing import allow
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.style import mark, size

WIDTH = 380


@dataclass(frozen=True, slots=True)
class TourStep:
    """What to do and why; `place` is where, `saved` the ledger in which something is to be saved for it to be done.

    Without `saved` a step is done by coming to its place, without either by reading it.
    """

    title: str
    words: str
    place: Place | None = None
    saved: str = ""


STEPS = (
    TourStep(
        "先看总览",
        "这里列出今天要办的事：逾期的、这周到期的、没有报送的。左边数字是每个领域逾期的件数。",
        Place("home"),
    ),
    TourStep(
        "打开一本台账",
        "一年的工作就是登记台账。这是隐患台账，可以像 Excel 一样直接在格子里改，双击行号打开登记表。",
        Place("area:safety", "hazard"),
    ),
    TourStep(
        "登记一处隐患",
        "按 Ctrl+N，填上日期、村（居）、场所和问题，按 Ctrl+S 保存。填错了会在那一栏说明怎样改。",
        Place("area:safety", "hazard"),
        "hazard",
    ),
    TourStep(
        "把它办到销号",
        "在登记表上面点“流转”，依次填交办、整改、验收、销号的日期，再保存。没有销号的会算作在整改。",
        Place("area:safety", "hazard"),
        "hazard",
    ),
    TourStep(
        "看一个数是怎样来的",
        "“消除隐患”刚才变了没有。点开任何一个数，就是它的算法和每一条记录。",
        Place("figure", "hazards_removed"),
    ),
    TourStep(
        "看谁还没有报",
        "没有报送不等于零。哪个村（居）哪个月没有报，在这里看，也在这里催报、标记零报告。",
        Place("reporting"),
    ),
    TourStep(
        "看一个村（居）的全部情况",
        "一个村（居）的指标、事项和没有报送的月份都在这一页，可以印成村情卡。",
        Place("about", "village", 1),
    ),
    TourStep(
        "看总结报告",
        "文字里带底色的数和句子跟着台账变，其余的文字随便改。右边就是印出来的页面。",
        Place("report"),
    ),
    TourStep(
        "核对、送审、签发",
        "中间下方列出要核对的地方，红的办完才能签发。点“送审”，再点“签发…”，文字和数就固定下来，再按 Ctrl+P 打印。",
        Place("report"),
    ),
    TourStep(
        "换成自己的数据",
        "演示镇可以随便改。看完以后，在这里点“打开其他数据文件…”或新建自己单位的；也在这里备份。",
        Place("system", "data"),
    ),
)


class Tour(QFrame):
    """Lies over the lower right of the window and stays until it is ended; Esc ends it as well."""

    ended = Signal()

    def __init__(self, window: QWidget, desk: Desk, navigation: Navigation) -> None:
        super().__init__(window)
        self.setObjectName("card")
        self.setFixedWidth(WIDTH)
        self.setAccessibleName("跟着做一遍")
        self._desk, self._at, self._done = desk, 0, set[int]()
        self._here: Place | None = navigation.place
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        self.count, self.title = label("", self, "cap"), label("", self, "h2", wrap=True)
        self.words = label("", self, "sec", wrap=True)
        self.state = label("", self, "cap")
        for each in (self.count, self.title, self.words, self.state):
            column.addWidget(each)
        row = QHBoxLayout()
        row.setSpacing(6)
        self.end, self.before = button("结束", self, "ghost"), button("上一步", self)
        self.there, self.on = button("带我去", self), button("下一步", self, "primary")
        self.end.clicked.connect(lambda _checked=False: self.finish())
        self.before.clicked.connect(lambda _checked=False: self.show_step(self._at - 1))
        self.there.clicked.connect(lambda _checked=False: self.go())
        self.on.clicked.connect(lambda _checked=False: self._next())
        row.addWidget(self.end)
        row.addStretch(1)
        for verb in (self.before, self.there, self.on):
            row.addWidget(verb)
        column.addLayout(row)
        navigation.arrived.connect(self._arrived)
        desk.saved.connect(self._saved)
        window.installEventFilter(self)
        self.show_step(0)
        self.show()
        self.raise_()
        self.there.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def at(self) -> int:
        """The step in front, from 0."""
        return self._at

    def show_step(self, step: int) -> None:
        """Show a step."""
        self._at = min(max(step, 0), len(STEPS) - 1)
        told = STEPS[self._at]
        self.count.setText(f"跟着做一遍：第 {self._at + 1} 步，共 {len(STEPS)} 步")
        self.title.setText(told.title)
        self.words.setText(self._desk.words(told.words))
        allow(self.before, self._at > 0, "这是第一步")
        self.on.setText("完成" if self._at == len(STEPS) - 1 else "下一步")
        if not told.saved and (told.place is None or self._is_at(told.place)):
            self._done.add(self._at)
        self._show_state()
        self._place()

    def go(self) -> None:
        """Go to where the step is done."""
        place = STEPS[self._at].place
        if place is not None:
            self._desk.asked_for.emit(place)
        self.raise_()

    def finish(self) -> None:
        """End the tour; it can be begun again."""
        self.hide()
        self.ended.emit()
        self.deleteLater()

    def _next(self) -> None:
        if self._at == len(STEPS) - 1:
            self.finish()
            return
        self.show_step(self._at + 1)
        # A step that is done somewhere else begins by going there.
        self.go()

    def _is_at(self, place: Place) -> bool:
        here = self._here
        return here is not None and here.page == place.page and place.of in ("", here.of)

    def _arrived(self, place: Place, _page: Page) -> None:
        self._here = place
        told = STEPS[self._at]
        if not told.saved and told.place is not None and self._is_at(told.place):
            self._done.add(self._at)
        self._show_state()
        self.raise_()

    def _saved(self, ledger: str) -> None:
        if ledger and ledger == STEPS[self._at].saved:
            self._done.add(self._at)
        self._show_state()

    def _show_state(self) -> None:
        done = self._at in self._done
        told = STEPS[self._at]
        self.state.setText("这一步做完了" if done else "保存以后就算做完" if told.saved else "")
        self.state.setVisible(bool(self.state.text()))
        mark(self.on, kind="primary" if done or not told.saved else "")
        self._place()

    def _place(self) -> None:
        host = self.parentWidget()
        if host is None:
            return
        layout = self.layout()
        assert layout is not None
        height = layout.totalHeightForWidth(WIDTH) if layout.hasHeightForWidth() else self.sizeHint().height()
        self.resize(WIDTH, height)
        # Left of the form, over the table's end, so that what is filled in stays in sight.
        x = max(16, host.width() - size("form_panel") - WIDTH - 16)
        self.move(x, max(60, host.height() - height - size("status_bar") - 12))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.finish()
        else:
            super().keyPressEvent(event)
