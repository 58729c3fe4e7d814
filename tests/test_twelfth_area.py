"""A twelfth area and a retired one go through every screen, every command and the document by data alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.forest_office import PATROLS, RETIRED, make_forest_office
from tests.services.whole_office import YEAR, live, sound_record
from tests.window_ways import Stage, through_history, through_the_form, through_the_table
from tests.workbook_ways import through_a_workbook
from zhengui import cli
from zhengui.catalogue.model import FieldType
from zhengui.figures.period import year
from zhengui.gui.area.page import AreaPage
from zhengui.gui.desk import tabs
from zhengui.gui.desk.place import Place
from zhengui.gui.fields.registry import EDITORS
from zhengui.gui.figure.page import FigurePage
from zhengui.gui.form.form_panel import FormPanel
from zhengui.gui.frame.main_window import MainWindow
from zhengui.gui.frame.opening import desk_for
from zhengui.gui.kit import style
from zhengui.gui.kit.background import Background
from zhengui.gui.ledger.columns import WIDTHS
from zhengui.gui.report.report_page import ReportPage
from zhengui.services.document.compose_document import compose
from zhengui.services.entry import record
from zhengui.services.township.township import Township, open_township


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with everything, its own forest area, and an area that ended with the year."""
    return make_forest_office(tmp_path_factory.mktemp("twelfth") / "试验镇.zgdb")


@pytest.fixture
def township(file: Path) -> Iterator[Township]:
    opened = open_township(file, "甲")
    opened.working_day = date(YEAR, 12, 31)
    yield opened
    opened.close()


@pytest.fixture
def window(township: Township, qtbot: QtBot) -> Iterator[tuple[MainWindow, Callable[[], None]]]:
    made = MainWindow(tabs.groups(township.catalogue))
    qtbot.addWidget(made)
    background = Background()
    troubles: list[Exception] = []
    background.troubled.connect(troubles.append)
    made.attach(desk_for(township, made, background))
    made.resize(1366, 704)
    made.show()

    def settle() -> None:
        for _round in range(2):
            qtbot.wait(30)
            qtbot.waitUntil(lambda: background.resting, timeout=60_000)

    settle()
    yield made, settle
    background.close()
    assert troubles == []


@pytest.mark.parametrize("key", ["lookout", "forest_patrol", "forest_risk"])
def test_its_ledgers_go_the_way_of_every_ledger(
    key: str, qapp: QApplication, township: Township, tmp_path: Path
) -> None:
    style.put_on(qapp)
    panel = FormPanel(township)
    panel.resize(364, 620)
    panel.show()
    stage = Stage(township, panel, tmp_path, {key: frozenset(live(township, key))})
    ledger = township.catalogue.ledgers[key]
    saved = through_the_form(stage, ledger, sound_record(township, key))
    values = record.load(township, key, saved)[0]
    through_the_table(stage, ledger, saved, values)
    through_history(stage, ledger, saved, values)
    if key == "forest_patrol":
        through_a_workbook(stage, ledger, saved)
    stage.as_it_was()
    panel.form.drafts.rest()
    panel.close()


def texts(widget: object) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())  # type: ignore[attr-defined]


def test_every_screen_has_it(
    window: tuple[MainWindow, Callable[[], None]], township: Township, qtbot: QtBot
) -> None:
    shown, settle = window
    desk = shown.desk
    assert desk is not None
    assert shown.navigation is not None
    for place in shown.rail.order:
        desk.go(place)
        settle()
        picture = shown.grab().toImage()
        assert len({picture.pixel(x, y) for x in range(0, 1366, 7) for y in range(60, 640, 40)}) > 3, place
    desk.go("area:forest")
    settle()
    area = shown.navigation.current
    assert isinstance(area, AreaPage)
    assert [cell.figure.key for cell in area.strip._cells] == ["forest_patrols", "forest_people"]
    desk.go("figure", "forest_people")
    settle()
    figure = shown.navigation.current
    assert isinstance(figure, FigurePage)
    assert figure._value.text() == "12"
    assert len(figure.records.list.table.rows.ids) == PATROLS
    desk.go("report")
    settle()
    report = shown.navigation.current
    assert isinstance(report, ReportPage)
    assert any("严守森林防火" in part.title for part in report.editor.writing.parts)
    shown.navigation.go(Place("area:forest"))
    settle()
    assert "森林防火" in texts(shown)
    assert f"area:{RETIRED}" in shown.rail.order, "in its own years it is there"
    desk.scope.set_period(year(YEAR + 1))
    settle()
    assert f"area:{RETIRED}" not in shown.rail.order
    assert "area:forest" in shown.rail.order


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        (["figures", "{}", "--year", "2021", "--json"], "forest_patrols"),
        (["claims", "{}", "--year", "2021"], "没有森林火情"),
        (["catalogue", "{}"], "瞭望点"),
        (["preflight", "{}", "--year", "2021"], ""),
        (["today", "{}", "--json"], ""),
        (["warnings", "{}"], ""),
        (["plan", "{}", "--year", "2021"], ""),
        (["verify", "{}"], ""),
        (["loop", "{}"], ""),
        (["bin", "{}"], ""),
        (["imports", "{}"], ""),
        (["merge", "{}", "--list"], ""),
        (["schedule", "{}", "--targets"], ""),
        (["duty", "{}", "--loads"], ""),
    ],
)
def test_every_command_that_reads_knows_it(
    command: list[str], wanted: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.run([each.format(file) for each in command])
    told = capsys.readouterr()
    assert wanted in told.out
    assert "Traceback" not in told.err


def test_the_commands_that_write_files_print_it(file: Path, tmp_path: Path) -> None:
    pdf, book, sheet = tmp_path / "总结.pdf", tmp_path / "巡查.xlsx", tmp_path / "佐证.pdf"
    assert cli.run(["report", str(file), "--year", "2021", "--pdf", str(pdf)]) == 0
    printed = pypdfium2.PdfDocument(pdf)
    text = (
        "".join(page.get_textpage().get_text_range() for page in printed).replace("\r", "").replace("\n", "")
    )
    assert "组织护林巡查3次，出动12人次，沿途察看北山瞭望点、南岭瞭望点、西坡瞭望点" in text
    assert "2021年未发生森林火情" in text
    assert cli.run(["export", str(file), "forest_patrol", str(book)]) == 0
    assert (
        cli.run(["evidence", str(file), "--year", "2021", "--pdf", str(sheet), "--figures", "forest_people"])
        == 0
    )
    assert book.stat().st_size > 2000
    assert (
        cli.run(["template", str(file), str(tmp_path / "填报.xlsx"), "--area", "forest", "--year", "2021"])
        == 0
    )
    assert len(pypdfium2.PdfDocument(sheet)) >= 1


def test_the_document_has_each_in_its_years(township: Township) -> None:
    title = township.catalogue.by_area[RETIRED].section.title  # type: ignore[union-attr]
    now, later = (compose(township, year(each)).document.text() for each in (YEAR, YEAR + 1))
    assert "严守森林防火" in now
    assert "严守森林防火" in later
    assert title in now
    assert title not in later.partition("工作计划")[2]


def test_every_type_of_field_has_its_widget_and_its_width() -> None:
    """A type that a list forgot would break only where an office's own catalogue uses it."""
    assert set(EDITORS) == set(WIDTHS) == set(FieldType)
