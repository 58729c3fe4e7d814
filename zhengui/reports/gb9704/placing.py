"""Where the glyphs of a line stand: each stretch of one face with its place and its spacing, for any writer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from zhengui.reports.gb9704.breaks import LATIN
from zhengui.reports.gb9704.faces import CLOSING, OPENING, STAND_IN, Face, Faces
from zhengui.reports.gb9704.items import FaceRole, Piece, Text
from zhengui.reports.gb9704.lines import CharacterWidths
from zhengui.work import give_way

_SEGMENT = re.compile(rf"[{LATIN}]+| |[^{LATIN} ]+")
_LATIN_START = re.compile(f"[{LATIN} ]")
_LATIN = re.compile(f"[{LATIN}]")
_MARKED = re.compile(f"[{re.escape(OPENING + CLOSING)}]|[^{re.escape(OPENING + CLOSING)}]+")


class Stretch(NamedTuple):
    """Characters of one face on a line: the first at `x`, each `spacing` further than its own advance.

    With `stand_in` the face lacks the character and draws the stand-in for it. Sizes are points.
    """

    face: Face
    run: str
    x: float
    spacing: float
    stand_in: bool = False


class PlacedPiece(NamedTuple):
    """A piece of a line from its first point to its last, slack after it included, and its stretches."""

    piece: Piece
    start: float
    end: float
    stretches: list[Stretch]


def place(text: Text, faces: Faces) -> Iterator[PlacedPiece]:
    """The pieces of a line from left to right; a line's `y` is the same for all."""
    give_way()
    x = text.x
    placing = _Placing(text, faces)
    last = len(text.pieces) - 1
    for number, piece in enumerate(text.pieces):
        stretches: list[Stretch] = []
        end = placing.piece(piece, x, stretches)
        if text.gap and number < last and _goes_on(piece.text, text.pieces[number + 1].text):
            end -= 0.0 if piece.tight else text.gap
        yield PlacedPiece(piece, x, end, stretches)
        x = end


def _goes_on(before: str, after: str) -> bool:
    """Whether two pieces part one number or word, inside which nothing is moved apart."""
    return bool(_LATIN.match(before[-1:]) and _LATIN.match(after[:1]))


class _Placing:
    """One line being placed; `first` and `left` tell its first and its last character, which are not squeezed."""

    def __init__(self, text: Text, faces: Faces) -> None:
        self.text, self.faces = text, faces
        self.first = True
        self.left = sum(len(piece.text) for piece in text.pieces) if text.squeeze else 0

    def piece(self, piece: Piece, x: float, found: list[Stretch]) -> float:
        """Place a piece; where the next one starts."""
        text, faces = self.text, self.faces
        gap = 0.0 if piece.tight else text.gap
        if text.squeeze:
            return self._squeezed(piece, x, gap, found)
        plain, first = faces.plain(piece.role), faces.first(piece.role)
        step = text.cell + gap
        for run in _SEGMENT.findall(piece.text):
            if plain.issuperset(run):
                found.append(Stretch(first, run, x, step - text.size))
                x += step * len(run)
            else:
                x = self._run(piece.role, run, x, gap, found)
        return x

    def _widths(self, role: FaceRole) -> CharacterWidths:
        return self.faces.measure(self.text.size, self.text.cell, role)

    def _run(self, role: FaceRole, run: str, x: float, gap: float, found: list[Stretch]) -> float:
        """Place a run that is all Latin or all not."""
        if self.faces.plain(role).issuperset(run):
            step = self.text.cell + gap
            found.append(Stretch(self.faces.first(role), run, x, step - self.text.size))
            return x + step * len(run)
        if run.isascii() and role is not FaceRole.SONG:
            found.append(Stretch(self.faces.latin_of(role), run, x, 0.0))
            return x + self._widths(role).width(run) + gap
        return self._odd(role, run, x, gap, found)

    def _odd(self, role: FaceRole, run: str, x: float, gap: float, found: list[Stretch]) -> float:
        """Place a run in which a character is not in the preferred face or not as wide as its cell."""
        size = self.text.size
        latin = role is not FaceRole.SONG and bool(_LATIN_START.match(run))
        for char in run:
            face = self.faces.find(role, char)
            room = self._widths(role)[char]
            if face is None:
                face = self.faces.find(role, STAND_IN) or self.faces.latin
                found.append(Stretch(face, char, x, 0.0, True))
            elif role is FaceRole.SONG:
                room = face.width(char) * size
                found.append(Stretch(face, char, x, 0.0))
            else:
                slack = 0.0 if latin else (room - face.width(char) * size) / 2
                found.append(Stretch(face, char, x + slack, 0.0))
            x += room + (0.0 if latin else gap)
        return x + (gap if latin else 0.0)

    def _squeezed(self, piece: Piece, x: float, gap: float, found: list[Stretch]) -> float:
        """Place a piece of a line whose marks give up some of their cells."""
        scale = 0.0 if piece.tight else self.text.squeeze * self.text.size
        for segment in _SEGMENT.findall(piece.text):
            for run in _MARKED.findall(segment):
                self.left -= len(run)
                before, after = self.faces.rooms.get(run, (0.0, 0.0)) if scale else (0.0, 0.0)
                if not self.first:
                    x -= before * scale
                x = self._run(piece.role, run, x, gap, found)
                if self.left:
                    x -= after * scale
                self.first = self.first and piece.tight
        return x
