"""The rules of the parts: paper, faces in the file, title, addressee, attachment note, signature."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from zhengui.reports.inspect.paper import (
    BOTTOM,
    LEFT,
    NEAR,
    RIGHT,
    STANDARD,
    TOP,
    GlyphRow,
    Paper,
)
from zhengui.reports.inspect.verdict import Verdict, verdict

MIDDLE = (LEFT + RIGHT) / 2
STAND_IN = "〓"
CLOSING, OPENING = "，。、；：？！”’）》】〕〉」』］｝", "“‘（《【〔〈「『［｛"
SEAL = 42.0
"""The diameter of a seal, in millimetres."""


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
    yield _signed_page(paper)
    yield _remark(paper)
    yield _apart(paper)
    yield _first_page(paper)


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
        if row.face != "小标宋" or abs(row.size - paper.form.title) > 0.05
    ]
    if not paper.title:
        faults = ["没有找到标题"]
    size = f"小标宋 {paper.form.title:g} 磅"
    allowed = "小标宋 22 磅（2 号）" if paper.form is STANDARD else f"{size}（{paper.form.name}）"
    return verdict("标题字体字号", allowed, faults, size)


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
            gap = round((paper.addressee[0].y - paper.title[-1].y) / paper.form.pitch)
            if gap != 2:
                faults.append(f"{paper.addressee[0].place()}与标题隔 {gap - 1} 行")
    return verdict("主送机关", "标题下空一行，顶格，末尾用冒号", faults)


def _note(paper: Paper) -> Verdict:
    faults = []
    rows = paper.note
    if not rows:
        return verdict("附件说明", "正文下空一行，左空两字，末尾没有标点", [], "没有附件说明")
    if not rows[0].starts_at(LEFT + 2 * paper.form.cell):
        faults.append(f"{rows[0].place()}没有左空两字")
    body = paper.body_rows()
    if (
        body
        and body[-1].page == rows[0].page
        and round((rows[0].y - body[-1].y) / paper.pitch_on(rows[0].page)) != 2
    ):
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
    """Either form: without a seal the date is two cells right of the names' start; with one it is centred."""
    names, date, cell = paper.offices, paper.date, paper.form.cell
    allowed = "不盖章：右空两字，日期错两字；盖章：日期右空四字，署名居中"
    if not names or date is None:
        return verdict("署名", allowed, [], "没有署名")
    plain = _plain(paper, date)
    # Without a seal, too, a date may happen to end four cells from the right.
    if abs((RIGHT - date.x1) - 4 * cell) < NEAR + 0.2 and plain:
        return verdict("署名", allowed, list(_sealed(paper, date)), "盖章的形式")
    return verdict("署名", allowed, plain, "不盖章的形式")


def _plain(paper: Paper, date: GlyphRow) -> list[str]:
    """What is wrong with names and a date that are not sealed."""
    names, cell = paper.offices, paper.form.cell
    start, end = min(name.x0 for name in names), max(name.x1 for name in names)
    longer = date.x1 - date.x0 > end - start + 0.1
    faults = []
    pushed = abs(date.x1 - RIGHT) < NEAR
    if abs(date.x0 - start - 2 * cell) > NEAR and not pushed:
        faults.append(f"日期比署名右移 {(date.x0 - start) / cell:.1f} 字")
    last, edge = (date.text, date.x1) if longer else (names[-1].text, end)
    if abs(RIGHT - edge - 2 * cell) > NEAR + 0.2:
        faults.append(f"“{last[:8]}”右空 {(RIGHT - edge) / cell:.1f} 字")
    if abs(date.y - names[-1].y - paper.pitch_on(date.page)) > 0.1:
        faults.append("署名和日期不在相邻两行")
    return faults


