"""Make the demo township in the background and open it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from zhengui.gui.kit.background import Background, JobProgress
from zhengui.gui.kit.waiting import run_waiting
from zhengui.paths import user_folder


def make_demo_with_progress(parent: QWidget, background: Background, opened: Callable[[Path], None]) -> None:
    """Open the demo that is there, or make one first."""
    folder = user_folder() / "演示"
    existing = sorted(folder.glob("*.zgdb"))
    if existing:
        opened(existing[0])
        return
    run_waiting(parent, background, "正在生成演示镇", lambda progress: _make(folder, progress), opened)


def _make(folder: Path, progress: JobProgress) -> Path:
    from zhengui.services.whole.demo import make_demo

    return Path(make_demo(folder, progress=progress).database)
