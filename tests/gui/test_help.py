"""The manual in its window: contents, the page that fits, links, search, pictures, keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QWidget

from zhengui.gui import help_pages, style
from zhengui.gui.help_list import PAGE
from zhengui.gui.help_window import HelpWindow, show_help


@pytest.fixture
def owner(qtbot, qapp):
    style.put_on(qapp)
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


@pytest.fixture
def window(owner):
    show_help(owner, "home")
    return owner.findChild(HelpWindow)


def lines(shown):
    return [shown.item(row) for row in range(shown.count())]


def test_f1_opens_the_page_that_fits(owner, window):
    for page, name in help_pages.FITTING.items():
        show_help(owner, f"{page}:something" if page == "area" else page)
        assert window.text.page == name
        assert window.contents.currentItem().data(PAGE) == name
    assert len(owner.findChildren(HelpWindow)) == 1


def test_a_page_without_help_of_its_own_gets_the_first(owner, window):
    show_help(owner, "somewhere else")
    assert window.text.page == "start"


@pytest.mark.parametrize("name", list(help_pages.pages()))
def test_every_page_shows_its_text_and_its_pictures(window, name):
    window.text.show_place(name)
    page = help_pages.pages()[name]
    text = window.text.toPlainText()
    assert text.startswith(page.title)
    assert all(section.title in text for section in page.sections)
    block, pictures = window.text.document().begin(), 0
    while block.isValid():
        step = block.begin()
        while not step.atEnd():
            shape = step.fragment().charFormat()
            if shape.isImageFormat():
                image = window.text.loadResource(
                    QTextDocument.ResourceType.ImageResource.value, QUrl(shape.toImageFormat().name())
                )
                assert isinstance(image, QImage)
                assert 0 < image.deviceIndependentSize().width() <= window.text.viewport().width()
                pictures += 1
            step += 1
        block = block.next()
    source = help_pages.path_of(name).read_text(encoding="utf-8")
    assert pictures == source.count("<img ")


def test_the_contents_lead_to_the_pages(window):
    names = [item.data(PAGE) for item in lines(window.contents) if item.data(PAGE)]
    assert names == list(help_pages.pages())
    window.contents.setCurrentRow(window.contents.count() - 1)
    assert window.text.page == names[-1]


def test_search_finds_sections_and_opens_them_at_the_heading(qtbot, window):
    window.search.setText("钥匙文件")
    found = [item for item in lines(window.found) if item.data(PAGE)]
    assert {"questions", "start"} <= {item.data(PAGE) for item in found}
    assert window._lists.currentWidget() is window.found
    qtbot.keyClick(window.search, Qt.Key.Key_Down)
    assert window.text.page == found[0].data(PAGE)
    assert window.text.extraSelections()
    qtbot.keyClick(window.search, Qt.Key.Key_Escape)
    assert window.search.text() == ""
    assert window._lists.currentWidget() is window.contents
    assert window.isVisible()


def test_a_search_without_a_find_says_so(qtbot, window):
    window.search.setText("没有的词语")
    assert "没有找到“没有的词语”" in window._told.text()


def test_headings_come_first_in_a_search():
    hits = help_pages.find("零报告")
    assert "零报告" in f"{hits[0].page.title}{hits[0].section.title}"
    assert all("零报告" in f"{h.page.title}{h.section.title}{h.section.text}" for h in hits)
    assert help_pages.find("  ") == []


def test_a_place_on_a_page_is_brought_into_view(window):
    sections = help_pages.pages()["record"].sections
    window.text.show_place("record", sections[-1].anchor)
    assert window.text.verticalScrollBar().value() > 0
    window.text.show_place("figures")
    assert window.text.verticalScrollBar().value() == 0


def test_back_and_on(qtbot, window):
    window.text.show_place("figures")
    window.text.show_place("report")
    qtbot.mouseClick(window.back, Qt.MouseButton.LeftButton)
    assert window.text.page == "figures"
    assert window.contents.currentItem().data(PAGE) == "figures"
    qtbot.mouseClick(window.on, Qt.MouseButton.LeftButton)
    assert window.text.page == "report"


def test_esc_closes_the_window(qtbot, window):
    qtbot.keyClick(window.text, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_a_narrow_window_makes_pictures_narrower(qtbot, window):
    window.text.show_place("start")
    window.resize(640, 500)
    qtbot.waitUntil(lambda: window.text._width == window.text._room() < 400)
    image = window.text.loadResource(
        QTextDocument.ResourceType.ImageResource.value, QUrl("pictures/window.png")
    )
    assert image.deviceIndependentSize().width() <= window.text.viewport().width()


def test_the_manual_grows_with_the_large_text(qapp, window):
    window.text.show_place("keys")
    before = window.text.document().size().height()
    try:
        style.put_on(qapp, large=True)
        window.text.show_place("start")
        window.text.show_place("keys")
        assert window.text.document().size().height() > before * 1.05
    finally:
        style.put_on(qapp)
