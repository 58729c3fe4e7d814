"""Look at a window as an eye does, by geometry and font metrics: what of its text is cut, covered, or off the screen.

    python -m tests.gui.looking                every page of the demo at seven sizes and scales, a line for each fault
    python -m tests.gui.looking 1366x768@150   one of them

A text that is shortened with … is no fault where a tooltip tells it whole; what else may be, PERMITTED says why.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QScrollArea,
    QWidget,
)

from zhengui.figures.period import year
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.tabs import inner_titles
from zhengui.gui.kit import painted
from zhengui.gui.kit.allowing import WHY
from zhengui.gui.ledger.import_wizard import ROWS, STEPS, ImportWizard
from zhengui.gui.system.page import PANELS
from zhengui.gui.worklist.tools import VIEWS
from zhengui.services.entry.browse_records import Selection
from zhengui.services.entry.export_workbook import export_workbook
from zhengui.services.entry.read_sources import file_source

#: Screens in pixels and their scale; the office's are the first three.
SCREENS = (
    "1366x768@100",
    "1366x768@125",
    "1366x768@150",
    "1920x1080@100",
    "1920x1080@150",
    "1920x1080@200",
    "3840x2160@250",
)
#: What the title bar and the task bar take of a screen, before scaling.
BARS = 72
#: Pixels that rounding may take.
ROUNDING = 2
#: Texts that may be shortened without a tooltip, and why.
PERMITTED = {
    r"^\d+(\.\d+)?$": "figures of a chart's axis that have no room are left out by it",
}
_TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a text: cut, covered, off the screen, shortened; and in which widget."""

    kind: str
    text: str
    where: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.text[:60]!r} in {self.where}"


def faults(window: QWidget, room: QSize | None = None) -> list[Fault]:
    """Everything wrong with the text that a window shows now; `room` is what the screen has for it."""
    found: list[Fault] = []
    if room is not None and (window.width() > room.width() or window.height() > room.height()):
        size = f"{window.width()}x{window.height()} on {room.width()}x{room.height()}"
        found.append(Fault("wider than the screen", size, type(window).__name__))
    shown = [each for each in window.findChildren(QWidget) if _is_seen(each)]
    for each in shown:
        found += _cut(each)
        if _text_of(each) and _is_off(each, window):
            found.append(Fault("off the screen", _text_of(each), _name(each)))
    found += _covered(shown)
    found += grey_without_reason(shown)
    tips = set(_tips(shown))
    for text in _shortened(window):
        known = any(text in tip for tip in tips) or any(re.search(each, text) for each in PERMITTED)
        if not known:
            found.append(Fault("shortened without a tooltip", text, "painted"))
    return list(dict.fromkeys(found))


def grey_without_reason(shown: Iterable[QWidget]) -> Iterator[Fault]:
    """Buttons that can't be pressed now, and don't say why where the mouse rests on them."""
    for each in shown:
        # One inside a field that rests is no button of its own.
        host = each.parentWidget()
        rests = not each.isEnabled() and (host is None or host.isEnabled())
        if isinstance(each, QAbstractButton) and rests and not each.property(WHY):
            yield Fault("grey without a reason", _text_of(each) or each.accessibleName(), _name(each))


def _is_seen(each: QWidget) -> bool:
    return each.isVisible() and not each.visibleRegion().isEmpty() and each.width() > 1 and each.height() > 1


def _name(each: QWidget) -> str:
    named = [type(each).__name__]
    parent = each.parentWidget()
    while parent is not None and len(named) < 4:
        named.append(type(parent).__name__)
        parent = parent.parentWidget()
    return " < ".join(named)


def _text_of(each: QWidget) -> str:
    if isinstance(each, QLabel):
        return _TAGS.sub("", each.text())
    if isinstance(each, QAbstractButton):
        return each.text()
    return each.currentText() if isinstance(each, QComboBox) else ""


def _cut(each: QWidget) -> Iterator[Fault]:
    text = _text_of(each)
    if not text or _told_whole(each, text):
        return
    need = _needed(each)
    if need.width() > each.width() + ROUNDING or need.height() > each.height() + ROUNDING:
        size = f"{need.width()}x{need.height()} in {each.width()}x{each.height()}"
        yield Fault("cut", f"{text} ({size})", _name(each))


def _needed(each: QWidget) -> QSize:
    """The room that a widget's text takes."""
    if isinstance(each, QLabel):
        if each.wordWrap():
            return QSize(0, each.heightForWidth(each.width()))
        lines = _TAGS.sub("", each.text()).split("\n")
        metrics = QFontMetrics(each.font())
        width = max(metrics.horizontalAdvance(line) for line in lines)
        return QSize(width + each.width() - each.contentsRect().width(), metrics.height() * len(lines))
    hint = each.sizeHint()
    if isinstance(each, QComboBox):
        return QSize(QFontMetrics(each.font()).horizontalAdvance(each.currentText()) + 30, 0)
    return QSize(hint.width(), 0 if isinstance(each, QComboBox) else hint.height())


def _told_whole(each: QWidget, text: str) -> bool:
    """Whether a tooltip, or a name for who can't see, holds what is shortened."""
    return text.rstrip("…") in _TAGS.sub("", each.toolTip()) if each.toolTip() else text.endswith("…")


def _is_off(each: QWidget, window: QWidget) -> bool:
    """Whether a part of it lies outside the window, and not merely scrolled away."""
    parent = each.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent, QAbstractScrollArea):
            inside = parent.viewport().rect()
            place = QRect(each.mapTo(parent, QPoint(0, 0)), each.size())
            unreachable = (
                isinstance(parent, QScrollArea)
                and parent.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            )
            return unreachable and place.right() > inside.right() + ROUNDING
        parent = parent.parentWidget()
    place = QRect(each.mapTo(window, QPoint(0, 0)), each.size())
    return not window.rect().adjusted(-ROUNDING, -ROUNDING, ROUNDING, ROUNDING).contains(place)


