"""The faces of the page, parsed once a process, with a fallback for each character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache, partial
from pathlib import Path
from unicodedata import normalize
from zlib import crc32

from reportlab import rl_config

from zhengui.paths import resource
from zhengui.problem import Problem
from zhengui.reports.gb9704.breaks import LATIN
from zhengui.reports.gb9704.installed import font_folders, installed_faces
from zhengui.reports.gb9704.items import FaceRole
from zhengui.reports.gb9704.lines import CharacterWidths
from zhengui.reports.gb9704.quick_face import QuickFace

FONTS = resource("fonts")
FILES = {
    FaceRole.TITLE: "title.ttf",
    FaceRole.HEI: "hei.ttf",
    FaceRole.KAI: "kai.ttf",
    FaceRole.FANG: "fang.ttf",
    FaceRole.SONG: "folio.ttf",
}
FALLBACKS = {
    FaceRole.TITLE: ("title.ttf", "rare.ttf", "ticks.ttf"),
    FaceRole.HEI: ("hei.ttf", "rare.ttf", "ticks.ttf"),
    FaceRole.KAI: ("kai.ttf", "rare.ttf", "hei.ttf", "ticks.ttf"),
    FaceRole.FANG: ("fang.ttf", "rare.ttf", "hei.ttf", "ticks.ttf"),
    FaceRole.SONG: ("folio.ttf", "title.ttf", "rare.ttf", "ticks.ttf", "latin.ttf"),
}
_BODY = (FaceRole.FANG, FaceRole.KAI, FaceRole.HEI)
_HEAVY = (FaceRole.HEI, FaceRole.TITLE)
_RAISED = frozenset("²³¹") | frozenset(map(chr, range(0x2070, 0x209F)))
_ASCII = "".join(map(chr, range(0x21, 0x7F)))
STAND_IN = "〓"
"""Printed for a character that no face has; the check before printing names it, so it is never met unawares."""
OPENING, CLOSING = "“‘（《【〔〈「『［｛", "，。、；：！？”’）》】〕〉」』］｝"
NARROWEST = 0.52
"""The part of its cell that a squeezed mark keeps: half of it and a hair, so that 》 and 《 stay in their order."""
AIR = 0.02
"""What stays free, in ems, between a squeezed mark's ink and its neighbour's cell."""
_LATIN = frozenset(re.findall(f"[{LATIN} ]", "".join(map(chr, range(0x20, 0x2300)))))
"""The characters that are set in the face of digits and letters, and the space."""
_ACCENTED = re.compile("[A-Za-z\u00c0-\u024f][\u0300-\u036f]+")
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef\x00-\x08\x0b-\x1f]"
)


class Face:
    """One parsed face: which characters it has and how wide they are, in ems."""

    def __init__(self, path: Path, number: int = 0) -> None:
        self.key = f"{path.name}#{number}"
        _name_where_it_has_none(path, number)
        self.ttf = QuickFace(str(path), subfontIndex=number)
        self.glyphs: dict[int, int] = self.ttf.charToGlyph

    def has(self, char: str) -> bool:
        """Whether the face draws the character."""
        return ord(char) in self.glyphs

    def width(self, char: str) -> float:
        """The character's advance in ems."""
        return float(self.ttf.charWidths.get(ord(char), self.ttf.defaultWidth)) / 1000

    def middle(self, char: str) -> float:
        """How high over the baseline the middle of a simple glyph is, in ems."""
        _, low, _, high = self._box(char)
        return (low + high) / 2

    def bearings(self, char: str) -> tuple[float, float]:
        """How much of a glyph's advance is free at its left and at its right, in ems."""
        left, _, right, _ = self._box(char)
        return left, self.width(char) - right

    def _box(self, char: str) -> tuple[float, float, float, float]:
        """The box of a glyph's ink in ems: left, lower, right, upper."""
        box = self.ttf.bounds_of(self.glyphs[ord(char)])
        if box is None:
            return 0.0, 0.0, 0.0, 0.0
        left, low, right, high = (side / self.ttf.unitsPerEm for side in box)
        return left, low, right, high


def _name_where_it_has_none(path: Path, number: int) -> None:
    """Say what a PDF calls a face that has names in Chinese alone; ReportLab stops at such a one unless it is told."""
    rl_config.autoGenerateTTFMissingTTFName = True
    QuickFace._agfnm.setdefault(str(path), b"Face-%08x" % crc32(f"{path.name}#{number}".encode()))


@lru_cache(maxsize=32)
def face(path: Path, number: int = 0) -> Face:
    """A face, parsed at its first use."""
    return Face(path, number)


class SpoiltFace(Problem):
    """A face that ships with the program is gone or damaged; the text says what to do."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"随程序的字体“{name}”缺了或有损坏，排不出文稿。台账数据不受影响。请重新运行一次安装程序，再试一次。"
        )


def shipped(path: Path) -> Face:
    """A face of the program's own; SpoiltFace where it cannot be read."""
    try:
        return face(path)
    except Exception as problem:  # damage makes the reader stop in many ways
        raise SpoiltFace(path.name) from problem


