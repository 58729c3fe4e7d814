"""Let every judge look at the demo's own documents: kept (PDF/A-2b), read aloud, the same as OFD, printed.

    python -m tests.reports.whole_demo [folder for the PDFs]

The year's document as it is shipped, with red head, cover and contents, and as a meeting version; the book of evidence
of some of its figures; and what is sent to a printer. The tests of `gb9704` and `ofd` do the same with small documents.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import dev
from tests.reports.gb9704.test_archive import against
from tests.reports.ofd.test_ofd import agree
from zhengui.figures.period import year
from zhengui.reports.document import Document
from zhengui.reports.gb9704 import render
from zhengui.reports.inspect import Verdict, inspect_pdf
from zhengui.reports.page_settings import MEETING, PageSettings
from zhengui.services.document.compose_document import lay_out
from zhengui.services.issue.bind_evidence import bind_figures
from zhengui.services.township.township import Township, open_township

YEAR = 2021
#: So many of the document's figures are bound; all of them are five hundred pages.
BOUND = 12
#: No line of an office's own document is looser, in parts of a character.
SLACK = 0.10


def judged(name: str, data: bytes, ruled: bool = True, read_aloud: bool = True) -> list[str]:
    """What the judges of the archive, and those of the page where it is an official one, have against a file."""
    found = [f"{name}: {each}" for each in against(data, read_aloud)]
    if ruled:
        found += [f"{name}: {one.name} {one.measured}" for one in inspect_pdf(data) if not one.ok]
    return found


def loosest(verdicts: list[Verdict]) -> float:
    """How far the characters of the loosest full line stand apart, in parts of a character."""
    told = next(one.measured for one in verdicts if one.name == "字间松紧")
    return float(re.sub(r"[^\d.]", "", told) or 0)


def looked_at(township: Township, folder: Path) -> Iterator[str]:
    """A line for each thing that was judged."""
    published = lay_out(township, year(YEAR))
    document, shipped = published.composed.document, published.settings.page()
    forms = {
        "as shipped": shipped,
        "with everything": replace(shipped, red_head=True, cover=True, contents=True),
        "meeting version": replace(MEETING, system_faces=False),
    }
    for name, form in forms.items():
        yield from _document(name, document, form, folder)
    keys = [key for key in published.composed.figures if f"figure:{key}" in published.composed.printed()]
    book = folder / "evidence.pdf"
    bound = bind_figures(township, keys[:BOUND], year(YEAR), book, (), "佐证材料")
    faults = judged("evidence", book.read_bytes(), ruled=False)
    yield from (f"fault: {each}" for each in faults)
    yield f"evidence of {BOUND} figures: {bound.pages} pages, {len(faults)} faults"
    yield _printed(published.pdf, published.pages, folder / "printed.pdf")


def _document(name: str, document: Document, form: PageSettings, folder: Path) -> Iterator[str]:
    buffer = BytesIO()
    pages = render(document, buffer, form).pages
    (folder / f"{name.replace(' ', '-')}.pdf").write_bytes(buffer.getvalue())
    faults = judged(name, buffer.getvalue())
    slack = loosest(inspect_pdf(buffer.getvalue()))
    faults += [f"{name}: a line is looser than {SLACK} of a character"] if slack > SLACK else []
    yield from (f"fault: {each}" for each in faults)
    compared = agree(document, form)
    yield f"{name}: {pages} pages, {len(faults)} faults, slack {slack:.3f}, {compared} runs of the OFD within 0.1 mm"


def _printed(pdf: bytes, pages: int, target: Path) -> str:
    """Print to a file as to a printer, and say how much was sent and how long it took."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtPrintSupport import QPrinter

    from zhengui.gui.frame.start import application
    from zhengui.gui.report.printing import Way, print_pdf, printer_for, sides_of

    application([])
    printer = printer_for(Way(), "文稿")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    began = time.process_time()
    print_pdf(
        pdf, printer, sides_of(printer, list(range(pages)), False), lambda _done, _whole, _what="": None
    )
    took = time.process_time() - began
    return f"printed: {pages} pages, {target.stat().st_size / 1e6:.1f} MB, {took:.1f} s of CPU"


def main() -> int:
    """Judge all of it; 1 where there is a fault."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(made)
        source = dev.demo()
        path = Path(made) / source.name
        for each in (source, source.with_name(f"{source.name}.key")):
            shutil.copy(each, path.with_name(each.name))
        township = open_township(path)
        try:
            lines = []
            for line in looked_at(township, folder):
                print(line, flush=True)
                lines.append(line)
        finally:
            township.close()
    return 1 if any(line.startswith("fault") for line in lines) else 0


if __name__ == "__main__":
    raise SystemExit(main())
