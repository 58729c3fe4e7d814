"""Printing: every page once in the right place, at the printer's resolution, and cancelled when asked."""

from __future__ import annotations

from io import BytesIO

import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from tests.reports.gb9704.documents import SHIPPED, full_document
from zhengui.gui.report import printing
from zhengui.gui.report.booklet import copied, single, stitched
from zhengui.gui.report.print_dialog import CHOICES, PrintQuestion
from zhengui.gui.report.printing import Way, chosen_pages, print_pdf, printer_for, sides_of
from zhengui.reports.gb9704 import render
from zhengui.work import Cancelled


@pytest.fixture(scope="module")
def pdf():
    buffer = BytesIO()
    render(full_document(), buffer, SHIPPED)
    return buffer.getvalue()


def opened(data, owner):
    document, buffer = QPdfDocument(owner), QBuffer(owner)
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return document


def to_file(way, path, resolution=150):
    printer = printer_for(way, "文稿")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(resolution)
    return printer


def inked_rows(document):
    """The millimetres from the top of the first page in which there is ink."""
    paper = QImage(210, 297, QImage.Format.Format_Grayscale8)
    paper.fill(255)
    painter = QPainter(paper)
    painter.drawImage(0, 0, document.render(0, QSize(210, 297)))
    painter.end()
    return [y for y in range(297) if min(bytes(paper.constScanLine(y))[:210]) < 200]


def nothing(_done, _total):
    return None


@given(st.integers(1, 60))
def test_a_folded_booklet_reads_in_order(count):
    sides = stitched(range(count))
    assert len(sides) % 2 == 0
    sheets = list(zip(sides[::2], sides[1::2], strict=True))
    # Fold the pile: left to right, first the inner halves downwards, then back up on the other side.
    reading = []
    for front, back in sheets:
        reading += [front[1], back[0]]
    for front, back in reversed(sheets):
        reading += [back[1], front[0]]
    assert [page for page in reading if page is not None] == list(range(count))


def test_copies_are_collated_or_not():
    sides = single([0, 1])
    assert copied(sides, 2, collate=True) == [(0,), (1,), (0,), (1,)]
    assert copied(sides, 2, collate=False) == [(0,), (0,), (1,), (1,)]


def test_strips_make_the_same_picture_as_the_page_at_once(pdf, qapp, monkeypatch):
    document = opened(pdf, qapp)
    pictures = []
    for points in (printing.STRIP, 40_000):
        monkeypatch.setattr(printing, "STRIP", points)
        paper = QImage(595, 842, QImage.Format.Format_RGB32)
        paper.fill(0xFFFFFFFF)
        paper.setDotsPerMeterX(2835)
        paper.setDotsPerMeterY(2835)
        painter = QPainter(paper)
        printing.draw_strips(painter, document, 0, QRectF(0, 0, 595, 842))
        painter.end()
        pictures.append(paper)
    whole, strips = (bytes(picture.constBits()) for picture in pictures)
    differing = sum(one != other for one, other in zip(whole[::4], strips[::4], strict=True))
    assert differing < len(whole) // 4 * 0.005
    assert min(whole[::4]) < 60  # there is ink


def test_the_printed_pages_have_the_page_s_size_and_number(pdf, qapp, tmp_path):
    count = opened(pdf, qapp).pageCount()
    printer = to_file(Way(), tmp_path / "a.pdf")
    print_pdf(pdf, printer, sides_of(printer, list(range(count)), booklet=False), nothing)
    made = opened((tmp_path / "a.pdf").read_bytes(), qapp)
    assert made.pageCount() == count
    size = made.pagePointSize(0)
    assert (round(size.width()), round(size.height())) == (595, 842)
    wanted, found = (inked_rows(document) for document in (opened(pdf, qapp), made))
    assert (found[0], found[-1]) == (pytest.approx(wanted[0], abs=1), pytest.approx(wanted[-1], abs=1))
    assert len(set(wanted) ^ set(found)) <= 20  # edges of lines fall on one side of a millimetre or the other


