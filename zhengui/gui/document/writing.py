"""A document being written: its text, what can be taken back, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from zhengui.catalogue.wording import chips
from zhengui.gui.document.autosave import Autosave
from zhengui.gui.document.manuscript import Manuscript
from zhengui.gui.document.readings import ChipReading, ChipReadings, read, read_chip, read_names
from zhengui.gui.document.undo import Undo
from zhengui.services.document import edit_document
from zhengui.storage.problem import StorageProblem
from zhengui.storage.writing.documents import DRAFT, HEADING, ITEMS, Edit, Part, StoredDocument

if TYPE_CHECKING:
    from zhengui.gui.desk.desk import Desk
    from zhengui.gui.kit.background import JobProgress

_NAME = 12


class DraftWriting(QObject):
    """Everything that edits the document goes through here; widgets only show and ask."""

    rebuilt = Signal(int)  # the text was built anew; the part to be at, or 0
    was_read = Signal()  # the chips say something else
    kept = Signal(datetime)  # what is stored has changed

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.stored: StoredDocument | None = None
        self.manuscript = Manuscript(desk.catalogue, self)
        self.undo = Undo(self._write_all, self._take_back, self)
        self.autosave = Autosave(desk, self)
        self.manuscript.typed.connect(self._typed)
        self.autosave.saved.connect(self.kept)

    @property
    def document(self) -> int:
        """The id of the document, or 0."""
        return self.stored.id if self.stored is not None else 0

    @property
    def editable(self) -> bool:
        """Whether the document is a draft."""
        return self.stored is not None and self.stored.state == DRAFT

    @property
    def parts(self) -> list[Part]:
        """The parts in order."""
        return self.manuscript.parts

    def open(self, document: int) -> None:
        """Turn to a document, or read the same one again."""
        self.autosave.turn_to(document)
        another = document != self.document
        if another:
            self.undo.clear()
            self.manuscript.drawing.set_readings(ChipReadings())
        self._build(0, another)
        self.reread()

    def reread(self) -> None:
        """Ask in the background what the chips say now."""
        stored, parts, township = self.stored, self.parts, self._desk.township
        if stored is None:
            return

        def work(_progress: JobProgress) -> ChipReadings:
            return read(township, stored, parts)

        self._desk.background.run(work, self._take_readings, key="readings")

    def _take_readings(self, readings: ChipReadings) -> None:
        rebuild = readings.notes != self.manuscript.drawing.readings.notes
        counted = [len(lines) for lines in readings.items.values()]
        rebuild |= counted != [len(lines) for lines in self.manuscript.drawing.readings.items.values()]
        rebuild |= any(part.title and chips(part.title) for part in self.parts if part.kind != HEADING)
        if rebuild:
            self.manuscript.drawing.set_readings(readings)
            self.manuscript.show(self.parts, bool(self.stored and self.stored.addressee))
            self.rebuilt.emit(0)
        else:
            self.manuscript.set_readings(readings)
        self.was_read.emit()

    def _build(self, part: int, another: bool = False) -> None:
        """Read the document and build the text anew; of another one the year and the names stand there at once."""
        opened = edit_document.open_document(self._desk.township, self.autosave.document)
        self.stored = opened.document
        if another:
            self.manuscript.drawing.set_readings(read_names(self._desk.township, opened.document))
        self.manuscript.show(opened.parts, bool(opened.document.addressee))
        self.read_sources()
        self.rebuilt.emit(part)

    def read_sources(self) -> None:
        """Read which typed numbers have a source."""
        self.manuscript.lines.set_sourced(edit_document.sources(self._desk.township, self.document))

    # Typing

    def _typed(self, part: int, before: str, after: str) -> None:
        self.undo.typed(part, before, after)
        self._keep(part, after)

    def _keep(self, part: int, text: str) -> None:
        stored = self.manuscript.part(part)
        if stored is None:
            return
        self.autosave.keep(part, text, stored.kind == HEADING)
        known = self.manuscript.drawing.readings.chips
        for chip in chips(text):
            if chip.text not in known:
                self._read_chip(chip.text)

    def _read_chip(self, code: str) -> None:
        stored, township = self.stored, self._desk.township
        if stored is None:
            return
        # Until it is read it stands there by its name; asking twice would be work for nothing.
        known = self.manuscript.drawing.readings.of(code, self._desk.catalogue)
        self.manuscript.add_reading(code, known)

        def take(reading: ChipReading) -> None:
            self.manuscript.add_reading(code, reading)
            self.was_read.emit()

        self._desk.background.run(lambda _progress: read_chip(township, stored, code), take)

    def _write_all(self, texts: dict[int, str]) -> None:
        for part, text in texts.items():
            if self.manuscript.part(part) is not None:
                self.manuscript.set_wording(part, text)
                self._keep(part, text)
        self.rebuilt.emit(next(iter(texts)))

    # Arranging

    def arrange(self, part: int, *deeds: Callable[[], Edit]) -> bool:
        """Edit the outline; all deeds are taken back together. False where it could not be done."""
        edits: list[Edit] = []
        try:
            self.autosave.flush()
            edits = [deed() for deed in deeds]
        except StorageProblem as problem:
            self._desk.background.troubled.emit(problem)
        if edits:
            self.undo.arranged(edits, part)
            self._after(part or edits[0].part)
        return len(edits) == len(deeds)

    def _take_back(self, edits: list[Edit], part: int) -> list[Edit]:
        self.autosave.flush()
        done = [edit_document.take_back(self._desk.township, edit) for edit in reversed(edits)]
        self._after(part)
        return done

    def _after(self, part: int) -> None:
        self._build(part)
        self.reread()
        self.kept.emit(datetime.now())

    def names(self) -> dict[int, str]:
        """How each part is called: its title, or how its text begins."""
        return {part.id: self.name(part) for part in self.parts}

    def name(self, part: Part) -> str:
        """How a part is called."""
        if part.kind == ITEMS:
            return "计划事项"
        text = self.manuscript.printed(part.title.rstrip("。") or part.text[:60])
        if part.kind == HEADING or part.title:
            return text or "（没有标题）"
        return f"{text[:_NAME]}…" if text else "（空段）"
