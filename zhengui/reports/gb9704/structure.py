"""The document's structure in its PDF: what is a heading, a paragraph, a table's header, and which marks draw it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from zhengui.reports.gb9704.items import Element
from zhengui.reports.gb9704.pdf_file import PdfFile, text

_CELLS = frozenset({"TH", "TD"})
#: A mark on a page as (page, number of the mark on it).
Mark = tuple[int, int]


@dataclass(slots=True)
class Marks:
    """Which marks draw each element, page by page, and the links that belong to one."""

    pages: list[list[Element]] = field(default_factory=list)
    drawn: dict[int, tuple[Mark, ...]] = field(default_factory=dict)
    links: dict[int, int] = field(default_factory=dict)
    keys: list[Element] = field(default_factory=list)

    def new_page(self) -> None:
        """Count a further page's marks from 0."""
        self.pages.append([])

    def mark(self, element: Element) -> int:
        """The number of a new mark on the current page that draws `element`."""
        on_page = self.pages[-1]
        here = (len(self.pages) - 1, len(on_page))
        self.drawn[id(element)] = (*self.drawn.get(id(element), ()), here)
        on_page.append(element)
        return len(on_page) - 1

    def link(self, element: Element, annotation: int) -> int:
        """Let a link belong to an element; its key in the tree comes after those of all pages."""
        self.links[id(element)] = annotation
        self.keys.append(element)
        return len(self.keys) - 1

    def wholes(self) -> list[Element]:
        """What everything that is drawn is a part of: one document, unless pages of several were put together."""
        found = {id(whole): whole for page in self.pages for whole in (element.whole for element in page)}
        return list(found.values())


def structure_of(file: PdfFile, marks: Marks, pages: Sequence[int]) -> int:
    """Write the elements and the table that leads from a mark to its element; the number of the tree's root, or 0."""
    wholes = marks.wholes()
    if not wholes:
        return 0
    root = file.reserve()
    writer = _Writer(file, marks, pages)
    top = " ".join(f"{writer.write(whole, root)} 0 R" for whole in wholes)
    rows = []
    for index, on_page in enumerate(marks.pages):
        # A page's key is its place: its marks' elements in their order.
        refs = " ".join(f"{writer.numbers[id(element)]} 0 R" for element in on_page)
        row = file.reserve()
        file.pack(row, f"[ {refs} ]")
        rows.append(f"{index} {row} 0 R")
    for place, element in enumerate(marks.keys):
        rows.append(f"{len(marks.pages) + place} {writer.numbers[id(element)]} 0 R")
    parents = file.add(f"<< /Nums [ {' '.join(rows)} ] >>")
    file.put(
        root,
        f"<< /Type /StructTreeRoot /K [ {top} ] /ParentTree {parents} 0 R /ParentTreeNextKey {len(rows)} >>",
    )
    return root


class _Writer:
    """Writes one element after another; `numbers` are theirs."""

    def __init__(self, file: PdfFile, marks: Marks, pages: Sequence[int]) -> None:
        self._file = file
        self._marks = marks
        self._pages = pages
        self.numbers: dict[int, int] = {}

    def write(self, element: Element, above: int) -> int:
        number = self.numbers[id(element)] = self._file.reserve()
        own = self._marks.drawn.get(id(element), ())
        kids = self._content(own)
        link = self._marks.links.get(id(element))
        if link is not None:
            kids.append(f"<</Type/OBJR/Obj {link} 0 R>>")
        kids += [f"{self.write(part, number)} 0 R" for part in element.parts if self._is_there(part)]
        body = f"<</S/{element.kind}/P {above} 0 R"
        if own:
            body += f"/Pg {self._pages[own[0][0]]} 0 R"
        if len(kids) == 1:
            body += f"/K {kids[0]}"
        elif kids:
            body += f"/K[{' '.join(kids)}]"
        if element.words:
            body += f"/Alt{text(element.words)}"
        if element.kind == "TH":
            body += "/A<</O/Table/Scope/Column>>"
        self._file.pack(number, body + ">>")
        return number

    def _content(self, own: Sequence[Mark]) -> list[str]:
        """An element's marks: plain numbers on its first page, with their page on others."""
        return [
            str(number) if page == own[0][0] else f"<</Type/MCR/Pg {self._pages[page]} 0 R/MCID {number}>>"
            for page, number in own
        ]

    def _is_there(self, element: Element) -> bool:
        """Whether something of an element is drawn; a table's empty cells keep their places."""
        if id(element) in self._marks.drawn or element.kind in _CELLS:
            return True
        return any(self._is_there(part) for part in element.parts)
