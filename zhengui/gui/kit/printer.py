"""Whether there is a printer at all, asked before anything is printed on paper."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from zhengui.gui.kit.dialogs import tell


def has_printer(parent: QWidget, instead: str) -> bool:
    """True where this computer has a printer; otherwise it is told, with what can be done instead."""
    # A library of its own, which no start has to wait for.
    from PySide6.QtPrintSupport import QPrinterInfo

    if QPrinterInfo.availablePrinterNames():
        return True
    tell(parent, "这台电脑还没有装打印机", instead)
    return False
