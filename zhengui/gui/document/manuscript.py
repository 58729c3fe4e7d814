"""The document as one text: a block for each part, read back a paragraph at a time as it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from zhengui.catalogue.model import Catalogue
from zhengui.catalogue.wording import chips
from zhengui.gui.document import marks, order
from zhengui.gui.document.chip_drawing import ChipDrawing
from zhengui.gui.document.number_lines import NumberLines
from zhengui.gui.document.readings import ChipReading, ChipReadings
from zhengui.gui.kit import style
from zhengui.storage.writing.documents import HEADING, ITEMS, Part

MARGIN = 24
LINE = 31


class Manuscript(QObject):
    """Owns the text document; `typed` says which part has another wording now, and what it was before."""

    typed = Signal(int, str, str)
    #: Before and after the text is built anew, for those who show it to keep their place.
    leaving = Signal()
    #: All of it is there and nothing is laid out yet; then, that it was built anew.
    filled = Signal()
    built = Signal()

    def __init__(self, catalogue: Catalogue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = QTextDocument(self)
        self.document.setUndoRedoEnabled(False)
        self.document.setDocumentMargin(MARGIN)
        face = QFont(style.font("title"))
        self.document.setDefaultFont(face)
        self.drawing = ChipDrawing(catalogue, self)
        self.document.documentLayout().registerHandler(marks.OBJECT, self.drawing)
        self.lines = NumberLines(self.document)
        self.document.contentsChange.connect(self._changed)
        self._parts: dict[int, Part] = {}
        self._order: list[int] = []
        self._numbers: dict[int, str] = {}
        self._blocks: dict[int, int] = {}
        self._quiet = False
        #: How many paragraphs were read back since the start; a key costs one.
        self.read_back = 0

    @property
    def parts(self) -> list[Part]:
        """The parts in order with their wording as it is now."""
        return [self._parts[key] for key in self._order]

    def part(self, key: int) -> Part | None:
        """The part with this id, or None for what is no part."""
        return self._parts.get(key)

    def show(self, parts: Sequence[Part], addressed: bool = False) -> None:
        """Build the text anew."""
        self.leaving.emit()
        self._parts = {part.id: part for part in parts}
        self._order = [part.id for part in parts]
        self._numbers = order.numbers(parts, self.drawing.readings.items, self.drawing.readings.silent)
        self._quiet = True
        # Laid out a screen at a time once all of it is there: in a window that is just opening, its width isn't known yet.
        self.document.setLayoutEnabled(False)
        try:
            self.document.clear()
            cursor = QTextCursor(self.document)
            cursor.beginEditBlock()
            self._fixed(cursor, marks.TITLE, "title", first=True)
            if addressed:
                self._fixed(cursor, marks.ADDRESSEE, "addressee")
            off = self._off(parts)
            for part in parts:
                self._insert(cursor, part, part.id in off)
            self._fixed(cursor, marks.SIGNATURE, "signature")
            cursor.endEditBlock()
            self.filled.emit()
        finally:
            self.document.setLayoutEnabled(True)
            self._quiet = False
        self.built.emit()

    def _fixed(self, cursor: QTextCursor, number: int, code: str, first: bool = False) -> None:
        made = QTextBlockFormat()
        made.setTopMargin(8)
        made.setBottomMargin(8)
        if first:
            cursor.setBlockFormat(made)
        else:
            cursor.insertBlock(made, marks.words())
        cursor.block().setUserState(number)
        cursor.insertText(marks.THING, marks.thing(marks.FIXED, code))

    def _insert(self, cursor: QTextCursor, part: Part, off: bool) -> None:
        heading = part.level if part.kind == HEADING else 0
        plain = marks.words(heading, off)
        cursor.insertBlock(_block_format(part), plain)
        cursor.block().setUserState(part.id)
        if part.kind == ITEMS:
            cursor.insertText(marks.THING, marks.thing(marks.FIXED, f"items:{part.id}"))
            return
        lead = self._lead(part)
        if lead:
            drawn = marks.words(heading, off)
            if not heading:
                drawn.setFontWeight(700)
            cursor.insertText(marks.THING, marks.thing(marks.LEAD, lead, drawn))
        note = self._note(part)
        if note:
            cursor.insertText(marks.THING, marks.thing(marks.NOTE, note))
        marks.insert_wording(cursor, part.title if heading else part.text, plain)

    def _lead(self, part: Part) -> str:
        number = self._numbers.get(part.id, "")
        if part.kind == HEADING or not part.title:
            return number
        return f"{number}{self._filled(part.title).rstrip('。')}。"

    def _filled(self, text: str) -> str:
        for code in {chip.text for chip in chips(text)}:
            text = text.replace(code, self.drawing.look(marks.CHIP, code).text)
        return text

    def printed(self, text: str) -> str:
        """Wording as it is printed at present."""
        return self._filled(text)

    def tip(self, code: str) -> str:
        """What hovering over a chip tells."""
        reading = self.drawing.readings.chips.get(code)
        return reading.tip if reading is not None else ""

    def _note(self, part: Part) -> str:
        notes = [self.drawing.readings.notes.get(part.id, "")]
        notes.append("沿用的写法，请重新看过" if part.rethink else "")
        notes.append("" if part.on else "不印")
        return " · ".join(note for note in notes if note)

    def set_readings(self, readings: ChipReadings) -> None:
        """Let the chips say what they say now; nothing that was typed changes."""
        if readings == self.drawing.readings:
            return
        self.drawing.set_readings(readings)
        self.repaint_things()

    def add_reading(self, code: str, reading: ChipReading) -> None:
        """Take the reading of one chip that was just put in."""
        chips = {**self.drawing.readings.chips, code: reading}
        self.drawing.set_readings(replace(self.drawing.readings, chips=chips))
        self.repaint_things()

    def repaint_things(self) -> None:
        """Lay out again without touching the text."""
        self.document.markContentsDirty(0, self.document.characterCount())

    def block(self, part: int) -> QTextBlock | None:
        """The block of a part."""
        kept = self.document.findBlockByNumber(self._blocks.get(part, -1))
        if kept.isValid() and kept.userState() == part:
            return kept
        block = self.document.begin()
        while block.isValid():
            self._blocks[block.userState()] = block.blockNumber()
            if block.userState() == part:
                return block
            block = block.next()
        return None

    def can_type(self, block: QTextBlock) -> bool:
        """Whether a block's wording may be edited."""
        part = self._parts.get(block.userState())
        return part is not None and part.kind != ITEMS

    def set_wording(self, part: int, text: str) -> None:
        """Give a part other wording, as if it had been typed, without telling."""
        block = self.block(part)
        stored = self._parts.get(part)
        if block is None or stored is None:
            return
        self._quiet = True
        try:
            cursor = QTextCursor(block)
            cursor.setPosition(marks.typed_from(block))
            cursor.setPosition(marks.typed_to(block), QTextCursor.MoveMode.KeepAnchor)
            cursor.beginEditBlock()
            cursor.removeSelectedText()
            heading = stored.level if stored.kind == HEADING else 0
            marks.insert_wording(cursor, text, marks.words(heading, stored.id in self._off(self.parts)))
            cursor.endEditBlock()
        finally:
            self._quiet = False
        self._keep(stored, text)

    def plain_format(self, block: QTextBlock) -> QTextCharFormat:
        """The format of what is typed into a block."""
        part = self._parts.get(block.userState())
        heading = part.level if part is not None and part.kind == HEADING else 0
        return marks.words(heading, part is not None and part.id in self._off(self.parts))

    def _off(self, parts: Sequence[Part]) -> set[int]:
        """The parts that are not printed: retired, switched off, or under a heading that is."""
        found = set(self.drawing.readings.silent)
        for part in parts:
            if not part.on and part.id not in found:
                found |= {each.id for each in order.block_of(parts, part.id)}
        return found

    def _changed(self, position: int, _removed: int, _added: int) -> None:
        if self._quiet:
            return
        block = self.document.findBlock(position)
        part = self._parts.get(block.userState())
        if part is None or part.kind == ITEMS:
            return
        self.read_back += 1
        now = marks.wording(block)
        was = part.title if part.kind == HEADING else part.text
        if now != was:
            self._keep(part, now)
            self.typed.emit(part.id, was, now)

    def _keep(self, part: Part, text: str) -> None:
        kept = replace(part, title=text) if part.kind == HEADING else replace(part, text=text)
        self._parts[part.id] = kept


def _block_format(part: Part) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setLineHeight(LINE, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
    made.setAlignment(Qt.AlignmentFlag.AlignLeft)
    if part.kind == HEADING:
        made.setTopMargin(10)
    if part.kind != ITEMS and part.level != 1:
        made.setTextIndent(2 * style.text_size("title"))
    made.setBottomMargin(4)
    return made
