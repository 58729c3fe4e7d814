"""Which column of a strange workbook may hold which field: by title, by what else people call it, by likeness, by content."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from zhengui.catalogue.model import Field, FieldType
from zhengui.exchange.layout import title_of
from zhengui.exchange.match import MISTAKE_TITLE, PASSED_OVER, bare_title, plain_title, title_candidates
from zhengui.values.cells import Cell, Fault, Percentage

#: How alike two titles must be, of 100, and how much of a column a field must be able to read.
_ALIKE, _READABLE, _SURELY = 62, 0.5, 0.8
#: What cells that are plainly of a field add to the likeness of its title.
_SPOKEN = 30
#: So many cells of a column are tried.
TRIED = 40
#: Kinds of which hardly any text of another kind is a value, so that the content alone can tell.
_TELLING = frozenset(
    {FieldType.ID_NUMBER, FieldType.PHONE, FieldType.CHOICE, FieldType.CHOICES, FieldType.YES_NO}
)
_ONE_OF = frozenset({FieldType.DATE, FieldType.MONTH})


class Ground(StrEnum):
    """Why a column is taken for a field."""

    TITLE = "标题一致"
    SYNONYM = "同义词"
    ALIKE = "标题相近"
    CONTENT = "按内容判断"
    REMEMBERED = "按记住的"
    CHOSEN = "您选的"
    NONE = "没有对应"
    OWN = "不用导入"


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """A column of the sheet by its title and place, the key of its field or nothing, why, and what stands in it."""

    title: str
    place: int
    field: str
    ground: Ground
    examples: tuple[str, ...]


Readable = Callable[[Field, Cell], bool]


def propose(
    titles: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    fields: Sequence[Field],
    synonyms: Mapping[str, Sequence[str]],
    readable: Readable,
    wanted: Mapping[str, str],
) -> tuple[ColumnMatch, ...]:
    """A field for each titled column, each field once, the surest ground first.

    `rows` are some rows under the heading, `readable` says whether a field can read a cell, `wanted` are fields by
    title that were remembered or chosen, "" for a column that is to stay out.
    """
    return _Proposal(titles, rows, fields, synonyms, readable).made(wanted)


class _Proposal:
    """One sheet's columns and what was found for them so far."""

    def __init__(
        self,
        titles: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        fields: Sequence[Field],
        synonyms: Mapping[str, Sequence[str]],
        readable: Readable,
    ) -> None:
        self._titles, self._readable = titles, readable
        self._fields = {f.key: f for f in fields if f.is_asked and f.type is not FieldType.ATTACHMENT}
        self._names = {key: [plain_title(f.title), bare_title(f.title)] for key, f in self._fields.items()}
        self._others = {
            key: [plain_title(word) for word in synonyms.get(f.title, ())] for key, f in self._fields.items()
        }
        self._cells = {
            place: [row[place] for row in rows if place < len(row) and row[place] not in ("", None)][:TRIED]
            for place in range(len(titles))
        }
        self._found: dict[int, tuple[str, Ground]] = {}

    def made(self, wanted: Mapping[str, str]) -> tuple[ColumnMatch, ...]:
        """Go through the grounds, and tell what came of it."""
        self._take_wanted(wanted)
        self._by_names(self._names, Ground.TITLE)
        self._by_names(self._others, Ground.SYNONYM)
        self._by_likeness()
        self._by_content()
        told = []
        for place, title in enumerate(self._titles):
            if title:
                field, ground = self._found.get(place, ("", Ground.NONE))
                told.append(ColumnMatch(title, place, field, ground, self._examples(place)))
        return tuple(told)

    def _take_wanted(self, wanted: Mapping[str, str]) -> None:
        by_title = {plain_title(title): key for title, key in wanted.items()}
        own = {plain_title(title) for title in PASSED_OVER} | {plain_title(MISTAKE_TITLE)}
        for place, title in enumerate(self._titles):
            plain = plain_title(title)
            known = by_title.get(plain)
            if not known and plain in own and not any(plain in names for names in self._names.values()):
                self._found[place] = ("", Ground.OWN)
            elif plain in by_title and (not by_title[plain] or by_title[plain] in self._open()):
                self._found[place] = (by_title[plain], Ground.REMEMBERED)

    def _open(self) -> dict[str, Field]:
        """The fields that no column was found for yet."""
        used = {field for field, _ground in self._found.values()}
        return {key: field for key, field in self._fields.items() if key not in used}

    def _waiting(self) -> list[int]:
        return [place for place, title in enumerate(self._titles) if title and place not in self._found]

    def _by_names(self, names: Mapping[str, Sequence[str]], ground: Ground) -> None:
        """A whole title first, then what it is called without brackets or by its lower part."""
        for place in self._waiting():
            for name in title_candidates(self._titles[place]):
                keys = [key for key in self._open() if name in names[key]]
                if keys:
                    best = next((key for key in keys if self._fields[key].required), keys[0])
                    self._found[place] = (best, ground)
                    break

    def _share(self, key: str, place: int) -> float:
        cells = self._cells[place]
        if not cells:
            return 1.0
        return sum(self._readable(self._fields[key], cell) for cell in cells) / len(cells)

    def _by_likeness(self) -> None:
        from rapidfuzz import fuzz

        scores = []
        for place in self._waiting():
            mine = title_candidates(self._titles[place])
            for key in self._open():
                names = [*self._names[key], *self._others[key]]
                score = max(fuzz.ratio(one, other) for one in mine for other in names)
                share = self._share(key, place)
                if score >= _ALIKE and share >= _READABLE:
                    # Where the cells speak for one of two fields that are called alike, they decide.
                    speaks = self._telling(key) and bool(self._cells[place])
                    scores.append((score + _SPOKEN * share * speaks, -place, key))
        for _score, place, key in sorted(scores, reverse=True):
            if -place not in self._found and key in self._open():
                self._found[-place] = (key, Ground.ALIKE)

    def _by_content(self) -> None:
        for place in self._waiting():
            cells = self._cells[place]
            if not cells:
                continue
            able = [key for key in self._open() if self._telling(key) and self._share(key, place) >= _SURELY]
            if not able:
                able = self._only_time(place)
            if len(able) == 1 and self._tells(able[0], cells):
                self._found[place] = (able[0], Ground.CONTENT)

    def _telling(self, key: str) -> bool:
        return self._fields[key].type in _TELLING or bool(self._fields[key].register)

    def _only_time(self, place: int) -> list[str]:
        """The one field for days or months that is left, where the column holds them."""
        times = [key for key, field in self._open().items() if field.type in _ONE_OF]
        return times if len(times) == 1 and self._share(times[0], place) >= _SURELY else []

    def _tells(self, key: str, cells: Sequence[Cell]) -> bool:
        """Whether the cells say enough: numbers 0 and 1 may mean anything, a single cell little."""
        if self._fields[key].type is FieldType.YES_NO:
            return not all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells)
        return len(cells) > 1 or bool(self._fields[key].register)

    def _examples(self, place: int) -> tuple[str, ...]:
        return tuple(dict.fromkeys(cell_words(cell) for cell in self._cells[place][:12]))[:3]


def cell_words(cell: Cell) -> str:
    """What a cell shows, as far as it is known: days without a time, percent, and numbers that lost digits."""
    if isinstance(cell, Fault):
        return cell.code or "（公式）"
    if isinstance(cell, Percentage):
        return f"{cell.share * 100:g}%"
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and abs(cell) >= 1e15:
        return f"{cell:.2E}"
    if isinstance(cell, float):
        return title_of(cell) if cell.is_integer() else f"{cell:g}"
    text = " ".join(str(cell).split())
    return text.removesuffix(" 00:00:00")
