"""Keeps what is being typed as a draft, so that neither a crash nor a power cut takes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from zhengui.gui.form.office import FormOffice, NotSaved

#: Typing rests this long before it is kept; one who never rests is kept at the longer interval.
REST, LONGEST = 1200, 10_000


class DraftKeeper(QObject):
    """Writes the changed fields of one form after every rest in typing."""

    kept = Signal(object)  # the time
    troubled = Signal(str)

    def __init__(
        self, office: FormOffice, changes: Callable[[], Mapping[str, str]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._office = office
        self._changes = changes
        self._ledger, self._record = "", 0
        self._standing = False
        self._offered: Mapping[str, str] = {}
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
            self._office.keep_draft(self._ledger, self._record or None, texts)
        except NotSaved as trouble:
            self.troubled.emit(str(trouble))
            return
        self._standing = True
        self.kept.emit(self._office.now())

    def found(self) -> tuple[datetime, Mapping[str, str]] | None:
        """A draft left from before."""
        draft = self._office.find_draft(self._ledger, self._record or None)
        if draft is None:
            return None
        self._standing = True
        self._offered = dict(draft.texts)
        return draft.at, draft.texts

    def answered(self) -> None:
        """The person took the older draft or gave it up; until then it is kept under what is typed."""
        self._offered = {}

    def drop(self) -> None:
        """Forget what was typed; an older draft that nobody has answered about stays."""
        self.rest()
        if self._offered:
            self._office.keep_draft(self._ledger, self._record or None, self._offered)
        elif self._standing:
            self._office.drop_draft(self._ledger, self._record or None)
            self._standing = False
