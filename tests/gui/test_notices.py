"""系统 → 关于 shows every notice that the licences of what ships ask for, and the build brings those of the libraries."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.architecture.tree import ROOT
from zhengui.gui.desk.desk import Desk
from zhengui.gui.system import about_panel
from zhengui.gui.system.about_panel import AboutPanel, notices


def shown(name: str) -> str:
    return notices()[name].read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("政规", "Apache License"),
        ("随附的组件和字体", "LGPL-3.0-only"),
        ("LGPL-3.0", "GNU LESSER GENERAL PUBLIC LICENSE"),
        # The LGPL builds on the GPL, which comes with the faces that are under it.
        ("GPL-Fandol", "GNU GENERAL PUBLIC LICENSE"),
        ("GPL-Fandol", "The GPL font exception"),
        ("OFL-NotoSerifSC", "SIL OPEN FONT LICENSE"),
        ("OFL-NotoSansSC", "SIL OPEN FONT LICENSE"),
        ("OFL-WenKai", "SIL OPEN FONT LICENSE"),
        ("OFL-Liberation", "SIL OPEN FONT LICENSE"),
        ("DejaVu", "Bitstream Vera"),
        ("LICENSE-fluent", "MIT License"),
        ("CPython", "PYTHON SOFTWARE FOUNDATION LICENSE"),
        ("SQLCipher", "ZETETIC LLC"),
    ],
)
def test_each_notice_is_there_to_be_read(name: str, said: str) -> None:
    assert said.casefold() in shown(name).casefold()


def test_texts_in_folders_of_their_own_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the build lays them: one file of a small library, many of one that brings others along."""
    many = tmp_path / "licences" / "pypdfium2" / "BUILD_LICENSES"
    many.mkdir(parents=True)
    (many / "zlib.txt").write_text("zlib's terms", encoding="utf-8")
    (many / "libjpeg_turbo.ijg").write_text("IJG's terms", encoding="utf-8")
    (tmp_path / "licences" / "mako LICENSE.txt").write_text("MIT", encoding="utf-8")
    for folder in ("fonts", "icons"):
        (tmp_path / folder).mkdir()
    monkeypatch.setattr(about_panel, "resource", tmp_path.joinpath)
    assert list(notices())[2:] == [
        "mako LICENSE",
        "pypdfium2 BUILD_LICENSES libjpeg_turbo",
        "pypdfium2 BUILD_LICENSES zlib",
    ]


def test_the_chosen_text_is_shown(desk: Desk, qtbot: QtBot) -> None:
    panel = AboutPanel(desk)
    qtbot.addWidget(panel)
    assert panel.choice.count() == len(notices())
    panel.choice.setCurrentText("SQLCipher")
    assert "ZETETIC LLC" in panel.text.toPlainText()


def test_the_offer_that_is_not_taken_is_not_packed() -> None:
    """Qt's wheels carry only the text of its commercial licence."""
    assert '"Qt-Commercial" in place' in (ROOT / "build.spec").read_text(encoding="utf-8")
