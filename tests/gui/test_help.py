"""The manual in its manual: contents, the page that fits, links, search, pictures, keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QWidget

from zhengui.gui.desk.place import Place
from zhengui.gui.help import pages as help_pages
from zhengui.gui.help.contents import PAGE
from zhengui.gui.help.window import HelpWindow, show_help
from zhengui.gui.kit import style


@pytest.fixture
def owner(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


@pytest.fixture
def manual(owner):
    show_help(owner, "home")
    return owner.findChild(HelpWindow)


def lines(shown):
    return [shown.item(row) for row in range(shown.count())]


def test_f1_opens_the_page_that_fits(owner, manual):
    for page, name in help_pages.FITTING.items():
        show_help(owner, f"{page}:something" if page == "area" else page)
        assert manual.text.page == name
        assert manual.contents.currentItem().data(PAGE) == name
    assert len(owner.findChildren(HelpWindow)) == 1


def test_a_page_without_help_of_its_own_gets_the_first(owner, manual):
    show_help(owner, "somewhere else")
    assert manual.text.page == "start"


@pytest.mark.parametrize("name", list(help_pages.pages()))
def test_every_page_shows_its_text_and_its_pictures(manual, name):
    manual.text.show_place(name)
    page = help_pages.pages()[name]
    text = manual.text.toPlainText()
    assert text.startswith(page.title)
    assert all(section.title in text for section in page.sections)
    block, pictures = manual.text.document().begin(), 0
    while block.isValid():
        step = block.begin()
        while not step.atEnd():
            shape = step.fragment().charFormat()
            if shape.isImageFormat():
                image = manual.text.loadResource(
                    QTextDocument.ResourceType.ImageResource.value, QUrl(shape.toImageFormat().name())
                )
                assert isinstance(image, QImage)
                assert 0 < image.deviceIndependentSize().width() <= manual.text.viewport().width()
                pictures += 1
            step += 1
        block = block.next()
    source = help_pages.path_of(name).read_text(encoding="utf-8")
    assert pictures == source.count("<img ")


def test_the_contents_lead_to_the_pages(manual):
    names = [item.data(PAGE) for item in lines(manual.contents) if item.data(PAGE)]
    assert names == list(help_pages.pages())
    manual.contents.setCurrentRow(manual.contents.count() - 1)
    assert manual.text.page == names[-1]


def test_search_finds_sections_and_opens_them_at_the_heading(qtbot, manual):
    manual.search.setText("钥匙文件")
    found = [item for item in lines(manual.found) if item.data(PAGE)]
    assert {"questions", "system"} <= {item.data(PAGE) for item in found}
    assert manual._lists.currentWidget() is manual.found
    qtbot.keyClick(manual.search, Qt.Key.Key_Down)
    assert manual.text.page == found[0].data(PAGE)
    assert manual.text.extraSelections()
    qtbot.keyClick(manual.search, Qt.Key.Key_Escape)
    assert manual.search.text() == ""
    assert manual._lists.currentWidget() is manual.contents
    assert manual.isVisible()


def test_a_search_without_a_find_says_so(qtbot, manual):
    manual.search.setText("没有的词语")
    assert "没有找到“没有的词语”" in manual._told.text()


def test_headings_come_first_in_a_search():
    hits = help_pages.find("零报告")
    assert "零报告" in f"{hits[0].page.title}{hits[0].section.title}"
    assert all("零报告" in f"{h.page.title}{h.section.title}{h.section.text}" for h in hits)
    assert help_pages.find("  ") == []


def test_a_place_on_a_page_is_brought_into_view(manual):
    sections = help_pages.pages()["record"].sections
    manual.text.show_place("record", sections[-1].anchor)
    assert manual.text.verticalScrollBar().value() > 0
    manual.text.show_place("figures")
    assert manual.text.verticalScrollBar().value() == 0


def test_back_and_on(qtbot, manual):
    manual.text.show_place("figures")
    manual.text.show_place("report")
    qtbot.mouseClick(manual.back, Qt.MouseButton.LeftButton)
    assert manual.text.page == "figures"
    assert manual.contents.currentItem().data(PAGE) == "figures"
    qtbot.mouseClick(manual.on, Qt.MouseButton.LeftButton)
    assert manual.text.page == "report"


def test_esc_closes_the_window(qtbot, manual):
    qtbot.keyClick(manual.text, Qt.Key.Key_Escape)
    assert not manual.isVisible()


def test_a_narrow_window_makes_pictures_narrower(qtbot, manual):
    manual.text.show_place("start")
    manual.resize(640, 500)
    qtbot.waitUntil(lambda: manual.text._width == manual.text._room() < 400)
    image = manual.text.loadResource(
        QTextDocument.ResourceType.ImageResource.value, QUrl("pictures/manual.png")
    )
    assert image.deviceIndependentSize().width() <= manual.text.viewport().width()


def test_the_manual_grows_with_the_large_text(qapp, manual):
    manual.text.show_place("keys")
    before = manual.text.document().size().height()
    try:
        style.put_on(qapp, large=True)
        manual.text.show_place("start")
        manual.text.show_place("keys")
        assert manual.text.document().size().height() > before * 1.05
    finally:
        style.put_on(qapp)


def test_f1_in_the_window_opens_what_fits_the_page_in_front(qtbot, window, settle):
    window.help_asked.connect(lambda page: show_help(window, page))
    for page, name in (("home", "overview"), ("area:safety", "record"), ("system", "system")):
        window.go(Place(page))
        settle()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        qtbot.keyClick(window, Qt.Key.Key_F1)
        manual = window.findChild(HelpWindow)
        assert manual.isVisible()
        assert manual.text.page == name
        manual.close()
