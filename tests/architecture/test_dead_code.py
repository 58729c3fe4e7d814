"""Nothing lies about that no one uses: functions, methods and classes that only a test calls are dead."""

from __future__ import annotations

import re

from vulture import Vulture

from tests.architecture.tree import PACKAGE, ROOT

#: What others call by name: Qt its events, the standard library its visitors, the PDF reader its operators, pytest
#: its hooks.
CALLED_BY_NAME = re.compile(r"[a-z]+[A-Z]\w*|handle_\w+|visit_\w+|pytest_\w+|__\w+__|_[a-z0-9]+_operator")
#: Names kept for a reason: each says which.
KEPT = {
    "_pen": "an operator of a PDF page, called by its name",
    "_paint": "an operator of a PDF page, called by its name",
    "bind_processor": "what SQLAlchemy asks a type of column for",
    "extract": "what PyInstaller asks its archive of modules for",
}


def test_nothing_lies_about_unused() -> None:
    search = Vulture()
    search.scavenge(
        [str(PACKAGE), str(ROOT / "main.py"), str(ROOT / "db"), str(ROOT / "packaging"), str(ROOT / "dev.py")]
    )
    dead = [
        f"{item.filename.relative_to(ROOT)}:{item.first_lineno} {item.name}"
        for item in search.get_unused_code(min_confidence=60)
        if item.typ in ("function", "method", "class", "property", "import")
        and not CALLED_BY_NAME.fullmatch(item.name)
        and item.name not in KEPT
    ]
    assert dead == []


def test_a_planted_function_is_found() -> None:
    search = Vulture()
    search.scan("def planted():\n    return 1\n")
    assert [item.name for item in search.get_unused_code()] == ["planted"]
