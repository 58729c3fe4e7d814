"""What a measured PDF is made of: lines, paragraphs, the title, the signature, attachments, the imprint."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from zhengui.reports.inspect.ink import MM, Glyph, InkReading, InkSheet, Stroke

LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0
CELL = 156 / 28
NEAR = 0.3


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the page by its body's size (points): cells (mm) and rows of the type area, the title's size."""

    name: str
    body: float
    title: float
    cells: int
    rows: int

    @property
    def cell(self) -> float:
        """How wide a character's cell is, in millimetres."""
        return (RIGHT - LEFT) / self.cells

    @property
    def em(self) -> float:
        """The size of the body's characters in millimetres."""
        return self.body / MM

    @property
    def pitch(self) -> float:
        """From one baseline to the next, in millimetres."""
        return (BOTTOM - TOP - self.em) / (self.rows - 1)

    @property
    def first_baseline(self) -> float:
        """The baseline of the first row."""
        return TOP + 0.88 * self.em


STANDARD = Form("标准版", 16.0, 22.0, 28, 22)
MEETING = Form("会议稿", 20.0, 26.0, 22, 17)
FACES = {
    "小标宋": re.compile(r"XiaoBiaoSong|XBS|小标宋|Serif-?SC-?Semi", re.IGNORECASE),
    "黑体": re.compile(r"Hei|Sans-?SC|黑体", re.IGNORECASE),
    "楷体": re.compile(r"Kai|楷体", re.IGNORECASE),
    "仿宋": re.compile(r"Fang|仿宋", re.IGNORECASE),
    "宋体": re.compile(r"Song|SimSun|宋体|Serif-?SC(?!-?Semi)", re.IGNORECASE),
    "西文": re.compile(r"Latin|Times|Liberation|Tinos", re.IGNORECASE),
    "补字": re.compile(r"Rare|Ticks", re.IGNORECASE),
}
FOLIO = re.compile(r"^—\s*(\d+)\s*—$")
LABEL = re.compile(r"^附件\d*$")
DATE = re.compile(r"^\d{4}年\d{1,2}月\d{1,2}日$")
HEADING = re.compile(
    r"^(?:(?P<one>[一二三四五六七八九十百零〇]+、)|(?P<two>（[一二三四五六七八九十百零〇]+）)|(?P<three>\d{1,2}\.)"
    r"|(?P<four>（\d{1,2}）))"
)
LEVELS = {"one": "黑体", "two": "楷体", "three": "仿宋", "four": "仿宋"}
CLOSED = "。；：！？…，"
ADJUSTED_PAGES = 9
SEAL_ROWS = 5


def face_of(font: str) -> str:
    """Which of the standard's faces a font is, by its name."""
    return next((name for name, pattern in FACES.items() if pattern.search(font)), font)


@dataclass(slots=True)
class GlyphRow:
    """Glyphs on one baseline, from left to right."""

    page: int
    y: float
    glyphs: list[Glyph]
    text: str = ""

    def __post_init__(self) -> None:
        self.text = "".join(glyph.char for glyph in self.glyphs).strip()

    @property
    def x0(self) -> float:
        """Where the row starts."""
        return self.glyphs[0].x

    @property
    def x1(self) -> float:
        """Where the row ends."""
        return max(glyph.end for glyph in self.glyphs)

    @property
    def size(self) -> float:
        """The size of most of its glyphs."""
        return Counter(round(glyph.size, 1) for glyph in self.glyphs).most_common(1)[0][0]

    @property
    def face(self) -> str:
        """The face of most of its Chinese glyphs; the fallback for rare characters does not count."""
        faces = Counter(face_of(glyph.font) for glyph in self.glyphs if not glyph.char.isascii())
        faces.pop("补字", 0)
        return faces.most_common(1)[0][0] if faces else ""

    def parts(self, apart: float) -> list[tuple[float, float]]:
        """Where the stretches of the row start and end that are further from each other than `apart`."""
        found: list[tuple[float, float]] = []
        for glyph in self.glyphs:
            if found and glyph.x - found[-1][1] < apart:
                found[-1] = found[-1][0], glyph.end
            else:
                found.append((glyph.x, glyph.end))
        return found

    def starts_at(self, x: float) -> bool:
        """Whether the row starts at a place, to a third of a millimetre."""
        return abs(self.x0 - x) <= NEAR

    def place(self) -> str:
        """Where the row is, in words."""
        return f"第{self.page + 1}页“{self.text[:10]}”"