class Faces:
    """The faces of each role in the order in which they are asked for a character."""

    def __init__(self, fonts: Path, system: dict[FaceRole, tuple[Path, int]]) -> None:
        self.latin = shipped(fonts / "latin.ttf")
        self._fonts = fonts
        self._system = system
        self._first: dict[FaceRole, Face] = {}
        self._plain: dict[FaceRole, frozenset[str]] = {}
        self._found: dict[tuple[FaceRole, str], Face | None] = {}
        self._measures: dict[tuple[float, float, Face], CharacterWidths] = {}
        self._latin: dict[FaceRole, Face] = {}

    def chain(self, role: FaceRole) -> Iterator[Face]:
        """The faces of a role, the preferred one first, each parsed only when it is come to."""
        yield from self._installed(role)
        for name in FALLBACKS[role]:
            yield shipped(self._fonts / name)

    def first(self, role: FaceRole) -> Face:
        """The preferred face of a role."""
        if role not in self._first:
            self._first[role] = next(self.chain(role))
        return self._first[role]

    def _installed(self, role: FaceRole) -> tuple[Face, ...]:
        if role not in self._system:
            return ()
        try:
            return (face(*self._system[role]),)
        # A damaged font on the user's computer must not keep the page from printing, and stops the reader in many ways.
        except Exception:  # noqa: BLE001
            return ()

    def plain(self, role: FaceRole) -> frozenset[str]:
        """The characters of the preferred face that are as wide as they are high: the fast way to draw."""
        if role not in self._plain:
            widths = self.first(role).ttf.charWidths
            whole = [code for code, width in widths.items() if abs(width / 1000 - 1) < 0.004]
            self._plain[role] = frozenset(map(chr, whole)) - _LATIN
        return self._plain[role]

    def find(self, role: FaceRole, char: str) -> Face | None:
        """The face that draws a character in this role, or None when no face has it."""
        key = (role, char)
        if key not in self._found:
            latin = self.latin_of(role) if char in _LATIN and role is not FaceRole.SONG else None
            if latin is not None and latin.has(char):
                self._found[key] = latin
            elif latin is not None and self.latin.has(char):
                self._found[key] = self.latin
            else:
                self._found[key] = next((one for one in self.chain(role) if one.has(char)), None)
        return self._found[key]

    def latin_of(self, role: FaceRole) -> Face:
        """The face of digits and Latin letters: a Times-like one, but the heavy faces' own beside 黑体 and 小标宋."""
        if role not in self._latin:
            own = self.first(role) if role in _HEAVY else self.latin
            self._latin[role] = own if all(map(own.has, _ASCII)) else self.latin
        return self._latin[role]

    def measure(self, size: float, cell: float, role: FaceRole = FaceRole.FANG) -> CharacterWidths:
        """The widths of all characters at a size in the face of a role, full-width ones set on cells."""
        key = (size, cell, self.latin_of(role))
        if key not in self._measures:
            drawn_by = (self.latin, key[2])
            widths = {char: one.width(char) for one in drawn_by for char in _LATIN if one.has(char)}
            self._measures[key] = CharacterWidths(widths, size, cell, self.rooms, partial(self._raised, role))
        return self._measures[key]

    def _raised(self, role: FaceRole, char: str) -> float | None:
        """The width of a raised or lowered digit that another face draws; nothing for any other character."""
        found = self.find(role, char) if char in _RAISED else None
        return found.width(char) if found is not None else None

    @cached_property
    def rooms(self) -> dict[str, tuple[float, float]]:
        """How far each mark can be squeezed at its left and at its right in every face of the body, in ems."""
        found: dict[str, tuple[float, float]] = {}
        for char in OPENING + CLOSING:
            side = int(char in CLOSING)
            drawn = [one for role in _BODY if (one := self.find(role, char)) is not None]
            free = min((one.bearings(char)[side] for one in drawn), default=0.0) - AIR
            room = min(1 - NARROWEST, free)
            if room > AIR and all(abs(one.width(char) - 1) < 0.004 for one in drawn):
                found[char] = (0.0, room) if side else (room, 0.0)
        return found


@lru_cache(maxsize=4)
def faces(system: bool = False, fonts: Path = FONTS) -> Faces:
    """The faces of the page, with the system's own in front when `system` is set."""
    return Faces(fonts, installed_faces(font_folders()) if system else {})


def clean(text: str) -> str:
    """The text without characters that have no shape; line ends and tabs become spaces, letters and accents one."""
    if _ACCENTED.search(text):
        text = _ACCENTED.sub(lambda found: normalize("NFC", found[0]), text)
    if text.isprintable() and not _INVISIBLE.search(text):
        return text
    return _INVISIBLE.sub("", re.sub(r"[\t\r\n]+", " ", text)).replace("\u00a0", " ").replace("\x7f", "")
