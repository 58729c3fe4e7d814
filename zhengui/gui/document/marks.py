"""How a document's parts stand in the text: chips, numbers and fixed lines as single characters that know what they are."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextFormat

from zhengui.catalogue.wording import chips
from zhengui.gui.kit.style import colour, text_size

#: The character that stands for a drawn thing.
THING = "\ufffc"
OBJECT = QTextFormat.ObjectTypes.UserObject.value + 1
KIND = QTextFormat.Property.UserProperty.value + 1
CODE = QTextFormat.Property.UserProperty.value + 2
#: A figure or claim; the number or run-in title before a text; a note on how it is printed; a line that isn't typed.
CHIP, LEAD, NOTE, FIXED = "chip", "lead", "note", "fixed"
#: Blocks that are no part of the stored document carry these instead of a part's id.
TITLE, ADDRESSEE, SIGNATURE = 1_000_000_001, 1_000_000_002, 1_000_000_003


def thing(kind: str, code: str, plain: QTextCharFormat | None = None) -> QTextCharFormat:
    """The format of a drawn thing, in the size and weight of the words around it."""
    made = QTextCharFormat() if plain is None else QTextCharFormat(plain)
    made.setObjectType(OBJECT)
    made.setProperty(KIND, kind)
    made.setProperty(CODE, code)
    return made


def words(heading: int = 0, off: bool = False) -> QTextCharFormat:
    """The format of what is typed: of a heading of a level, or of a paragraph."""
    made = QTextCharFormat()
    size = text_size("title") + (2 if heading == 1 else 0)
    made.setProperty(QTextFormat.Property.FontPixelSize, size)
    made.setFontWeight(700 if heading in (1, 2) else 400)
    made.setForeground(colour("inkd" if off else "ink1"))
    return made


def insert_wording(cursor: QTextCursor, text: str, plain: QTextCharFormat) -> None:
    """Insert wording, its {placeholders} as chips."""
    at = 0
    for chip in chips(text):
        cursor.insertText(text[at : chip.start].replace(THING, ""), plain)
        cursor.insertText(THING, thing(CHIP, chip.text, plain))
        at = chip.end
    cursor.insertText(text[at:].replace(THING, ""), plain)
    cursor.setCharFormat(plain)


def pieces(block: QTextBlock) -> Iterator[tuple[int, str, str, str]]:
    """The block in pieces: (position, kind, code, text); kind is empty for what is typed."""
    walk = block.begin()
    while not walk.atEnd():
        fragment = walk.fragment()
        made = fragment.charFormat()
        if made.objectType() == OBJECT:
            for step in range(fragment.length()):
                yield fragment.position() + step, str(made.property(KIND)), str(made.property(CODE)), THING
        else:
            yield fragment.position(), "", "", fragment.text()
        walk += 1


def wording(block: QTextBlock) -> str:
    """What is stored for a block: its text with chips as {placeholders}, without number and notes."""
    found = []
    for _at, kind, code, text in pieces(block):
        if kind == CHIP:
            found.append(code)
        elif not kind:
            found.append(text.replace(THING, "").replace("\u2028", ""))
    return "".join(found)


def wording_between(block: QTextBlock, start: int, end: int) -> str:
    """The same for what lies between two positions of the text."""
    found = []
    for at, kind, code, text in pieces(block):
        if kind == CHIP and start <= at < end:
            found.append(code)
        elif not kind:
            found.append(_cut(text, start - at, end - at).replace(THING, ""))
    return "".join(found)


def _cut(text: str, start: int, end: int) -> str:
    """A stretch of a text by positions that count rare characters twice, as the text control does."""
    raw = text.encode("utf-16-le")
    return raw[max(0, start) * 2 : max(0, end) * 2].decode("utf-16-le", "ignore")


def typed_from(block: QTextBlock) -> int:
    """Where in the text the part of the block begins that may be edited."""
    at = block.position()
    for position, kind, _code, _text in pieces(block):
        if kind not in (LEAD, NOTE, FIXED):
            break
        at = position + 1
    return at


def typed_to(block: QTextBlock) -> int:
    """Where it ends."""
    return block.position() + block.length() - 1


def chip_at(block: QTextBlock, position: int) -> str:
    """The chip at a position, or nothing."""
    for at, kind, code, _text in pieces(block):
        if at == position and kind == CHIP:
            return code
    return ""