@dataclass(slots=True)
class Paper:
    """A measured PDF, sorted out."""

    reading: InkReading
    rows: list[list[GlyphRow]]
    turned: list[list[GlyphRow]]
    folios: list[GlyphRow | None]
    numbers: list[int | None]
    labels: list[GlyphRow | None]
    front: int = 0
    form: Form = STANDARD
    title: list[GlyphRow] = field(default_factory=list)
    addressee: list[GlyphRow] = field(default_factory=list)
    paragraphs: list[list[GlyphRow]] = field(default_factory=list)
    note: list[GlyphRow] = field(default_factory=list)
    offices: list[GlyphRow] = field(default_factory=list)
    date: GlyphRow | None = None
    remark: list[GlyphRow] = field(default_factory=list)

    @property
    def sheets(self) -> list[InkSheet]:
        """The pages as they were measured."""
        return self.reading.sheets

    def body_pages(self) -> range:
        """The pages of the document itself, without cover, contents and attachments."""
        ends = [index for index, label in enumerate(self.labels) if label is not None and index >= self.front]
        numbered = [index for index, row in enumerate(self.folios) if row is not None]
        return range(self.front, min([*ends, max(numbered, default=len(self.sheets) - 1) + 1]))

    def imprint_rules(self, page: int) -> list[Stroke]:
        """The rules of an imprint, from above: as long as the type area is wide, at its foot, under any table."""
        if not any("印发" in row.text for row in self.rows[page] if row.y > BOTTOM - 20):
            return []
        strokes = self.sheets[page].strokes
        upright = [max(stroke.y1, stroke.y2) for stroke in strokes if abs(stroke.x1 - stroke.x2) < 0.01]
        table = max(upright, default=0.0) + 0.2
        flat = [
            stroke
            for stroke in strokes
            if abs(stroke.y1 - stroke.y2) < 0.01
            and stroke.x2 - stroke.x1 > 150
            and stroke.thickness < 0.5
            and stroke.y1 > table
        ]
        return sorted(flat, key=lambda stroke: stroke.y1)

    def adjustable(self) -> range:
        """The pages whose rows may stand closer or wider so that the signature has text above it."""
        last = self.date.page if self.date is not None else -1
        return range(max(self.front, last - ADJUSTED_PAGES + 1), last + 1)

    def pitch_on(self, page: int) -> float:
        """The pitch of a page: the form's, or one that fills the page with a few rows more or less."""
        form = self.form
        if page not in self.adjustable():
            return form.pitch
        own = [row.y for row in self.rows[page] if abs(row.size - form.body) < 0.5]
        apart = [after - before for before, after in pairwise(own) if after - before > 1]
        filling = [form.pitch * (form.rows - 1) / (rows - 1) for rows in range(form.rows - 2, form.rows + 4)]
        filling.sort(key=lambda pitch: abs(pitch - form.pitch))
        return min(
            filling,
            key=lambda pitch: sum(abs(gap - max(1, round(gap / pitch)) * pitch) > 0.06 for gap in apart),
        )

    def body_rows(self) -> list[GlyphRow]:
        """Every row of the paragraphs, in reading order."""
        return [row for paragraph in self.paragraphs for row in paragraph]


def _upright(glyph: Glyph) -> Glyph:
    """A glyph of a turned table as if its page were turned upright, its head at the top."""
    return replace(glyph, x=LEFT + BOTTOM - glyph.y, y=TOP + glyph.x - LEFT, end=LEFT + BOTTOM - glyph.end)