def _covered(shown: list[QWidget]) -> Iterator[Fault]:
    """Texts side by side in one parent that lie over each other."""
    by_parent: dict[int, list[QWidget]] = {}
    for each in shown:
        if _text_of(each) and not isinstance(each.parentWidget(), QAbstractItemView):
            by_parent.setdefault(id(each.parentWidget()), []).append(each)
    for siblings in by_parent.values():
        for place, one in enumerate(siblings):
            for other in siblings[place + 1 :]:
                both = one.geometry().intersected(other.geometry())
                if both.width() > ROUNDING and both.height() > ROUNDING:
                    yield Fault("covered", f"{_text_of(one)} / {_text_of(other)}", _name(one))


def _tips(shown: list[QWidget]) -> Iterator[str]:
    for each in shown:
        yield _TAGS.sub("", each.toolTip())
        if isinstance(each, QAbstractItemView) and each.model() is not None:
            model = each.model()
            for row in range(min(model.rowCount(), 200)):
                for column in range(_columns(model)):
                    tip = model.data(model.index(row, column), Qt.ItemDataRole.ToolTipRole)
                    yield _TAGS.sub("", str(tip or ""))
                    # A cell can be opened, and its record beside it holds the whole text.
                    yield str(model.data(model.index(row, column), Qt.ItemDataRole.DisplayRole) or "")


def _columns(model: QAbstractItemModel) -> int:
    return 1 if isinstance(model, QAbstractListModel) else min(model.columnCount(), 60)


def _shortened(window: QWidget) -> list[str]:
    """The texts that painted widgets shorten while the window is painted."""
    texts: list[str] = []

    class Watching(QFontMetrics):
        def elidedText(self, text: str, *rest: Any) -> str:  # type: ignore[override]  # noqa: N802
            told = super().elidedText(text, *rest)
            if told != text and rest[1] > 0:
                texts.append(text)
            return told

    before = painted.QFontMetrics
    painted.QFontMetrics = Watching  # type: ignore[misc]
    try:
        window.grab()
    finally:
        painted.QFontMetrics = before  # type: ignore[misc]
    return texts


def room_of(screen: str) -> tuple[QSize, float]:
    """What a screen such as 1366x768@150 has for a maximised window, in the program's own pixels; its scale."""
    size, _, percent = screen.partition("@")
    width, _, height = size.partition("x")
    scale = int(percent) / 100
    return QSize(int(int(width) / scale), int(int(height) / scale) - BARS), scale


def look(screen: str) -> int:
    """Look at every page of the demo on one screen; prints what is wrong and returns how much."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "packaging"))
    import screenshots

    import dev
    from zhengui.gui.frame.start import application

    room, _scale = room_of(screen)
    with tempfile.TemporaryDirectory() as folder:
        source = dev.demo()
        os.environ["ZHENGUI_HOME"] = folder
        path = Path(folder) / source.name
        for each in (source, source.with_name(f"{source.name}.key")):
            shutil.copy(each, path.with_name(each.name))
        studio = screenshots.Studio(application([]), Path(folder), "")
        studio.open(path)
        studio.window.showNormal()
        studio.window.resize(room)
        desk = studio.session.desk
        assert desk is not None
        count = 0
        places = [(page, "", 0) for page in studio.window.rail.order]
        places += [
            ("area:safety", "hazard", 3),
            ("area:party", "training_course", 1),
            ("figure", "hazards_removed", 0),
        ]
        places += [("registers", "village", 0), ("registers", "person", 0)]
        places += [("forms", key, 0) for key in inner_titles("forms")]
        places += [("about", "village", 1), ("about", "person", 1)]
        places += [("system", key, 0) for key in PANELS]
        states = [("worklist", "", 0, view) for view in VIEWS]
        for page, of, record, state in [*((*place, "") for place in places), *states]:
            studio.go(page, of, record, state)
            for fault in faults(studio.window, room):
                count += 1
                print(f"{screen}  {page} {of}{state}  {fault}", flush=True)
        for words, dialog in _steps_of_import(desk, studio.window, Path(folder), studio.rest):
            dialog.resize(dialog.size().boundedTo(room))
            for fault in faults(dialog, room):
                count += 1
                print(f"{screen}  import {words}  {fault}", flush=True)
        studio.window.close()
    return count


def _steps_of_import(
    desk: Desk, host: QWidget, folder: Path, settle: Callable[[], None]
) -> Iterator[tuple[str, QWidget]]:
    """The steps of importing a workbook that the program wrote, each in front."""
    path = folder / "隐患.xlsx"
    export_workbook(desk.township, "hazard", path, Selection("hazard", year(2021)))
    wizard = ImportWizard(host, desk, desk.catalogue.ledgers["hazard"], file_source(path))
    wizard.show()
    for _step in range(3):
        settle()
        yield STEPS[wizard.step], wizard
        if wizard.deed is None or not wizard.deed.isEnabled() or wizard.step == ROWS:
            break
        wizard.deed.click()
    wizard.close()


def main(words: list[str]) -> int:
    """One screen in this process; without one, each in a process of its own, for a scale is chosen at the start."""
    if words:
        return 1 if look(words[0]) else 0
    wrong = 0
    for screen in SCREENS:
        scale = {"QT_SCALE_FACTOR": str(room_of(screen)[1]), "QT_QPA_PLATFORM": "offscreen"}
        asked = [sys.executable, "-m", "tests.gui.looking", screen]
        wrong += subprocess.run(asked, env={**os.environ, **scale}, check=False).returncode != 0
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
