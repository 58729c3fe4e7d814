"""The rules of the parts: paper, title, addressee, note, signature, page numbers, attachments, imprint."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from zhengui.reports.inspect.ink import Stroke
from zhengui.reports.inspect.paper import (
    BODY,
    BOTTOM,
    CELL,
    FOLIO,
    LEFT,
    NEAR,
    PITCH,
    RIGHT,
    TOP,
    Paper,
    Row,
    face_of,
)
from zhengui.reports.inspect.verdict import Verdict, verdict

MIDDLE = (LEFT + RIGHT) / 2
FOLIO_SIZE = 14.0
FOLIO_BASELINE = (268.4, 271.4)
"""The dash stands at 269.0 mm; where the baseline is under it depends on the face."""
STAND_IN = "〓"


def rules(paper: Paper) -> Iterator[Verdict]:
    """Every rule of the parts."""
    yield _paper(paper)
    yield _type_area(paper)
    yield verdict("字体嵌入", "全部嵌入", sorted(paper.reading.loose_fonts), "全部嵌入")
    yield _readable(paper)
    yield verdict(
        "文件标题", "写在文件属性里", [] if paper.reading.title.strip() else ["没有标题"], paper.reading.title
    )
    yield _title_face(paper)
    yield _title_centred(paper)
    yield _title_shape(paper)
    yield _addressee(paper)
    yield _note(paper)
    yield _signature(paper)
    yield _date(paper)
    yield _folio_form(paper)
    yield _folio_order(paper)
    yield _folio_place(paper)
    yield _labels(paper)
    yield _label_titles(paper)
    yield _turned(paper)
    yield _imprint_rules(paper)
    yield _imprint_page(paper)


def _paper(paper: Paper) -> Verdict:
    faults = [
        f"第{sheet.index + 1}页 {sheet.width:.1f}×{sheet.height:.1f}"
        for sheet in paper.sheets
        if abs(sheet.width - 210) > 0.5 or abs(sheet.height - 297) > 0.5
    ]
    return verdict("纸张", "210×297 毫米", faults, "210×297 毫米")


def _type_area(paper: Paper) -> Verdict:
    faults = []
    for page in range(len(paper.sheets)):
        for row in [*paper.rows[page], *paper.turned[page]]:
            turned = row.glyphs[0].turned
            right, bottom = (LEFT + BOTTOM - TOP, TOP + RIGHT - LEFT) if turned else (RIGHT, BOTTOM)
            high = row.size * 0.88 * 25.4 / 72
            if (
                row.x0 < LEFT - NEAR
                or row.x1 > right + NEAR + 0.1
                or row.y - high < TOP - 1
                or row.y > bottom + 0.3
            ):
                faults.append(row.place())
    return verdict("版心", "156×225 毫米，左 28、上 37 毫米", faults, "156×225 毫米")


def _readable(paper: Paper) -> Verdict:
    faults = []
    for sheet in paper.sheets:
        for glyph in sheet.glyphs:
            if glyph.char in ("\ufffd", "\0", STAND_IN) or 0xE000 <= ord(glyph.char) < 0xF900:
                faults.append(f"第{sheet.index + 1}页 {glyph.x:.0f}、{glyph.y:.0f} 毫米处")
    return verdict("没有空框", "每个字都印得出、复制得出", faults)


def _title_face(paper: Paper) -> Verdict:
    faults = [
        f"{row.place()}{row.face} {row.size:g}磅"
        for row in paper.title
        if row.face != "小标宋" or abs(row.size - 22) > 0.05
    ]
    if not paper.title:
        faults = ["没有找到标题"]
    return verdict("标题字体字号", "小标宋 22 磅（2 号）", faults, "小标宋 22 磅")


def _title_centred(paper: Paper) -> Verdict:
    faults = [
        f"{row.place()}偏 {(row.x0 + row.x1) / 2 - MIDDLE:+.2f} 毫米"
        for row in paper.title
        if abs((row.x0 + row.x1) / 2 - MIDDLE) > 0.5
    ]
    return verdict("标题居中", "偏差不过 0.5 毫米", faults)


def _title_shape(paper: Paper) -> Verdict:
    """Lines widen, narrow, or widen and then narrow; an hourglass is the fault."""
    widths = [row.x1 - row.x0 for row in paper.title]
    narrowing = False
    for before, after in pairwise(widths):
        if narrowing and after > before + 1:
            return verdict("标题形状", "梯形或菱形", ["中间窄、两头宽"])
        narrowing = narrowing or after < before - 1
    return verdict("标题形状", "梯形或菱形", [], f"{len(widths)} 行")


def _addressee(paper: Paper) -> Verdict:
    faults = []
    if paper.addressee:
        if not paper.addressee[-1].text.endswith("："):
            faults.append(f"{paper.addressee[-1].place()}末尾没有冒号")
        if paper.title:
            gap = round((paper.addressee[0].y - paper.title[-1].y) / PITCH)
            if gap != 2:
                faults.append(f"{paper.addressee[0].place()}与标题隔 {gap - 1} 行")
    return verdict("主送机关", "标题下空一行，顶格，末尾用冒号", faults)


def _note(paper: Paper) -> Verdict:
    faults = []
    rows = paper.note
    if not rows:
        return verdict("附件说明", "正文下空一行，左空两字，末尾没有标点", [], "没有附件说明")
    if not rows[0].starts_at(LEFT + 2 * CELL):
        faults.append(f"{rows[0].place()}没有左空两字")
    body = paper.body_rows()
    if body and body[-1].page == rows[0].page and round((rows[0].y - body[-1].y) / PITCH) != 2:
        faults.append(f"{rows[0].place()}与正文之间不是空一行")
    for row in rows:
        if row.text[-1] in "。；;.，":
            faults.append(f"{row.place()}末尾有标点")
    number = rows[0].glyphs[3:]
    if number and number[0].char == "1":
        place = number[0].x
        faults += [
            f"{row.place()}没有与上面对齐"
            for row in rows[1:]
            if row.glyphs[0].char.isdigit() and not row.starts_at(place)
        ]
    return verdict("附件说明", "正文下空一行，左空两字，末尾没有标点", faults)


def _signature(paper: Paper) -> Verdict:
    """Either form: without a seal the date is two cells right of the name's start; with one it is centred."""
    name, date = paper.office, paper.date
    allowed = "不盖章：右空两字，日期错两字；盖章：日期右空四字，署名居中"
    if name is None or date is None:
        return verdict("署名", allowed, [], "没有署名")
    if abs((RIGHT - date.x1) - 4 * CELL) < NEAR + 0.2:
        aside = (name.x0 + name.x1) / 2 - (date.x0 + date.x1) / 2
        centred = abs(aside) < 0.5 or abs(name.x1 - RIGHT) < 0.5
        faults = [] if centred else [f"署名偏离日期中心 {aside:+.1f} 毫米"]
        return verdict("署名", allowed, faults, "盖章的形式")
    longer = date.x1 - date.x0 > name.x1 - name.x0 + 0.1
    faults = []
    if abs(date.x0 - name.x0 - 2 * CELL) > NEAR:
        faults.append(f"日期比署名右移 {(date.x0 - name.x0) / CELL:.1f} 字")
    last = date if longer else name
    if abs(RIGHT - last.x1 - 2 * CELL) > NEAR + 0.2:
        faults.append(f"“{last.text[:8]}”右空 {(RIGHT - last.x1) / CELL:.1f} 字")
    if abs(date.y - name.y - PITCH) > 0.1:
        faults.append("署名和日期不在相邻两行")
    above = [row for row in [*paper.body_rows(), *paper.note] if row.page == name.page]
    if not above:
        faults.append("署名所在的页没有正文")
    return verdict("署名", allowed, faults, "不盖章的形式")


