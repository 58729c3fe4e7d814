"""Print a timetable: ask where to keep it, lay it out in the background, offer to open it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.dialogs import tell
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.kit.waiting import run_waiting
from zhengui.reports.document import Document
from zhengui.services.paper.schedule_sheet import save_sheet
from zhengui.services.township.reading import Reading


def print_timetable(desk: Desk, host: QWidget, title: str, make: Callable[[Reading], Document]) -> None:
    """Ask for the file and write it."""
    name = f"{title[:20]}日程表.pdf"
    chosen, _kind = QFileDialog.getSaveFileName(host, "打印日程表", name, "PDF 文件 (*.pdf)")
    if chosen:
        save_timetable(desk, host, make, Path(chosen if chosen.lower().endswith(".pdf") else f"{chosen}.pdf"))


def save_timetable(desk: Desk, host: QWidget, make: Callable[[Reading], Document], path: Path) -> None:
    """Lay the timetable out to this file."""

    def work(_progress: object) -> int:
        with desk.township.reading() as reading:
            return save_sheet(reading, make(reading), path)

    run_waiting(
        host,
        desk.background,
        "正在排版",
        work,
        lambda pages: desk.offer_file(f"日程表已排好，{pages} 页：{path.name}", path),
        lambda error: tell(host, "没有排成", sentence(error)),
    )
