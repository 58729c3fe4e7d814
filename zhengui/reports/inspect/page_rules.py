"""The rules of the pages: page numbers, attachments, turned tables, the imprint."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from zhengui.reports.inspect.paper import (
    BOTTOM,
    CELL,
    FOLIO,
    LEFT,
    NEAR,
    RIGHT,
    TOP,
    GlyphRow,
    Paper,
    face_of,
)
from zhengui.reports.inspect.verdict import Verdict, verdict

MIDDLE = (LEFT + RIGHT) / 2
FOLIO_SIZE = IMPRINT = 14.0
FOLIO_BASELINE = (268.4, 271.4)
"""The dash stands at 269.0 mm; where the baseline is under it depends on the face."""


def rules(paper: Paper) -> Iterator[Verdict]:
    """Every rule of the pages."""
    yield _folio_form(paper)
    yield _folio_order(paper)
    yield _folio_place(paper)
    yield _labels(paper)
    yield _label_titles(paper)
    yield _turned(paper)
    yield _imprint_rules(paper)
    yield _imprint_page(paper)
    yield _front(paper)
    yield _totals(paper)


def _numbered(paper: Paper) -> list[tuple[int, GlyphRow]]:
    return [(index, row) for index, row in enumerate(paper.folios) if row is not None]


def _folio_form(paper: Paper) -> Verdict:
    faults = []
    for index, row in _numbered(paper):
        if not FOLIO.match(row.text) or any(abs(glyph.size - FOLIO_SIZE) > 0.05 for glyph in row.glyphs):
            faults.append(f"第{index + 1}页“{row.text}”{row.size:g}磅")
        elif any(face_of(glyph.font) != "宋体" for glyph in row.glyphs):
            faults.append(f"第{index + 1}页不是宋体")
    last = max((index for index, row in enumerate(paper.folios) if row is not None), default=0)
    for index in range(paper.front, last):
        if paper.folios[index] is None:
            faults.append(f"第{index + 1}页没有页码")
    return verdict("页码样式", "“— 1 —”，宋体 14 磅（4 号）", faults)


def _folio_order(paper: Paper) -> Verdict:
    numbers = [number for number in paper.numbers if number is not None]
    faults = [f"{number} 后面是 {after}" for number, after in pairwise(numbers) if after != number + 1]
    if numbers and numbers[0] != 1:
        faults.append(f"从 {numbers[0]} 开始")
    return verdict(
        "页码连续", "从 1 起，附件接着编", faults, f"1 至 {numbers[-1]}" if numbers else "没有页码"
    )


def _folio_place(paper: Paper) -> Verdict:
    faults = []
    for index, row in _numbered(paper):
        number = paper.numbers[index]
        off = RIGHT - CELL - row.x1 if number and number % 2 else row.x0 - LEFT - CELL
        if number and (abs(off) > 0.5 or not FOLIO_BASELINE[0] <= row.y <= FOLIO_BASELINE[1]):
            faults.append(f"第{index + 1}页")
    return verdict("页码位置", "版心下 7 毫米，单页右空一字，双页左空一字", faults)


def _labels(paper: Paper) -> Verdict:
    faults = []
    for index, row in enumerate(paper.labels):
        if row is None:
            continue
        if not row.starts_at(LEFT):
            faults.append(f"第{index + 1}页“{row.text}”没有顶格")
        if abs(row.y - paper.form.first_baseline) > 1:
            faults.append(f"第{index + 1}页“{row.text}”不在第一行")
        if row.face != "黑体" or abs(row.size - paper.form.body) > 0.05:
            faults.append(f"第{index + 1}页“{row.text}”{row.face} {row.size:g}磅")
    said = sum(1 for row in paper.note if row.text.lstrip("附件：")[:1].isdigit()) or int(bool(paper.note))
    found = sum(1 for row in paper.labels if row is not None)
    if paper.note and said != found:
        faults.append(f"附件说明有 {said} 个附件，另起一页的有 {found} 个")
    return verdict("附件另面编排", "每个附件另起一页，“附件1”黑体顶格在第一行", faults, f"{found} 个附件")


def _label_titles(paper: Paper) -> Verdict:
    faults = []
    for index, label in enumerate(paper.labels):
        if label is None:
            continue
        turned = label.glyphs[0].turned
        rows = paper.turned[index] if turned else paper.rows[index]
        if len(rows) < 2:
            faults.append(f"第{index + 1}页没有附件标题")
            continue
        title = rows[1]
        middle = LEFT + (BOTTOM - TOP) / 2 if turned else MIDDLE
        off = (title.x0 + title.x1) / 2 - middle
        if abs(off) > 0.5 or round((title.y - label.y) / paper.form.pitch) != 2:
            faults.append(title.place())
    return verdict("附件标题", "居中，在第三行", faults)


def _turned(paper: Paper) -> Verdict:
    """The head of a turned table is at the left: its lines run upwards."""
    faults = []
    for sheet in paper.sheets:
        turned = [glyph for glyph in sheet.glyphs if glyph.turned and glyph.black]
        if turned and sum(1 for glyph in turned if glyph.end < glyph.y) * 2 < len(turned):
            faults.append(f"第{sheet.index + 1}页")
    return verdict("横排表格", "纸张竖放，表头在左边", faults)


def _imprint_rules(paper: Paper) -> Verdict:
    faults = []
    allowed = "首末线 0.35、中间线 0.25 毫米，长 156 毫米，末线在版心下边"
    found = False
    for page in range(len(paper.sheets)):
        strokes = paper.imprint_rules(page)
        for order, stroke in enumerate(strokes):
            found = True
            begins = order == 0 and not _goes_on(paper, page)
            thick = 0.35 if begins or order == len(strokes) - 1 else 0.25
            if abs(stroke.thickness - thick) > 0.03:
                faults.append(f"第{page + 1}页第{order + 1}条线粗 {stroke.thickness:.2f} 毫米")
            if abs(stroke.x1 - LEFT) > NEAR or abs(stroke.x2 - RIGHT) > NEAR:
                faults.append(f"第{page + 1}页第{order + 1}条线长 {stroke.x2 - stroke.x1:.1f} 毫米")
        if strokes and abs(strokes[-1].y1 - BOTTOM) > 0.3:
            faults.append(f"第{page + 1}页末线在 {strokes[-1].y1:.1f} 毫米")
    return verdict("版记的线", allowed, faults, "符合" if found else "没有版记")


def _imprint_page(paper: Paper) -> Verdict:
    pages = [page for page in range(len(paper.sheets)) if paper.imprint_rules(page)]
    faults = []
    for page in pages:
        if page != len(paper.sheets) - 1 or (page - paper.front) % 2 == 0:
            faults.append(f"在第{page - paper.front + 1}面")
    return verdict("版记的位置", "最后一面，双数页", faults, "最后一面" if pages else "没有版记")


def _totals(paper: Paper) -> Verdict:
    """A page does not begin with the total of a table under a repeated header."""
    faults = []
    for page in range(len(paper.sheets)):
        rows = paper.turned[page] or paper.rows[page]
        total = next((row for row in rows if row.text.startswith(("合计", "总计"))), None)
        if total is None or paper.labels[page] is not None:
            continue
        above = [row for row in rows if row.y < total.y - 1]
        if above and all(row.face in ("黑体", "") for row in above):
            faults.append(total.place())
    return verdict("合计不单独成页", "合计与至少一行数据在同一页", faults)


def _goes_on(paper: Paper, page: int) -> bool:
    """Whether an imprint began on the page before, which its text then fills to the foot."""
    before = paper.rows[page - 1] if page else []
    return any(abs(row.size - IMPRINT) < 0.3 and row.y > BOTTOM - 12 for row in before)


def _front(paper: Paper) -> Verdict:
    """7.5: page 1 is a right-hand page, so cover and contents fill whole sheets."""
    faults = [f"正文前有 {paper.front} 面"] if paper.front % 2 else []
    return verdict("第1页在正面", "封面和目录合计为双数面", faults, f"正文前 {paper.front} 面")