def _sealed(paper: Paper, date: GlyphRow) -> Iterator[str]:
    """What is wrong with names that are sealed: the last over the date, pairs alike, no seal over another."""
    middle = (date.x0 + date.x1) / 2
    for above, row in pairwise([*paper.offices, date]):
        parts = above.parts(2 * paper.form.cell)
        aside = (parts[-1][0] + parts[-1][1]) / 2 - middle
        if len(parts) == 1 and abs(aside + 2 * middle - LEFT - RIGHT) < 0.5:
            continue  # a line of a name at the left whose neighbour has fewer lines
        if abs(aside) > 0.5 and abs(above.x1 - RIGHT) > 0.5 and abs(above.x0 - LEFT) > 0.5:
            yield f"署名偏离日期中心 {aside:+.1f} 毫米"
        if len(parts) == 2 and abs((parts[0][0] + parts[0][1]) / 2 - (LEFT + RIGHT - middle)) > 0.5:
            yield f"“{above.text[:8]}”左右两个署名不对称"
        apart = row.y - above.y
        if apart > 1.5 * paper.pitch_on(date.page) and apart < SEAL:
            yield f"“{above.text[:8]}”下面容不下印章"


def _signed_page(paper: Paper) -> Verdict:
    """7.3.5.5; a note of so many attachments that it fills a page can't have text beside it, nor a text of one line."""
    faults = []
    date = paper.date
    signed = date is not None and paper.offices and len(paper.note) < paper.form.rows - 6
    signed = signed and len(paper.body_rows()) != 1  # the first page shows it (7.3.3)
    if date is not None and signed:
        rows = paper.body_rows()
        shown = sum(row.page == date.page for row in rows)
        least = 2 if len(rows) > 3 else 1  # a shorter text has its other lines on the first page
        tabled = any(row.size < paper.form.body - 1.5 and row.y < date.y for row in paper.rows[date.page])
        if shown < least and not tabled:
            faults.append(f"第{date.page + 1}页{'只有一行正文' if shown else '没有正文'}")
    return verdict("署名页有正文", "署名所在的页至少有两行正文", faults)


def _remark(paper: Paper) -> Verdict:
    """7.3.6: the note stands in brackets on the row under the date, two cells in."""
    allowed = "成文日期下一行，左空两字，加圆括号"
    rows, date = paper.remark, paper.date
    if not rows or date is None:
        return verdict("附注", allowed, [], "没有附注")
    faults = []
    if not rows[0].text.startswith("（") or not rows[-1].text.endswith("）"):
        faults.append(f"{rows[0].place()}没有圆括号")
    if not rows[0].starts_at(LEFT + 2 * paper.form.cell):
        faults.append(f"{rows[0].place()}没有左空两字")
    if abs(rows[0].y - date.y - paper.pitch_on(date.page)) > 0.1:
        faults.append(f"{rows[0].place()}不在成文日期下一行")
    return verdict("附注", allowed, faults)


def _apart(paper: Paper) -> Verdict:
    """Nothing is printed on anything else: the next character of a row begins behind the middle of the one before."""
    faults = []
    for page in range(len(paper.sheets)):
        for row in [*paper.rows[page], *paper.turned[page]]:
            shown = [glyph for glyph in row.glyphs if not glyph.char.isspace()]
            for before, after in pairwise(shown):
                squeezed = before.char in CLOSING and after.char in OPENING
                wide = before.end - before.x
                if wide > 0 and after.x - before.x < 0.4 * wide and not squeezed:
                    faults.append(f"{row.place()}“{before.char}{after.char}”")
                    break
    return verdict("字不相叠", "同一行的字互不重叠", faults)


def _first_page(paper: Paper) -> Verdict:
    """7.3.3: whatever stands above it, the first page shows text."""
    rows = paper.body_rows()
    faults = [f"第{paper.front + 1}页没有正文"] if rows and rows[0].page != paper.front else []
    return verdict("首页有正文", "首页显示正文", faults)


def _date(paper: Paper) -> Verdict:
    date = paper.date
    faults = [date.text] if date is not None and ("年0" in date.text or "月0" in date.text) else []
    return verdict("成文日期", "年月日用数字，个位数前不加 0", faults, date.text if date else "没有日期")
