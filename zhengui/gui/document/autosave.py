"""Keeps what is typed: a moment after the last key, in a worker, and at once before anything else needs it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from zhengui.services.document import edit_document

if TYPE_CHECKING:
    from zhengui.gui.desk.desk import Desk
    from zhengui.gui.kit.background import JobProgress

#: Milliseconds after the last key.
PAUSE = 250


class Autosave(QObject):
    """One write at a time, so that an older wording never overtakes a newer one."""

    saved = Signal(datetime)
    waiting = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.document = 0
        self._texts: dict[int, tuple[bool, str]] = {}
        self._writing: dict[int, tuple[bool, str]] = {}
        self._written = True
        self._timer = desk.background.later(PAUSE, self._begin)

    @property
    def clean(self) -> bool:
        """Whether all that was typed is kept."""
        return not self._texts and not self._writing

    def turn_to(self, document: int) -> None:
        """Keep another document from now on; what waits of the old one is written first."""
        self.flush()
        self.document = document

    def keep(self, part: int, text: str, heading: bool) -> None:
        """Remember a wording to be written."""
        if self.clean:
            self.waiting.emit()
        self._texts[part] = (heading, text)
        self._timer.start()

    def flush(self) -> None:
        """Write what waits, now."""
        self._timer.stop()
        if self._writing:
            self._desk.background.wait()
            # What the worker could not write is written here, and its trouble told.
            self._texts = {**self._writing, **self._texts} if not self._written else self._texts
            self._writing = {}
        texts, self._texts = self._texts, {}
        if texts:
            self._write(texts)
            self.saved.emit(datetime.now())

    def _begin(self) -> None:
        if self._writing:
            self._timer.start()
            return
        self._writing, self._texts = self._texts, {}
        texts = dict(self._writing)
        self._written = False

        def work(_progress: JobProgress) -> None:
            self._write(texts)
            self._written = True

        if texts:
            self._desk.background.run(work, lambda _none: self._end(), self._failed)

    def _write(self, texts: dict[int, tuple[bool, str]]) -> None:
        for part, (heading, text) in texts.items():
            write = edit_document.rename if heading else edit_document.set_text
            write(self._desk.township, self.document, part, text)

    def _end(self) -> None:
        if self._writing:
            self._writing = {}
            self.saved.emit(datetime.now())

    def _failed(self, trouble: Exception) -> None:
        """Nothing is lost: what could not be written waits for the next key."""
        self._texts = {**self._writing, **self._texts}
        self._writing = {}
        self._desk.background.troubled.emit(trouble)