def test_words_reach_the_printer_as_words_and_take_little_room(pdf, qapp, tmp_path):
    printer = to_file(Way(), tmp_path / "a.pdf", 600)
    count = opened(pdf, qapp).pageCount()
    print_pdf(pdf, printer, sides_of(printer, list(range(count)), booklet=False), nothing)
    made = (tmp_path / "a.pdf").read_bytes()
    assert len(made) < 60_000 * count
    with pdfplumber.open(BytesIO(made)) as document, pdfplumber.open(BytesIO(pdf)) as wanted:
        for page, own in zip(document.pages, wanted.pages, strict=True):
            assert not page.images or own.images
            places = [[char["matrix"][4:6] for char in one.chars] for one in (page, own)]
            assert len(places[0]) == len(places[1])
            near = {
                (round(x + dx), round(y + dy)) for x, y in places[0] for dx in (-1, 0, 1) for dy in (-1, 0, 1)
            }
            assert [place for place in places[1] if (round(place[0]), round(place[1])) not in near] == []


def test_printed_words_look_as_those_of_the_preview(pdf, qapp, tmp_path):
    printer = to_file(Way(), tmp_path / "a.pdf", 600)
    print_pdf(pdf, printer, single([0, 1]), nothing)
    made, own = opened((tmp_path / "a.pdf").read_bytes(), qapp), opened(pdf, qapp)
    for page in (0, 1):
        shades = []
        for document in (own, made):
            paper = QImage(420, 594, QImage.Format.Format_Grayscale8)
            paper.fill(255)
            painter = QPainter(paper)
            painter.drawImage(0, 0, document.render(page, QSize(420, 594)))
            painter.end()
            shades.append(bytes(paper.constBits()))
        differing = sum(abs(one - other) > 90 for one, other in zip(*shades, strict=True))
        inked = sum(shade < 200 for shade in shades[0])
        assert inked > 2000
        assert differing < inked // 20


def test_a_page_of_another_program_is_printed_all_the_same(qapp, tmp_path):
    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.setFont("Helvetica", 40)
    canvas.drawString(100, 500, "Report")
    canvas.save()
    printer = to_file(Way(), tmp_path / "a.pdf")
    print_pdf(buffer.getvalue(), printer, single([0]), nothing)
    assert len(inked_rows(opened((tmp_path / "a.pdf").read_bytes(), qapp))) > 5


def test_a_booklet_has_two_pages_a_side_on_turned_paper(pdf, qapp, tmp_path):
    count = opened(pdf, qapp).pageCount()
    way = Way(True, QPageSize.PageSizeId.A3)
    printer = to_file(way, tmp_path / "a.pdf")
    assert printer.duplex() == QPrinter.DuplexMode.DuplexShortSide or printer.outputFileName()
    assert printer.pageLayout().orientation() == QPageLayout.Orientation.Landscape
    sides = sides_of(printer, list(range(count)), booklet=True)
    print_pdf(pdf, printer, sides, nothing)
    made = opened((tmp_path / "a.pdf").read_bytes(), qapp)
    assert made.pageCount() == len(sides) == 2 * -(-count // 4)
    size = made.pagePointSize(0)
    assert size.width() > size.height() > 800


def test_the_range_of_the_system_s_dialogue_is_kept(qapp, tmp_path):
    printer = to_file(Way(), tmp_path / "a.pdf")
    assert chosen_pages(printer, 9, 4) == list(range(9))
    printer.setPrintRange(QPrinter.PrintRange.CurrentPage)
    assert chosen_pages(printer, 9, 4) == [4]
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(3, 5)
    assert chosen_pages(printer, 9, 4) == [2, 3, 4]
    printer.setFromTo(20, 30)
    assert chosen_pages(printer, 9, 4) == list(range(9))


def test_nothing_more_is_sent_after_cancelling(pdf, qapp, tmp_path):
    printer = to_file(Way(), tmp_path / "a.pdf")
    seen = []

    def stop(done, total):
        seen.append(done)
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        print_pdf(pdf, printer, single(range(4)), stop)
    assert seen == [0, 1, 2]


def test_the_question_offers_pages_and_booklets(qtbot):
    question = PrintQuestion(None, 12)
    qtbot.addWidget(question)
    assert question.way() == Way()
    for number, (_words, _meaning, way) in enumerate(CHOICES):
        question.choose(number)
        assert question.way() == way
