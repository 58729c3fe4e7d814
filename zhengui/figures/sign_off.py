"""会签: what a department signed, and whether it still stands: every change of it takes the signature back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zhengui.catalogue.source import TEXT, is_of


@dataclass(frozen=True, slots=True)
class SignedPiece:
    """A figure, a claim or a paragraph of a draft: its key, what it is called, what it printed, what it rested on.

    `ground` differs where what is printed or the records behind it differ.
    """

    key: str
    title: str
    shown: str
    ground: str


def changes(signed: Mapping[str, SignedPiece], now: Mapping[str, SignedPiece]) -> list[str]:
    """What takes a signature back, in words, in the order of what was signed; empty where nothing does."""
    told = []
    for key, then in signed.items():
        piece = now.get(key)
        if piece is None:
            told.append(f"{then.title}已经不在文稿里")
        elif piece.ground != then.ground:
            told.append(_changed(then, piece))
    told += [f"{piece.title}是后来加上的" for key, piece in now.items() if key not in signed]
    return told


def _changed(then: SignedPiece, piece: SignedPiece) -> str:
    if is_of(TEXT, then.key):
        return f"{piece.title}的文字改过"
    if then.shown != piece.shown:
        return f"{piece.title}会签时是{then.shown}，现在是{piece.shown}"
    return f"{piece.title}背后的记录改过"
