"""Keeps what is being typed as a draft, so that neither a crash nor a power cut takes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from zhengui.gui.form.notice_bar import NoticeBar
from zhengui.services.entry import drafts
from zhengui.services.problem import StorageProblem
from zhengui.services.township.township import Township

#: Typing rests this long before it is kept; one who never rests is kept at the longer interval.
REST, LONGEST = 1200, 10_000


class DraftKeeper(QObject):
    """Writes the changed fields of one form after every rest in typing."""

    kept = Signal(object)  # the time
    troubled = Signal(str)

    def __init__(
        self,
        township: Township,
        now: Callable[[], datetime],
        changes: Callable[[], Mapping[str, str]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._township, self._now = township, now
        self._changes = changes
        self._ledger, self._record = "", 0
        self._standing = False
        self._offered: Mapping[str, str] = {}
        self._offer: tuple[datetime, Mapping[str, str]] | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._longest = QTimer(self, singleShot=True, interval=LONGEST)
        self._rest.timeout.connect(self.keep)
        self._longest.timeout.connect(self.keep)

    def follow(self, ledger_key: str, record_id: int | None) -> None:
        """Keep drafts of this record from now on."""
        self.rest()
        self._ledger, self._record = ledger_key, record_id or 0
        self._standing = False
        self._offered = {}

    def changed(self) -> None:
        """Something was typed."""
        self._rest.start()
        if not self._longest.isActive():
            self._longest.start()

    def rest(self) -> None:
        """Stop waiting."""
        self._rest.stop()
        self._longest.stop()

    def keep(self) -> None:
        """Keep the draft now; where nothing differs any more there is none to keep."""
        self.rest()
        texts = {**self._offered, **self._changes()}
        if not texts:
            self.drop()
            return
        try:
            drafts.keep(self._township, self._ledger, self._record or None, texts)
        except StorageProblem as trouble:
            self.troubled.emit(trouble.message)
            return
        self._standing = True
        self.kept.emit(self._now())

    def found(self) -> tuple[datetime, Mapping[str, str]] | None:
        """A draft left from before."""
        draft = drafts.find(self._township, self._ledger, self._record or None)
        if draft is None:
            return None
        self._standing = True
        self._offered = {key: str(text) for key, text in draft.texts.items()}
        return draft.at, self._offered

    def offer(self, bar: NoticeBar, go_on: Callable[[], None], drop: Callable[[], None]) -> None:
        """Ask about a draft that was left from before, where there is one; `take` or `give_up` answers."""
        self._offer = self.found()
        if self._offer is not None:
            at = self._offer[0]
            today = at.date() == self._now().date()
            when = f"{at:%H:%M}" if today else f"{at.month}月{at.day}日 {at:%H:%M}"
            bar.say("act", f"{when} 有一份没写完的草稿。", ("接着写", go_on), ("不要了", drop))

    def take(self) -> tuple[datetime, Mapping[str, str]] | None:
        """The draft that is offered, once."""
        taken, self._offer = self._offer, None
        if taken is not None:
            self.answered()
        return taken

    def give_up(self) -> None:
        """Forget the draft that is offered; what is typed now is kept."""
        self._offer = None
        self.answered()
        self.keep()

    def answered(self) -> None:
        """The person took the older draft or gave it up; until then it is kept under what is typed."""
        self._offered = {}

    def drop(self) -> None:
        """Forget what was typed; an older draft that nobody has answered about stays."""
        self.rest()
        if self._offered:
            drafts.keep(self._township, self._ledger, self._record or None, self._offered)
        elif self._standing:
            drafts.drop(self._township, self._ledger, self._record or None)
            self._standing = False
