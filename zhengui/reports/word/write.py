"""Write a document as .docx: its blocks in order, in sections that are upright or turned."""

from __future__ import annotations

from dataclasses import replace

from docx.document import Document as Package
from docx.section import _BaseHeaderFooter

from zhengui.reports.document import Attachment, Block, Document, Heading, Level, Paragraph, Pictures, Table
from zhengui.reports.gb9704.charts import parts
from zhengui.reports.gb9704.faces import Faces, clean, faces
from zhengui.reports.gb9704.furniture import CONTENTS_LEVELS
from zhengui.reports.gb9704.items import Page, Role
from zhengui.reports.gb9704.lines import Measure
from zhengui.reports.gb9704.paragraphs import LEVEL_ROLES
from zhengui.reports.gb9704.render import lay_out
from zhengui.reports.gb9704.settings import STANDARD, PageSettings
from zhengui.reports.gb9704.title import sense, shape
from zhengui.reports.word import front, styles, tail
from zhengui.reports.word.drawings import Drawings
from zhengui.reports.word.layout import layout_of, section
from zhengui.reports.word.markup import paragraph, parsed, run, spacing
from zhengui.reports.word.pacing import paced
from zhengui.reports.word.package import bytes_of, new_package
from zhengui.reports.word.tables import pictures_xml, table_xml

_HEADINGS = dict(zip(Level, styles.HEADINGS, strict=True))


def word_bytes(document: Document, settings: PageSettings = STANDARD) -> bytes:
    """The document as the bytes of a .docx; the same document gives the same bytes."""
    return _Writer(document, settings).bytes()


