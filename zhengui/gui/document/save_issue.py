"""Save an issue as it was issued: its pages as PDF or OFD, or its document for Word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from zhengui.gui.kit.waiting import run_waiting
from zhengui.services.issue.issue_document import issued_pages
from zhengui.services.issue.issued_files import issued_ofd, issued_word
from zhengui.services.township.township import Township
from zhengui.whole_file import write_whole

if TYPE_CHECKING:
    from zhengui.gui.desk.desk import Desk
    from zhengui.storage.writing.issues import Issue

KINDS = {"PDF": ".pdf", "Word": ".docx", "OFD": ".ofd"}
_MADE: dict[str, Callable[[Township, int], bytes]] = {
    "PDF": lambda township, issue: issued_pages(township, issue).pdf,
    "Word": issued_word,
    "OFD": issued_ofd,
}


def ask_where_and_save(desk: Desk, issue: Issue, kind: str, parent: QWidget) -> None:
    """Ask for a place and save the issue there."""
    suffix = KINDS[kind]
    name = str(desk.township.path.parent / f"{issue.title}（第{issue.number}稿）{suffix}")
    chosen, _ = QFileDialog.getSaveFileName(parent, f"保存 {kind}", name, f"{kind} 文件 (*{suffix})")
    if chosen:
        path = Path(chosen if chosen.lower().endswith(suffix) else f"{chosen}{suffix}")
        save_issue(desk, issue.id, kind, path, parent)


def save_issue(desk: Desk, issue: int, kind: str, path: Path, parent: QWidget) -> None:
    """Save an issue in the background; what is in the way is told in a sentence."""
    township = desk.township
    run_waiting(
        parent,
        desk.background,
        f"正在保存 {kind}",
        lambda _progress: write_whole(path, _MADE[kind](township, issue)),
        lambda _none: desk.offer_file(f"已保存 {kind}：{path}", path),
    )
