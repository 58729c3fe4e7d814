"""Which keys do what in the text."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor

_Std = QKeySequence.StandardKey
_Move = QTextCursor.MoveOperation


class KeyDeed(Enum):
    """What a key asks for; what is not named here the text does by itself."""

    UNDO = "undo"
    REDO = "redo"
    FIND = "find"
    REPLACE = "replace"
    UP = "up"
    DOWN = "down"
    CHIP = "chip"
    SAVE_VERSION = "version"
    NEXT_FINDING = "next_finding"
    REST = "rest"
    CUT = "cut"
    PASTE = "paste"
    SPLIT = "split"
    DELETE = "delete"


_DELETING = {
    _Std.Backspace: _Move.PreviousCharacter,
    _Std.Delete: _Move.NextCharacter,
    _Std.DeleteStartOfWord: _Move.PreviousWord,
    _Std.DeleteEndOfWord: _Move.NextWord,
    _Std.DeleteEndOfLine: _Move.EndOfBlock,
    _Std.DeleteCompleteLine: _Move.EndOfBlock,
}
_STANDARD = {
    _Std.Undo: KeyDeed.UNDO,
    _Std.Redo: KeyDeed.REDO,
    _Std.Cut: KeyDeed.CUT,
    _Std.Paste: KeyDeed.PASTE,
    _Std.Find: KeyDeed.FIND,
    _Std.InsertParagraphSeparator: KeyDeed.SPLIT,
    _Std.InsertLineSeparator: KeyDeed.SPLIT,
    **dict.fromkeys(_DELETING, KeyDeed.DELETE),
}
_OWN = {
    "Ctrl+Y": KeyDeed.REDO,
    "Ctrl+Shift+Z": KeyDeed.REDO,
    "Ctrl+H": KeyDeed.REPLACE,
    "Alt+Shift+Up": KeyDeed.UP,
    "Alt+Shift+Down": KeyDeed.DOWN,
    "Alt+Down": KeyDeed.CHIP,
    "Ctrl+Shift+S": KeyDeed.SAVE_VERSION,
    "F8": KeyDeed.NEXT_FINDING,
}
_PRESSED = [(QKeySequence(text), deed) for text, deed in _OWN.items()]


def deed_of(event: QKeyEvent) -> KeyDeed | None:
    """What a key asks for, or None where it is the text's own."""
    pressed = QKeySequence(event.keyCombination())
    for sequence, deed in _PRESSED:
        if sequence == pressed:
            return deed
    # Not every platform names plain Backspace among its standard keys.
    if event.key() == Qt.Key.Key_Backspace and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
        return KeyDeed.DELETE
    return next((deed for standard, deed in _STANDARD.items() if event.matches(standard)), None)


def deleted_by(event: QKeyEvent) -> QTextCursor.MoveOperation:
    """How far a deleting key reaches from the caret."""
    return next(
        (move for standard, move in _DELETING.items() if event.matches(standard)), _Move.PreviousCharacter
    )