class _Writer:
    """One document being written: `parts` are its paragraphs and tables, ended by section properties."""

    def __init__(self, document: Document, settings: PageSettings) -> None:
        self.document = document
        self.layout = layout_of(settings)
        self.faces: Faces = faces(settings.system_faces)
        self.measure: Measure = self.faces.measure(self.layout.size, self.layout.grid.cell)
        self.package: Package = new_package(document, self.layout)
        self.parts: list[str] = []
        self.turned = False
        self.drawings = Drawings(self.package)
        self.numbered = ""
        self.start = 0

    def bytes(self) -> bytes:
        """Everything in order, then the file."""
        settings, document = self.layout.settings, self.document
        references = self._running()
        pages = lay_out(document, settings, self.faces) if settings.contents else []
        if settings.cover or settings.contents:
            self._front(pages, references)
        self.numbered = references[1]
        self._body()
        for number, attachment in enumerate(document.attachments, 1):
            self._attachment(attachment, number)
        last = self._end()
        body = self.package.element.body
        for child in list(body):
            body.remove(child)
        for element in parsed("".join(self.parts) + last):
            body.append(element)
        return bytes_of(self.package)

    # sections

    def _running(self) -> tuple[str, str]:
        """Page numbers and watermark; the references to them, without and with page numbers."""
        first, text = self.package.sections[0], self.layout.settings.watermark
        _fill(first.footer, front.folio(styles.FOLIO_ODD))
        _fill(first.even_page_footer, front.folio(styles.FOLIO_EVEN))
        if text:
            _fill(first.header, paragraph(styles.GAP, front.watermark(text, 1)))
            _fill(first.even_page_header, paragraph(styles.GAP, front.watermark(text, 2)))
        made = self.package.element.body.sectPr.xpath("./w:headerReference|./w:footerReference")
        found = {"header": "", "footer": ""}
        for each in made:
            kind = each.tag.rsplit("}", 1)[1].removesuffix("Reference")
            found[kind] += f'<w:{kind}Reference w:type="{each.type_.xml_value}" r:id="{each.rId}"/>'
        return found["header"], found["header"] + found["footer"]

    def _break(self, turned: bool, references: str | None = None, kind: str = "nextPage") -> None:
        """End the section here; the one that follows is upright or turned."""
        own = self.numbered if references is None else references
        ended = section(self.layout, self.turned, own, kind, self.start)
        if references is None:
            self.start = 0
            self.numbered = ""
        if self.parts and self.parts[-1].startswith("<w:p>"):
            self.parts[-1] = self.parts[-1].replace("</w:pPr>", f"{ended}</w:pPr>", 1)
        else:
            self.parts.append(paragraph(styles.GAP, "", ended))
        self.turned = turned

    def _front(self, pages: list[Page], references: tuple[str, str]) -> None:
        """Cover and contents carry no page numbers; the text after them begins with page 1."""
        settings = self.layout.settings
        if settings.cover:
            title = self._title(self.document.title, settings.title_size + 6)
            self.parts += front.cover(self.document, title, self.layout)
            self._break(False, references[0])
        if settings.contents:
            entries = [
                (mark.level, mark.text, page.number)
                for page in pages
                for mark in page.marks
                if page.number and mark.level < CONTENTS_LEVELS
            ]
            self.parts += front.contents(entries)
            self._break(False, "" if settings.cover else references[0])
        self.start = 1

    def _end(self) -> str:
        """The imprint at the foot of the last even page, and the last section's properties."""
        given, kind = self.document.imprint, "nextPage"
        if given is not None:
            plain = replace(self.document, imprint=None)
            counts = [len(lay_out(one, self.layout.settings, self.faces)) for one in (plain, self.document)]
            apart = counts[0] < counts[1] or self.turned
            if apart:
                self._break(False)
                kind = "evenPage"
            self.parts += front.imprint(given, self.layout, apart)
        return section(self.layout, self.turned, self.numbered, kind, self.start)

    # text

    def _title(self, pieces: tuple[str, ...], size: float, width: float = 0.0) -> str:
        """The title with the line breaks of the printed page."""
        measure = self.faces.measure(size, size)
        return "\n".join(shape(tuple(map(clean, pieces)), measure, width or self.layout.grid.width))

    def _body(self) -> None:
        document, layout = self.document, self.layout
        above = layout.pitch
        if layout.settings.red_head and document.head:
            found, above = front.red_head(document.head, layout)
            self.parts += found
        if document.title:
            title = self._title(document.title, layout.settings.title_size)
            self.parts.append(
                paragraph(styles.TITLE, run(title), spacing(layout.pitch, above)).replace(
                    "<w:keepNext/>", "", 1
                )
            )
        blank = bool(document.title)
        if document.addressee:
            text = document.addressee.rstrip("：:") + "："
            own = spacing(layout.pitch, layout.pitch if blank else 0.0)
            self.parts.append(paragraph(styles.ADDRESSEE, run(text), own))
            blank = False
        self._blocks(document.blocks, blank, bool(document.office or document.date))
        self.parts += tail.note(document.attachments, layout, self.measure)
        self.parts += tail.signature(document, layout, self.measure)

    def _blocks(
        self, blocks: tuple[Block, ...], blank: bool = False, hold_last: bool = False, title: str = ""
    ) -> None:
        for index, block in enumerate(blocks):
            own = spacing(self.layout.pitch, self.layout.pitch) if blank and index == 0 else ""
            last = hold_last and index == len(blocks) - 1
            if isinstance(block, Heading):
                self.parts.append(self._heading(block, own))
            elif isinstance(block, Paragraph):
                told = [(one.text, styles.LEAD, one.bold) for one in block.lead]
                told += [(one.text, "", one.bold) for one in block.runs]
                self.parts.append(paragraph(styles.BODY, self._paced(told), own, keep=last))
            elif isinstance(block, Table):
                self._turn(block.landscape)
                self.parts += table_xml(block, self._width, self.faces, title)
            elif isinstance(block, Pictures):
                self._turn(False)
                self.parts += pictures_xml(block, self._width, self.drawings.picture)
            else:
                self._turn(False)
                for part in parts(block):
                    self.parts += self.drawings.chart(part, self._width)

    def _heading(self, heading: Heading, own: str) -> str:
        told = [(heading.number, "", False), *((one.text, "", one.bold) for one in heading.runs)]
        return paragraph(_HEADINGS[heading.level], self._paced(told, LEVEL_ROLES[heading.level]), own)

    def _paced(self, runs: list[tuple[str, str, bool]], role: Role = Role.FANG) -> str:
        return "".join(
            run(one.text, one.style, one.bold, closer=one.closer)
            for one in paced(runs, self.layout, self.faces, role)
        )

    @property
    def _width(self) -> float:
        grid = self.layout.grid
        return grid.height if self.turned else grid.width

    def _turn(self, turned: bool) -> None:
        if turned != self.turned:
            self._break(turned)

    def _attachment(self, attachment: Attachment, number: int) -> None:
        """An attachment on a new page: its label, its title, its blocks."""
        opening = attachment.blocks[0] if attachment.blocks else None
        turned = isinstance(opening, Table) and opening.landscape
        apart = turned != self.turned
        if apart:
            self._break(turned)
        label = f"附件{number}" if len(self.document.attachments) > 1 else "附件"
        own = "" if apart else "<w:pageBreakBefore/>"
        self.parts.append(paragraph(styles.LABEL, run(label), own))
        title = self._title(sense(clean(attachment.title)), self.layout.settings.title_size, self._width)
        self.parts.append(paragraph(styles.ATTACHMENT_TITLE, run(title)))
        blank = isinstance(opening, (Heading, Paragraph))
        blocks = tuple(_without_caption(block, attachment.title) for block in attachment.blocks)
        self._blocks(blocks, blank, title=attachment.title)


def _without_caption(block: Block, title: str) -> Block:
    """A table whose caption would only say the attachment's title again goes without it."""
    if isinstance(block, Table) and block.caption == title:
        return replace(block, caption="")
    return block


def _fill(part: _BaseHeaderFooter, xml: str) -> None:
    """Give a header or footer its only paragraph."""
    part.is_linked_to_previous = False
    element = part._element
    for child in list(element):
        element.remove(child)
    for child in parsed(xml):
        element.append(child)
