"""帮助 → 自检: run from the open window, shown in words, kept as a text."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from zhengui.gui.frame.selftest_dialog import SelftestDialog
from zhengui.gui.kit import memory


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHENGUI_HOME", str(tmp_path))
    return tmp_path


def done(dialog: SelftestDialog) -> bool:
    return dialog.again.isEnabled()


def test_every_check_is_shown_and_kept(qtbot: QtBot, home: Path) -> None:
    memory.remember(last="自己的.zgdb")
    dialog = SelftestDialog()
    qtbot.addWidget(dialog)
    dialog.start()
    assert not dialog.again.isEnabled()
    qtbot.waitUntil(lambda: done(dialog), timeout=60_000)
    assert dialog.told.text() == "全部通过，程序和这台电脑都正常。"
    shown = [dialog.list.item(row).text().split("：")[0] for row in range(dialog.list.count())]
    assert shown == "目录 数据库 工作簿 指标 文稿 字体 系统字体 磁盘空间 时钟 预览 打印".split()
    assert dialog.kept is not None
    text = dialog.kept.read_text(encoding="utf-8-sig")
    assert "通过　打印：打印到文件正常" in text
    assert memory.recall().last == "自己的.zgdb", "the self-test's file is not the office's"


def test_what_does_not_pass_is_told_first(qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_folder: Path) -> str:
        raise ValueError("存放数据的磁盘只剩 0.1 GB，备份可能写不下。请清理磁盘。")

    monkeypatch.setattr("zhengui.services.whole.selftest._space", full)
    dialog = SelftestDialog()
    qtbot.addWidget(dialog)
    dialog.start()
    qtbot.waitUntil(lambda: done(dialog), timeout=60_000)
    assert dialog.told.text().startswith("有 1 项没有通过")
    assert any("请清理磁盘" in dialog.list.item(row).text() for row in range(dialog.list.count()))
