"""Sheets that are not one row for one record under a heading: villages in lines of their own, and shapes to be told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence

from zhengui.exchange.layout import title_of
from zhengui.exchange.match import bare_title, plain_title
from zhengui.exchange.problem import ExchangeProblem
from zhengui.exchange.reading_child import Cells, SheetLook

_NUMBERING = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]+[）)、.．])|[（(][^（()）]*[）)]$|[:：]$")
_MARKS = re.compile(r"[,，;；、|\t]")
_LIKE_A_VILLAGE = re.compile(r"(?:村|社区|居委会|村委会|居|组|队)$")
_FEWEST = 3


def villages_over_rows(
    rows: Sequence[tuple[int, Cells]], found: Callable[[str], Collection[str]]
) -> dict[int, str]:
    """The rows with nothing in them but a village's name, which stands over those that follow: 白沙村, 一、白沙村（12户）.

    `found` gives the names of the villages that a text can mean. Where one such row is there, a text alone in its row
    that looks like a village and is none that is known has an empty name: what follows is not of the village before.
    Empty where no known village stands so.
    """
    lines: dict[int, str] = {}
    for number, cells in rows:
        filled = [cell for cell in cells if cell not in ("", None)]
        if len(filled) != 1 or not isinstance(filled[0], str):
            continue
        text = "".join(filled[0].split())
        bare = _NUMBERING.sub("", _NUMBERING.sub("", text))
        names = found(text) or found(bare)
        if len(names) == 1:
            lines[number] = next(iter(names))
        elif names or _LIKE_A_VILLAGE.search(bare):
            lines[number] = ""
    return lines if any(lines.values()) else {}


def refuse_other_shapes(look: SheetLook, titles: Collection[str]) -> None:
    """Say what to do with a sheet that lies on its side or has everything in one column; raises ExchangeProblem."""
    wanted = {plain_title(title) for title in titles} | {bare_title(title) for title in titles}
    if look.fit < _FEWEST:
        down = {
            plain_title(title_of(cells[0])) for _n, cells in look.rows if cells and cells[0] not in ("", None)
        }
        if len(down & wanted) >= max(_FEWEST, look.fit + 2):
            raise ExchangeProblem(
                f"工作表“{look.name}”是横着排的：栏目写在左边一列，一列是一条记录。请在 Excel 或 WPS 中全选、复制，"
                "到新的工作表里用“选择性粘贴”的“转置”粘贴，再导入。"
            )
    filled = [title for title in look.heading.titles if title]
    if len(filled) == 1:
        parts = {plain_title(part) for part in _MARKS.split(filled[0])}
        if len(parts & wanted) >= _FEWEST:
            raise ExchangeProblem(
                f"工作表“{look.name}”的内容都挤在一列里。请在 Excel 或 WPS 中选中这一列，用“数据”里的“分列”分开，再导入。"
            )


def repeated_titles(look: SheetLook) -> str:
    """In a sentence which titles stand more than once, of which the left column alone is read; empty where none do."""
    counts = Counter(title for title in look.heading.titles if title)
    twice = [title for title, count in counts.items() if count > 1]
    if not twice:
        return ""
    if len(twice) == 1:
        return f"“{twice[0]}”不止一列，只读了左边的。请核对右边的要不要。"
    named = "”“".join(twice[:4]) + ("”等" if len(twice) > 4 else "”")
    return (
        f"“{named} {len(twice)} 个标题不止一列，只读了左边的。"
        "两张表左右并排的，请把右边的移到左边的下面，再导入。"
    )