def _rows(page: int, glyphs: list[Glyph]) -> list[GlyphRow]:
    found: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: (round(one.y, 1), one.x)):
        if found and abs(found[-1][0].y - glyph.y) < NEAR:
            found[-1].append(glyph)
        else:
            found.append([glyph])
    rows = (GlyphRow(page, group[0].y, sorted(group, key=lambda one: one.x)) for group in found)
    return [row for row in rows if row.text]


def sort_out(reading: InkReading) -> Paper:
    """Find the parts of a document on its pages."""
    upright, turned, folios, labels = [], [], [], []
    for sheet in reading.sheets:
        black = [glyph for glyph in sheet.glyphs if glyph.black]
        rows = _rows(sheet.index, [glyph for glyph in black if not glyph.turned])
        folio = next((row for row in rows if row.y > BOTTOM + 4), None)
        rows = [row for row in rows if row is not folio]
        aside = _rows(sheet.index, [_upright(glyph) for glyph in black if glyph.turned])
        first = next(iter(aside or rows), None)
        upright.append(rows)
        turned.append(aside)
        folios.append(folio)
        labels.append(first if first is not None and LABEL.match(first.text) else None)
    numbers = [int(found[1]) if row and (found := FOLIO.match(row.text)) else None for row in folios]
    front = next((index for index, row in enumerate(folios) if row is not None), 0)
    paper = Paper(reading, upright, turned, folios, numbers, labels, front)
    _find_parts(paper)
    return paper


def _find_parts(paper: Paper) -> None:
    """The title, the addressee, the paragraphs, the note and the signature of the body."""
    rows = [row for index in paper.body_pages() for row in paper.rows[index]]
    sizes = Counter(row.size for row in rows if row.face != "小标宋" and row.size > STANDARD.body - 1.5)
    usual = next(iter(sizes.most_common(1)), (STANDARD.body, 0))[0]
    paper.form = min((STANDARD, MEETING), key=lambda form: abs(form.body - usual))
    large = [row for row in rows if row.size > usual + 1.5 and row.page == paper.front]
    paper.title = large
    if large:
        rows = rows[rows.index(large[-1]) + 1 :]
    rows = [row for row in rows if abs(row.size - usual) < 1.5 and not _imprint(paper, row)]
    rows = _take_signature(paper, rows)
    note = next((index for index, row in enumerate(rows) if index and row.text.startswith("附件：")), None)
    if note is not None and paper.date is not None:
        paper.note, rows = rows[note:], rows[:note]
    for indented, group in groupby(rows, key=lambda row: not row.starts_at(LEFT)):
        for row in group:
            if not indented and not paper.paragraphs:
                paper.addressee.append(row)
            elif indented:
                paper.paragraphs.append([row])
            else:
                paper.paragraphs[-1].append(row)


def _take_signature(paper: Paper, rows: list[GlyphRow]) -> list[GlyphRow]:
    """Find the date, the names above it and the remark under it; the rows that are left."""
    dates = [index for index, row in enumerate(rows) if DATE.match(row.text) and index >= len(rows) - 3]
    if not dates or not dates[-1]:
        return rows
    last = dates[-1]
    paper.date, paper.remark = rows[last], rows[last + 1 :]
    pitch = paper.pitch_on(paper.date.page)
    first = last - 1
    while first > 0 and rows[first - 1].page == rows[first].page == paper.date.page:
        above = rows[first - 1]
        steps = round((rows[first].y - above.y) / pitch)
        if above.starts_at(LEFT) or not (steps == 1 or (steps == SEAL_ROWS and above.x0 - LEFT > NEAR)):
            break
        first -= 1
    paper.offices = rows[first:last]
    return rows[:first]


def _imprint(paper: Paper, row: GlyphRow) -> bool:
    """Whether a row is between the rules at the foot of its page."""
    rules = paper.imprint_rules(row.page)
    return bool(rules) and row.y > rules[0].y1


def is_heading(paragraph: list[GlyphRow]) -> str:
    """The level of a paragraph that is a heading (one to four), or nothing."""
    found = HEADING.match(paragraph[0].text)
    if not found:
        return ""
    level = found.lastgroup or ""
    if level in ("one", "two"):
        return level
    return level if paragraph[-1].text[-1] not in CLOSED else ""