def _date(paper: Paper) -> Verdict:
    date = paper.date
    faults = [date.text] if date is not None and ("年0" in date.text or "月0" in date.text) else []
    return verdict("成文日期", "年月日用数字，个位数前不加 0", faults, date.text if date else "没有日期")


def _numbered(paper: Paper) -> list[tuple[int, Row]]:
    return [(index, row) for index, row in enumerate(paper.folios) if row is not None]


def _folio_form(paper: Paper) -> Verdict:
    faults = []
    for index, row in _numbered(paper):
        if not FOLIO.match(row.text) or any(abs(glyph.size - FOLIO_SIZE) > 0.05 for glyph in row.glyphs):
            faults.append(f"第{index + 1}页“{row.text}”{row.size:g}磅")
        elif any(face_of(glyph.font) != "宋体" for glyph in row.glyphs):
            faults.append(f"第{index + 1}页不是宋体")
    for index in paper.body_pages():
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
        if abs(row.y - (TOP + 0.88 * BODY * 25.4 / 72)) > 1:
            faults.append(f"第{index + 1}页“{row.text}”不在第一行")
        if row.face != "黑体" or abs(row.size - BODY) > 0.05:
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
        if abs(off) > 0.5 or round((title.y - label.y) / PITCH) != 2:
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


def _long_rules(paper: Paper, page: int) -> list[Stroke]:
    """The rules of an imprint: as long as the type area is wide, at its foot."""
    strokes = [
        stroke
        for stroke in paper.sheets[page].strokes
        if abs(stroke.y1 - stroke.y2) < 0.01 and stroke.x2 - stroke.x1 > 100 and stroke.y1 > BOTTOM - 80
    ]
    upright = any(abs(stroke.x1 - stroke.x2) < 0.01 for stroke in paper.sheets[page].strokes)
    if upright or not any("印发" in row.text for row in paper.rows[page] if row.y > BOTTOM - 20):
        return []
    return sorted(strokes, key=lambda stroke: stroke.y1)


def _imprint_rules(paper: Paper) -> Verdict:
    faults = []
    allowed = "首末线 0.35、中间线 0.25 毫米，长 156 毫米，末线在版心下边"
    found = False
    for page in range(len(paper.sheets)):
        strokes = _long_rules(paper, page)
        for order, stroke in enumerate(strokes):
            found = True
            thick = 0.35 if order in (0, len(strokes) - 1) else 0.25
            if abs(stroke.thickness - thick) > 0.03:
                faults.append(f"第{page + 1}页第{order + 1}条线粗 {stroke.thickness:.2f} 毫米")
            if abs(stroke.x1 - LEFT) > NEAR or abs(stroke.x2 - RIGHT) > NEAR:
                faults.append(f"第{page + 1}页第{order + 1}条线长 {stroke.x2 - stroke.x1:.1f} 毫米")
        if strokes and abs(strokes[-1].y1 - BOTTOM) > 0.3:
            faults.append(f"第{page + 1}页末线在 {strokes[-1].y1:.1f} 毫米")
    return verdict("版记的线", allowed, faults, "符合" if found else "没有版记")


def _imprint_page(paper: Paper) -> Verdict:
    pages = [page for page in range(len(paper.sheets)) if _long_rules(paper, page)]
    faults = []
    for page in pages:
        if page != len(paper.sheets) - 1 or (page - paper.front) % 2 == 0:
            faults.append(f"在第{page - paper.front + 1}面")
    return verdict("版记的位置", "最后一面，双数页", faults, "最后一面" if pages else "没有版记")
