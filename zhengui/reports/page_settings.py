"""The variants of the page that offices use, with the standard as the default."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageSettings:
    """How the page is set: sizes are points, `cells` and `rows` span the type area of 156 by 225 mm.

    `bold_third` makes level-three headings bold; `red_head` prints the document's 红头 when it has one;
    `system_faces` prefers 方正小标宋, 仿宋_GB2312, 黑体 and 楷体_GB2312 where this computer has them.
    """

    size: float = 16.0
    title_size: float = 22.0
    cells: int = 28
    rows: int = 22
    bold_third: bool = False
    red_head: bool = False
    cover: bool = False
    contents: bool = False
    watermark: str = ""
    system_faces: bool = True


STANDARD = PageSettings()
MEETING = PageSettings(size=20.0, title_size=26.0, cells=22, rows=17)
"""For reading aloud: larger type, wider spacing."""
