"""会签: the departments of a draft at the left, at the right what the chosen one answers for and what changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QPushButton,
    QTextBrowser,
    QWidget,
)

from zhengui.catalogue.source import TEXT, is_of
from zhengui.gui.kit.allowing import allow
from zhengui.gui.kit.dialogs import Dialog, tell
from zhengui.gui.kit.row_fields import ThingList
from zhengui.services.issue.sign_off import SignOffSheet, is_wanted, sheets, sign, take_back, want
from zhengui.storage.problem import StorageProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhengui.gui.desk.desk import Desk
    from zhengui.gui.kit.background import JobProgress

READING = "正在核对各部门的数字和段落…"


class SignDialog(Dialog):
    """A department is signed for with its button; a signature that stands can be taken back."""

    def __init__(self, desk: Desk, document: int, parent: QWidget, locked: bool = False) -> None:
        told = "各部门核对自己的数字和段落后会签。会签以后数字、记录或文字有改动，会签就要重新来过。"
        super().__init__(parent, "各部门会签了吗？", told, keep="关闭", width=860, height=460, title="会签")
        self._desk, self._document, self._locked = desk, document, locked
        #: Where trouble is told: this dialog, and once it is closed the window under it.
        self._front: QWidget = self
        self.finished.connect(lambda _code: self._leave(parent))
        self.list: ThingList[SignOffSheet] = ThingList(self, "部门", 260)
        self.view = QTextBrowser(self)
        self.view.setAccessibleName("这个部门的数字和段落")
        self.view.setOpenLinks(False)
        self.add_list_beside(self.list, self.view)
        words = "定稿前要求各部门会签（没有会签的列在定稿前检查里）"
        self.wanted = self.add_tick(words, is_wanted(desk.township, document))
        self.wanted.toggled.connect(self._want)
        self.undo = self.add_verb("撤回会签", self.take_back)
        self.signing = self.add_verb("会签", self.sign, self.leaving)
        self.list.currentRowChanged.connect(lambda _row: self._show())
        self.reload()

    def reload(self) -> None:
        """Read who has signed what there is now."""
        self._work(lambda: None)

    def _work(self, deed: Callable[[], object], onward: bool = False) -> None:
        """Do something and read anew, in a worker: every department's part of the whole document is composed for it."""
        township, document = self._desk.township, self._document
        verbs = (self.signing, self.undo)
        pressed = next((each for each in verbs if each.hasFocus()), None)
        if pressed is not None:
            # A button that rests passes the keyboard on to whatever stands beside it.
            self.list.setFocus()
        for each in verbs:
            allow(each, False, READING)
        if not self.list.count():
            self.view.setPlainText(READING)

        def work(_progress: JobProgress) -> list[SignOffSheet]:
            deed()
            return list(sheets(township, document))

        self._desk.background.run(
            work, lambda found: self._fill(found, onward, pressed), self._refused, key=f"sign{id(self)}"
        )

    def _leave(self, host: QWidget) -> None:
        """What is still under way is done, but there is nothing left to show it."""
        self._front = host

    def _fill(self, found: list[SignOffSheet], onward: bool, pressed: QPushButton | None) -> None:
        if self._front is not self:
            return
        row = max(0, self.list.currentRow())
        if onward:
            row = next((n for n, sheet in enumerate(found) if not sheet.stands), row)
        self.list.show_things(found, _words, row=row)
        self._show()
        if pressed is not None and pressed.isEnabled() and self.list.hasFocus():
            pressed.setFocus()

    def _refused(self, trouble: Exception) -> None:
        if self._front is self:
            self._show()
        if not isinstance(trouble, StorageProblem):
            self._desk.background.troubled.emit(trouble)
            return
        tell(self._front, "没有会签", trouble.message)

    def chosen(self) -> SignOffSheet | None:
        """The department that is chosen."""
        return self.list.chosen()

    def _show(self) -> None:
        sheet = self.chosen()
        locked = "文稿已经签发，会签不再改动" if self._locked else ""
        able = sheet is not None and not sheet.stands and not self._locked
        allow(self.signing, able, locked or ("请先选一个部门" if sheet is None else "这个部门已经会签"))
        able = sheet is not None and bool(sheet.who) and not self._locked
        allow(self.undo, able, locked or ("请先选一个部门" if sheet is None else "这个部门还没有会签"))
        if sheet is None:
            self.view.setPlainText("这份文稿里还没有数字和段落。")
            return
        lines: list[str] = []
        if sheet.taken_back:
            lines += ["会签以后的改动：", *(f"· {each}" for each in sheet.taken_back), ""]
        figures = [piece for piece in sheet.pieces if not is_of(TEXT, piece.key)]
        texts = [piece for piece in sheet.pieces if is_of(TEXT, piece.key)]
        if figures:
            lines += [f"数字和断言 {len(figures)} 处：", *(f"· {p.title}　{p.shown}" for p in figures), ""]
        lines += [f"段落 {len(texts)} 段：", *(f"· {piece.shown}" for piece in texts)]
        self.view.setPlainText("\n".join(lines))

    def sign(self) -> None:
        """Sign for the chosen department, and go on to the next that hasn't signed."""
        sheet = self.chosen()
        if sheet is not None:
            township, document = self._desk.township, self._document
            self._work(lambda: sign(township, document, sheet.department), onward=True)

    def take_back(self) -> None:
        """Take the chosen department's signature back."""
        sheet = self.chosen()
        if sheet is not None:
            township, document = self._desk.township, self._document
            self._work(lambda: take_back(township, document, sheet.department))

    def _want(self, wanted: bool) -> None:
        want(self._desk.township, wanted)


def _words(sheet: SignOffSheet) -> str:
    at = f"\n{sheet.who}　{sheet.at:%Y-%m-%d %H:%M}" if sheet.at is not None else ""
    return f"{sheet.department}　{sheet.state}{at}"
