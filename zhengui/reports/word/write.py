"""Write a document as .docx: its blocks in order, in sections that are upright or turned."""

from __future__ import annotations

from dataclasses import replace

from docx.document import Document as Package
from docx.section import _BaseHeaderFooter

from zhengui.reports.document import Attachment, Block, Document, Heading, Level, Paragraph, Pictures, Table
from zhengui.reports.gb9704.charts import parts
from zhengui.reports.gb9704.faces import Faces, clean, faces
from zhengui.reports.gb9704.first_page import FirstPage, as_printed
from zhengui.reports.gb9704.furniture import CONTENTS_LEVELS
from zhengui.reports.gb9704.items import FaceRole, LaidPage
from zhengui.reports.gb9704.lines import CharacterWidths
from zhengui.reports.gb9704.paragraphs import LEVEL_ROLES
from zhengui.reports.gb9704.render import lay_out
from zhengui.reports.gb9704.title import sense, shape
from zhengui.reports.page_settings import STANDARD, PageSettings
from zhengui.reports.word import front, styles, tail
from zhengui.reports.word.drawings import Drawings
from zhengui.reports.word.layout import layout_of, pitch_of, section
from zhengui.reports.word.markup import paragraph, parsed, run, spacing
from zhengui.reports.word.pacing import paced
from zhengui.reports.word.package import bytes_of, new_package
from zhengui.reports.word.printed_rows import PrintedRows
from zhengui.reports.word.tables import pictures_xml, table_xml

_HEADINGS = dict(zip(Level, styles.HEADINGS, strict=True))


def word_bytes(document: Document, settings: PageSettings = STANDARD) -> bytes:
    """The document as the bytes of a .docx; the same document gives the same bytes."""
    printed = as_printed(document, settings, faces(settings.system_faces))
    return _Writer(printed, settings).bytes()


