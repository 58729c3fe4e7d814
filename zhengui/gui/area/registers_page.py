"""基础信息: the registers that every area shares, as sheet tabs with tables like any other ledger."""

from __future__ import annotations

from zhengui.gui.area.page import AreaPage
from zhengui.gui.desk.desk import Desk


class RegistersPage(AreaPage):
    """All areas of the catalogue that hold registers."""

    scoped = True

    def __init__(self, desk: Desk) -> None:
        area = next(area for area in desk.catalogue.areas if area.kind == "registers")
        super().__init__(desk, area, with_figures=False)

    def heading(self) -> tuple[str, str]:
        return "基础信息", "各领域共用，一处登记，处处可选"

    def _page_key(self) -> str:
        return "registers"
