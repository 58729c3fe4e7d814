"""The manual as PDF: its contents tell the pages where chapters begin, and no heading stands alone at a page's foot."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pypdfium2
import pytest

from tests.architecture.tree import ROOT
from zhengui.gui.help.pages import CONTENTS, pages


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The text of each page; a process of its own, because the manual puts the program's look on the application."""
    target = tmp_path_factory.mktemp("manual") / "手册.pdf"
    done = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "manual_pdf.py"), str(target)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "ZHENGUI_HOME": str(target.parent)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    with pypdfium2.PdfDocument(target) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_contents_lead_to_the_chapters(printed: list[str]) -> None:
    known = pages()
    # Without blanks: PDFium takes a narrow list for upright writing and breaks it after each character.
    contents = "".join(printed[0].split())
    for _heading, names in CONTENTS:
        for name in names:
            title = "".join(known[name].title.split())
            told = re.search(rf"{re.escape(title)}(\d+)", contents)
            assert told is not None, title
            assert "".join(printed[int(told[1]) - 1].split()).startswith(title), title


def test_pages_carry_their_numbers(printed: list[str]) -> None:
    for number, text in enumerate(printed[1:], 2):
        assert text.split()[-1] == str(number)
