"""A computer without a printer: it is told with what can be done instead, and no system dialogue comes up."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinterInfo
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from zhengui.gui.kit import printer
from zhengui.gui.opening.recovery_page import RecoveryPage
from zhengui.gui.report import print_dialog


class Opened(Exception):
    """The system's dialogue came up."""


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    heard: list[tuple[str, str]] = []
    monkeypatch.setattr(printer, "tell", lambda _parent, what, then: heard.append((what, then)))

    def opened(_dialogue: Any) -> int:
        raise Opened

    monkeypatch.setattr(QPrintDialog, "exec", opened)
    return heard


def printers(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: list(names))


def test_the_document_is_offered_as_a_pdf(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, told: list[tuple[str, str]]
) -> None:
    printers(monkeypatch)
    parent = QWidget()
    qtbot.addWidget(parent)
    nothing: Any = SimpleNamespace(pages=3, title="总结")
    print_dialog.ask_and_print(parent, nothing, nothing, 0)
    assert told == [("这台电脑还没有装打印机", "可以先保存 PDF，拿到有打印机的电脑上打印。")]


@pytest.mark.parametrize("names", [(), ("办公室打印机",)])
def test_the_recovery_key_is_copied_by_hand(
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    told: list[tuple[str, str]],
    names: tuple[str, ...],
) -> None:
    printers(monkeypatch, *names)
    page = RecoveryPage(None, "0" * 32, "试验镇", tmp_path / "试验镇.zgdb", date(2021, 12, 6))
    qtbot.addWidget(page)
    if names:
        with pytest.raises(Opened):
            page._print()
        assert told == []
    else:
        page._print()
        ((what, then),) = told
        assert what == "这台电脑还没有装打印机"
        assert "用笔把恢复密钥抄在纸上" in then