class _Writer:
    """One document being written: `parts` are its paragraphs and tables, ended by section properties."""

    def __init__(self, printed: FirstPage, settings: PageSettings) -> None:
        self.document = printed.document
        self.first_page = printed
        self.layout = layout_of(settings)
        self.faces: Faces = faces(settings.system_faces)
        self.measure: CharacterWidths = self.faces.measure(self.layout.size, self.layout.grid.cell)
        self.package: Package = new_package(self.document, self.layout)
        self.parts: list[str] = []
        self.turned = False
        self.drawings = Drawings(self.package)
        self.numbered = self.header = self.turned_numbered = ""
        self.start = 0
        self.pages = lay_out(self.document, settings, self.faces)
        self.rows = PrintedRows(self.pages, settings.rows)

    def bytes(self) -> bytes:
        """Everything in order, then the file."""
        settings, document = self.layout.settings, self.document
        references = self._running()
        if settings.cover or settings.contents:
            self._front(self.pages if settings.contents else [])
        self.numbered = references[1]
        self.header = references[0]
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
        ended = self._section(kind, references)
        if references is None:
            self.start = 0
        if self.parts and self.parts[-1].startswith("<w:p>"):
            self.parts[-1] = self.parts[-1].replace("</w:pPr>", f"{ended}</w:pPr>", 1)
        else:
            self.parts.append(paragraph(styles.GAP, "", ended))
        self.turned = turned

    def _section(self, kind: str, references: str | None = None) -> str:
        """The properties of the section that ends here; its pages are numbered unless `references` say otherwise."""
        if references is None:
            references = self._turned_references() if self.turned else self.numbered
        # After cover and contents the text begins on a front side.
        return section(self.layout, self.turned, references, "oddPage" if self.start else kind, self.start)

    def _turned_references(self) -> str:
        """Page numbers that stand on a turned page where they stand on an upright one."""
        if not self.turned_numbered:
            odd = self._footer(front.turned_folio(styles.FOLIO_ODD, True), "default")
            even = self._footer(front.turned_folio(styles.FOLIO_EVEN, False), "even")
            self.turned_numbered = self.header + odd + even
        return self.turned_numbered

    def _unnumbered(self) -> str:
        """No page numbers, as on an imprint's page behind a blank one."""
        blank = paragraph(styles.GAP, "")
        return self.header + self._footer(blank, "default") + self._footer(blank, "even")

    def _footer(self, xml: str, kind: str) -> str:
        """A further footer; the answer refers to it."""
        part, relation = self.package.part.add_footer_part()  # type: ignore[no-untyped-call]
        element = part.element
        for child in list(element):
            element.remove(child)
        for child in parsed(xml):
            element.append(child)
        return f'<w:footerReference w:type="{kind}" r:id="{relation}"/>'

    def _front(self, pages: list[LaidPage]) -> None:
        """Cover and contents carry neither page numbers nor watermark; the text after them begins with page 1."""
        settings = self.layout.settings
        if settings.cover:
            title = self._title(self.document.title, settings.title_size + 6)
            self.parts += front.cover(self.document, title, self.layout)
            self._break(False, "")
        if settings.contents:
            entries = [
                (mark.level, mark.text, page.number)
                for page in pages
                for mark in page.marks
                if page.number and mark.level < CONTENTS_LEVELS
            ]
            self.parts += front.contents(entries)
            self._break(False, "")
        self.start = 1

    def _end(self) -> str:
        """The imprint at the foot of the last even page, and the last section's properties."""
        given, kind, references = self.document.imprint, "nextPage", None
        if given is not None:
            plain = lay_out(replace(self.document, imprint=None), self.layout.settings, self.faces)
            counts = [len(plain), len(self.pages)]
            apart = counts[0] < counts[1] or self.turned
            if apart:
                self._break(False)
                kind = "evenPage"
                # Behind an even page lies a blank one, and neither it nor the imprint's is numbered (7.5).
                references = self._unnumbered() if counts[0] % 2 == 0 else None
            self.parts += front.imprint(given, apart)
        return self._section(kind, references)

    # text

    def _title(self, pieces: tuple[str, ...], size: float, width: float = 0.0) -> str:
        """The title with the line breaks of the printed page."""
        measure = self.faces.measure(size, size)
        return "\n".join(shape(tuple(map(clean, pieces)), measure, width or self.layout.grid.width))

    def _body(self) -> None:
        document, layout = self.document, self.layout
        above = layout.pitch
        if layout.settings.red_head and document.head:
            first = self.first_page
            found, above = front.red_head(document.head, layout, first.row, first.tight)
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
        last = replace(layout, pitch=pitch_of(self.rows.after(), layout.settings.rows))
        self.parts += tail.note(document.attachments, last, self.measure)
        self.parts += tail.signature(document, last, self.measure)

    def _blocks(
        self, blocks: tuple[Block, ...], blank: bool = False, hold_last: bool = False, title: str = ""
    ) -> None:
        for index, block in enumerate(blocks):
            own = self._spacing(block, blank and index == 0)
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

    def _spacing(self, block: Block, blank: bool) -> str:
        """The spacing of a paragraph where it isn't its style's: under a blank row, or on a page of more or fewer rows."""
        if not isinstance(block, (Heading, Paragraph)):
            return ""
        lead = block.number if isinstance(block, Heading) else "".join(run.text for run in block.lead)
        rows = self.rows.of(clean(lead + "".join(run.text for run in block.runs)))
        pitch = pitch_of(rows, self.layout.settings.rows)
        return spacing(pitch, pitch if blank else 0.0) if blank or pitch != self.layout.pitch else ""

    def _heading(self, heading: Heading, own: str) -> str:
        told = [(heading.number, "", False), *((one.text, "", one.bold) for one in heading.runs)]
        return paragraph(_HEADINGS[heading.level], self._paced(told, LEVEL_ROLES[heading.level]), own)

    def _paced(self, runs: list[tuple[str, str, bool]], role: FaceRole = FaceRole.FANG) -> str:
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
