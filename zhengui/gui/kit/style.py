"""The look: colours, text sizes and faces from the tokens, turned into palette, fonts and style sheet."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import TypedDict

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from zhengui.paths import resource

#: How much larger text and rows are in 大字.
LARGE_TEXT, LARGE_ROW = 2, 6
_FUSION = "fusion"


class Tokens(TypedDict):
    """What resources/style/tokens.json says: colours, text heights and sizes by name, faces in order of preference."""

    colour: dict[str, str]
    text: dict[str, int]
    size: dict[str, int]
    font: list[str]


@lru_cache(maxsize=1)
def tokens() -> Tokens:
    """The values of resources/style/tokens.json."""
    text = resource("style/tokens.json").read_text(encoding="utf-8")
    read: Tokens = json.loads(text)
    return read


class _Chosen:
    """What was decided when the look was put on: the face and whether text is large."""

    family: str = ""
    large: bool = False
    rare: str = ""


@lru_cache(maxsize=128)
def colour(name: str) -> QColor:
    """A colour by its token."""
    return QColor(tokens()["colour"][name])


def text_size(role: str) -> int:
    """The height of a text role in pixels."""
    return int(tokens()["text"][role]) + (LARGE_TEXT if _Chosen.large else 0)


def size(name: str) -> int:
    """A width or height in device-independent pixels."""
    number = int(tokens()["size"][name])
    return number + LARGE_ROW if _Chosen.large and name in ("row", "rail_item", "totals") else number


@lru_cache(maxsize=64)
def _font(role: str, bold: bool, _large: bool) -> QFont:
    font = QFont(QApplication.font())
    font.setPixelSize(text_size(role))
    font.setBold(bold)
    return font


def font(role: str = "body", bold: bool = False) -> QFont:
    """The program's face in the size of a role."""
    return _font(role, bold, _Chosen.large)


def sheet(large: bool = False) -> str:
    """The style sheet with colours, sizes and paths filled in."""
    folder = resource("style")
    text = (folder / "style.qss").read_text(encoding="utf-8")
    colours = tokens()["colour"]
    extra = LARGE_TEXT if large else 0
    sizes = tokens()["text"]
    text = re.sub(r"@(\w+)", lambda m: colours[m[1]], text)
    text = re.sub(r"#(\w+)#", lambda m: f"{sizes[m[1]] + extra}px", text)
    return text.replace("$style", _url(folder))


def _url(folder: Path) -> str:
    return folder.as_posix()


def _family() -> str:
    """The first face of the list that this computer has, or the one shipped with the program."""
    for name in tokens()["font"]:
        if QFontDatabase.hasFamily(name):
            return str(name)
    number = QFontDatabase.addApplicationFont(str(resource("fonts/hei.ttf")))
    found = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return found[0] if found else QApplication.font().family()


def _palette() -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: "bg",
        QPalette.ColorRole.Base: "surf",
        QPalette.ColorRole.AlternateBase: "surf",
        QPalette.ColorRole.Text: "ink1",
        QPalette.ColorRole.WindowText: "ink1",
        QPalette.ColorRole.ButtonText: "ink1",
        QPalette.ColorRole.Button: "surf",
        QPalette.ColorRole.Highlight: "act",
        QPalette.ColorRole.HighlightedText: "onfill",
        QPalette.ColorRole.PlaceholderText: "ink3",
        QPalette.ColorRole.ToolTipBase: "ink1",
        QPalette.ColorRole.ToolTipText: "onfill",
    }
    for role, name in roles.items():
        palette.setColor(role, colour(name))
    disabled = QPalette.ColorGroup.Disabled
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(disabled, role, colour("inkd"))
    return palette


def came_with(app: QApplication) -> None:
    """Tell that the application has its widget style already."""
    app.setProperty(_FUSION, True)


def put_on(app: QApplication, large: bool = False) -> None:
    """Give the whole program its look; `large` is 大字."""
    _Chosen.large = large
    _Chosen.family = _Chosen.family or _family()
    if not app.property(_FUSION):
        app.setStyle("Fusion")
        came_with(app)
    app.setPalette(_palette())
    face = QFont()
    face.setFamilies([name for name in (_Chosen.family, _Chosen.rare) if name])
    face.setPixelSize(text_size("body"))
    app.setFont(face)
    _font.cache_clear()
    app.setStyleSheet(sheet(large))


def add_rare_characters(app: QApplication) -> None:
    """Let names with rare characters show; done behind the first frame, as the file is large."""
    number = QFontDatabase.addApplicationFont(str(resource("fonts/rare.ttf")))
    found = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    if not found:
        return
    _Chosen.rare = found[0]
    face = QFont(app.font())
    face.setFamilies([_Chosen.family, _Chosen.rare])
    app.setFont(face)
    _font.cache_clear()


def is_large() -> bool:
    """Whether text is shown large."""
    return _Chosen.large


def mark(widget: QWidget, **properties: str | bool) -> None:
    """Set style properties on a widget and let the style sheet look again."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    # What was never polished is polished when it shows; asking for its style now would first wrap all of QStyle.
    if changed and widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


def named(thing: QObject, name: str) -> None:
    """Give an object the name under which the style sheet knows it."""
    thing.setObjectName(name)
