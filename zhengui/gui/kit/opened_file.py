"""Open a file or folder with the program that the computer has for it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_file(path: Path) -> None:
    """Open it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
