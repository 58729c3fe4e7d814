"""With a second screen, and after it was taken away: windows stand where the person looks, whole and of their screen's size.

How many screens there are is settled when Qt starts, so each case is a process of its own, on screens that Qt makes up.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

LAPTOP = {"name": "laptop", "x": 0, "y": 0, "width": 1366, "height": 768, "dpr": 1}
LARGE = {"name": "large", "x": 1366, "y": 0, "width": 1920, "height": 1080, "dpr": 1}
SMALL = {"name": "beamer", "x": 1366, "y": 0, "width": 800, "height": 600, "dpr": 1}

TRY = """
import json
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from zhengui.gui.frame.start import Session, application
from zhengui.gui.opening.first_start import FirstStart

app = application(["", "-platform", "offscreen:configfile=" + {screens!r}])
session = Session(app)
window = session.window
window.show()
app.processEvents()
if {second!r}:
    other = next(each for each in QGuiApplication.screens() if each.name() != "laptop")
    window.showNormal()
    window.setGeometry(other.availableGeometry().adjusted(20, 40, -20, -20))
    app.processEvents()
dialog = FirstStart(window)
dialog.show()
app.processEvents()
room = dialog.screen().availableGeometry()
print(json.dumps(dict(
    screens=sorted(each.name() for each in QGuiApplication.screens()),
    window=window.screen().name(), dialog=dialog.screen().name(),
    fits=dialog.width() <= room.width() and dialog.height() <= room.height(),
    seen=any(each.availableGeometry().intersects(QRect(window.geometry().topLeft(), dialog.size()))
             and each.availableGeometry().contains(window.geometry().topLeft() + QPoint(40, 0))
             for each in QGuiApplication.screens()),
)))
dialog.close()
session.remember()
"""


def tried(folder: Path, screens: list[dict[str, object]], second: bool) -> dict[str, object]:
    """What the window did on these screens, moved to the second or left where it came up."""
    config = folder / "screens.json"
    config.write_text(json.dumps({"screens": screens, "windowFrameMargins": True}), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", TRY.format(screens=str(config), second=second)],
        cwd=ROOT,
        env=os.environ | {"ZHENGUI_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("other", [LARGE, SMALL], ids=["large", "beamer"])
def test_dialogs_come_up_where_the_window_is(tmp_path: Path, other: dict[str, object]) -> None:
    found = tried(tmp_path, [LAPTOP, other], second=True)
    assert found["screens"] == sorted(["laptop", str(other["name"])])
    assert found["window"] == found["dialog"] == other["name"]
    assert found["fits"]


def test_a_window_whose_screen_is_gone_comes_back_into_sight(tmp_path: Path) -> None:
    assert tried(tmp_path, [LAPTOP, LARGE], second=True)["window"] == "large"
    found = tried(tmp_path, [LAPTOP], second=False)
    assert found["window"] == found["dialog"] == "laptop"
    assert found["seen"]


def test_the_window_comes_up_again_on_the_second_screen(tmp_path: Path) -> None:
    tried(tmp_path, [LAPTOP, LARGE], second=True)
    found = tried(tmp_path, [LAPTOP, LARGE], second=False)
    assert found["window"] == "large"
    assert found["seen"]
