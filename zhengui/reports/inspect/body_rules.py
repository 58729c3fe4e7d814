"""The rules of the lines: places, sizes, faces, starts and ends, the grid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from zhengui.reports.inspect.ink import MM
from zhengui.reports.inspect.paper import (
    BOTTOM,
    LEFT,
    LEVELS,
    NEAR,
    RIGHT,
    STANDARD,
    Form,
    GlyphRow,
    Paper,
    face_of,
    is_heading,
)
from zhengui.reports.inspect.verdict import Verdict, verdict

NO_START = "，。、；：？！”’）》】…—·％"
NO_END = "“‘（《【"
PITCH_ROOM = 0.15 / MM
LEAD_ROWS = 2
"""So many lines at most that lead to a table go to the next page with it."""
FREE_ROWS = 12
"""A short document leaves so many rows free at most where its last lines go with the signature, or as many as these take."""
CLOSING, OPENING = "，。、；：！？”’）》】〕〉」』］｝", "“‘（《【〔〈「『［｛"
LOOSEST = 0.25
"""How far characters may be moved apart to fill a line of 28 cells, as a part of their size; in a shorter line further."""
HAIR, CLOSEST = 0.02, 0.055
"""How much closer than its cell a character may stand, and where all marks have given what they can, in ems."""
_DIGIT_END = re.compile(r"\d[.,]?$")
_DIGIT_START = re.compile(r"^[\d.,]*[\d%％‰]")
_DIGITS_BEFORE, _DIGITS_AFTER = re.compile(r"[\d.,]*$"), re.compile(r"^[\d.,Xx%％‰]*")
_DATE = re.compile(r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?|\d{4}年")
_HANZI = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")


def rules(paper: Paper) -> Iterator[Verdict]:
    """Every rule of the lines."""
    rows = paper.body_rows()
    yield _sizes(paper)
    yield _faces(paper)
    yield _latin(paper)
    yield _indents(paper)
    yield _full_lines(paper)
    yield _cells(paper)
    yield _pitch(paper)
    yield _full_pages(paper)
    yield verdict(
        "行首标点",
        "行首没有句号、逗号、后引号、后括号这类标点",
        [row.place() for row in rows if row.text[0] in NO_START],
    )
    yield verdict(
        "行末标点", "行末没有前引号、前括号这类标点", [row.place() for row in rows if row.text[-1] in NO_END]
    )
    yield verdict(
        "数字不断行",
        "一个数字和它的单位符号在同一行",
        [
            before.place()
            for before, after in _turns(paper)
            if _DIGIT_END.search(before.text)
            and _DIGIT_START.match(after.text)
            and not _grouped(before, after)
        ],
    )
    yield _cut_dates(paper)
    yield _slack(paper)
    yield _short_ends(paper)
    yield _heading_faces(paper)
    yield _last_headings(paper)


def _turns(paper: Paper) -> Iterator[tuple[GlyphRow, GlyphRow]]:
    """Each full line with the line that goes on with it."""
    for paragraph in [paper.addressee, *paper.paragraphs]:
        yield from pairwise(paragraph)


def _sizes(paper: Paper) -> Verdict:
    faults = [
        f"{row.place()}{glyph.size:g}磅"
        for row in paper.body_rows()
        for glyph in row.glyphs
        if abs(glyph.size - paper.form.body) > 0.05
    ]
    size = f"{paper.form.body:g} 磅"
    allowed = "16 磅（3 号）" if paper.form is STANDARD else f"{size}（{paper.form.name}）"
    return verdict("正文字号", allowed, list(dict.fromkeys(faults)), size)


def _faces(paper: Paper) -> Verdict:
    faults = [
        f"{row.place()}{row.face}"
        for paragraph in paper.paragraphs
        if not is_heading(paragraph)
        for row in paragraph
        if row.face not in ("仿宋", "")
    ]
    return verdict("正文字体", "仿宋", faults, "仿宋")


def _latin(paper: Paper) -> Verdict:
    faults = [
        row.place()
        for page in paper.rows[paper.front :]
        for row in page
        if any(
            glyph.char.isascii()
            and glyph.char.isalnum()
            and face_of(glyph.font) not in _latin_faces(row, paper.form)
            for glyph in row.glyphs
        )
    ]
    allowed = "Times 一类的西文字体；黑体和小标宋的标题里与汉字一样粗"
    return verdict("数字和字母的字体", allowed, faults, "西文字体")


def _latin_faces(row: GlyphRow, form: Form) -> tuple[str, ...]:
    """Beside a heavy face stand its own digits; a row of a table has both."""
    if row.size < form.body - 0.5:
        return "西文", "黑体", "宋体"
    return (row.face,) if row.face in ("黑体", "小标宋") else ("西文",)


def _indents(paper: Paper) -> Verdict:
    cell = paper.form.cell
    faults = [
        f"{first.place()}左空{(first.x0 - LEFT) / cell:.1f}字"
        for first, *_ in paper.paragraphs
        if not first.starts_at(LEFT + 2 * cell)
    ]
    start = f"{LEFT + 2 * cell:.2f}"
    return verdict("段首空两字", f"{start} ± 0.3 毫米", faults, f"{start} 毫米")


def _full_lines(paper: Paper) -> Verdict:
    """A line that goes on in the next one fills the measure, unless nothing in it can be moved apart."""
    faults = []
    for row, _ in _turns(paper):
        if abs(row.x1 - RIGHT) > NEAR and len(re.findall(r"[!-~]+|[^!-~]", row.text)) > 1:
            faults.append(f"{row.place()}止于 {row.x1:.2f} 毫米")
    return verdict("行末对齐", "184 ± 0.3 毫米", faults, "184 毫米")


def _grouped(before: GlyphRow, after: GlyphRow) -> bool:
    """Whether an account, telephone or identity number (no value) is parted between two of its groups."""
    found = _DIGITS_BEFORE.search(before.text), _DIGITS_AFTER.match(after.text)
    left, right = (one[0] if one else "" for one in found)
    if re.search(r"[A-Za-z_/@?=:-][!-~]*$", before.text):  # an address is no number
        return True
    groups = {11: (3, 7), 15: (6, 12), 18: (6, 14)}.get(len(left + right))
    whole = len(left + right) >= 11 and not re.search("[.,%％‰]", left + right)
    return whole and (len(left) in groups if groups else len(left) % 4 == 0)


def _cut_dates(paper: Paper) -> Verdict:
    faults = []
    for before, after in _turns(paper):
        words, cut = before.text[-12:] + after.text[:12], len(before.text[-12:])
        short = paper.form is not STANDARD and words[cut - 1] == "年"  # a short line may end after the year
        if not (short or _needs_year(before, paper.form)) and any(
            found.start() < cut < found.end() for found in _DATE.finditer(words)
        ):
            faults.append(before.place())
    return verdict("日期不断行", "年、月、日在同一行（能避免时）", faults)


def _needs_year(row: GlyphRow, form: Form) -> bool:
    """Whether a line that ends after the year of a date would be too loose without it."""
    found = re.search(r"\d{4}年$", row.text)
    kept = row.glyphs[: -len(found[0])] if found else []
    wide = sum(glyph.end - glyph.x if glyph.char.isascii() else form.cell for glyph in kept)
    places = len(re.findall(r"[!-~]+|[^!-~]", "".join(glyph.char for glyph in kept))) - 1
    return places > 0 and (RIGHT - row.x0 - wide) / places > LOOSEST * form.em


def _steps(row: GlyphRow, em: float) -> Iterator[tuple[str, str, float]]:
    """Each two neighbours of which the first is no part of a number or a word, and how far their origins are apart."""
    for before, after in pairwise(row.glyphs):
        if not before.char.isascii() and not before.char.isspace() and before.end - before.x > 0.9 * em:
            yield before.char, after.char, after.x - before.x


def _slack(paper: Paper) -> Verdict:
    """Marks may be narrower, never characters; what a line lacks is spread over all its gaps."""
    worst, faults, form = 0.0, [], paper.form
    loosest = LOOSEST * STANDARD.cells / form.cells
    for row, _ in _turns(paper):
        gaps = [
            (step - form.cell) / form.em
            for before, after, step in _steps(row, form.em)
            if before not in CLOSING and after not in OPENING
        ]
        widest = max(gaps, default=0.0)
        worst = max(worst, widest)
        if widest > loosest + 0.005:
            faults.append(f"{row.place()}字距 {widest:.2f} 字")
    return verdict("字间松紧", f"排满一行时，字间最多加 {loosest:.2f} 字", faults, f"最多 {worst:.3f} 字")


def _cells(paper: Paper) -> Verdict:
    """No mark is narrower than half a cell, no character than its cell but for a hair; so a line has 28 cells.

    Where every mark of a full line has given its half, characters may stand a little closer still.
    """
    faults = []
    most, form = 0, paper.form
    half = form.em / 2
    for row, _ in _turns(paper):
        room = [
            (step - form.cell, half * (before in CLOSING) + half * (after in OPENING))
            for before, after, step in _steps(row, form.em)
        ]
        squeezed = all(over < -0.55 * given for over, given in room if given)
        full = abs(row.x1 - RIGHT) <= NEAR
        closest = (CLOSEST if squeezed and full else HAIR) * form.em
        if any(over < -given - closest for over, given in room):
            faults.append(f"{row.place()}{len(row.text)}字")
        elif not re.search("[!-~]", row.text):
            most = max(most, len(row.text) + round((row.x0 - LEFT) / form.cell))
    return verdict(
        f"每行{form.cells}字",
        f"整行 {form.cells} 格，每字 {form.cell:.2f} 毫米，标点不小于半格",
        faults,
        f"最多 {most} 字" if most else "没有全是汉字的整行",
    )


def _pitch(paper: Paper) -> Verdict:
    faults = []
    for page in dict.fromkeys(row.page for row in paper.body_rows()):
        pitch = paper.pitch_on(page)
        for before, after in pairwise(row for row in paper.body_rows() if row.page == page):
            apart = after.y - before.y
            steps = round(apart / pitch)
            if steps == 0 or abs(apart - steps * pitch) > PITCH_ROOM:
                faults.append(f"{after.place()}行距 {apart * MM:.2f} 磅")
    usual = f"{paper.form.pitch * MM:.2f}"
    allowed = f"{usual} ± 0.15 磅；为使署名与正文同页，最后几页可以调整，一页之内一致"
    return verdict("行距", allowed, faults, f"{usual} 磅")


def _full_pages(paper: Paper) -> Verdict:
    """A page is full to its last row unless a heading, a figure, what leads to one, or the signature moved on."""
    pages = paper.body_pages()
    faults, form = [], paper.form
    rows = paper.body_rows()
    heads = {id(paragraph[0]) for paragraph in paper.paragraphs if is_heading(paragraph)}
    for page in pages[:-1]:
        own = [row for row in rows if row.page == page]
        following = next((row for row in rows if row.page > page), None)
        if not own or following is None or id(following) in heads or _figures(paper, page, own[-1].y):
            continue
        if _figures(paper, following.page, 0.0) and _figures(paper, following.page, 0.0) < following.y:
            continue
        if _leads(paper, following):
            continue
        free = round((form.first_baseline + form.pitch * (form.rows - 1) - own[-1].y) / paper.pitch_on(page))
        allowed = 0
        if paper.date is not None and paper.date.page == following.page:
            allowed = max(FREE_ROWS, round((paper.date.y - following.y) / paper.pitch_on(following.page)))
        if free < 0 or free > allowed:
            faults.append(f"第{page + 1}页空 {free} 行")
    return verdict(f"每页{form.rows}行", f"整页 {form.rows} 行", faults, f"{form.rows} 行")


def _leads(paper: Paper, first: GlyphRow) -> bool:
    """Whether a page begins with a few words that lead to a table or a chart under them."""
    paragraph = next((own for own in paper.paragraphs if own[0] is first), [])
    if not 0 < len(paragraph) <= LEAD_ROWS:
        return False
    ended = paragraph[-1].y
    under = min(
        (row.y for row in paper.body_rows() if row.page == first.page and row.y > ended + 1), default=BOTTOM
    )
    return any(ended < row.y < under and row.size < paper.form.body - 2 for row in paper.rows[first.page])


def _figures(paper: Paper, page: int, under: float) -> float:
    """The height of a table, picture or chart on a page that is under a place, or 0."""
    sheet = paper.sheets[page]
    tops = [stroke.y1 for stroke in sheet.strokes] + [box[1] for box in sheet.boxes]
    tops += [row.y for row in paper.rows[page] if row.size < paper.form.body - 2]
    return max((top for top in tops if under < top < BOTTOM), default=0.0)


def _short_ends(paper: Paper) -> Verdict:
    faults = []
    for paragraph in paper.paragraphs:
        if len(paragraph) < 2 or sum(char.isalnum() for char in paragraph[-1].text) > 2:
            continue
        above = paragraph[-2].text
        if len(above) > 4 and all(_HANZI.match(char) for char in above[-3:]):
            faults.append(paragraph[-1].place())
    return verdict("末行不留一两个字", "段落末行除标点外不少于 3 个字（能避免时）", faults)


def _heading_faces(paper: Paper) -> Verdict:
    faults = []
    for paragraph in paper.paragraphs:
        level = is_heading(paragraph)
        if level and paragraph[0].face not in (LEVELS[level], ""):
            faults.append(f"{paragraph[0].place()}{paragraph[0].face}")
    return verdict("层次标题的字体", "一、黑体，（一）楷体，1.和（1）仿宋", faults)


def _last_headings(paper: Paper) -> Verdict:
    faults = []
    for paragraph, following in zip(paper.paragraphs, paper.paragraphs[1:], strict=False):
        last = paragraph[-1]
        if (
            is_heading(paragraph)
            and following[0].page != last.page
            and not _figures(paper, last.page, last.y)
        ):
            faults.append(last.place())
    return verdict("小标题不在页末", "小标题后面至少跟一行正文", faults)
