"""A twelfth area and a retired one go through every place of the window, every dialog and every kind of paper.

Whatever place, dialog or paper is added has to be named here, too: what is tried is compared with the window's own
lists. The commands are in `test_twelfth_commands`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.forest_office import RETIRED, RISK, make_forest_office
from tests.fresh import copied
from tests.gui.test_dialogs import ALL
from tests.reports.every_page import Press
from tests.services.whole_office import YEAR
from zhengui.catalogue.model import Catalogue
from zhengui.figures.period import year
from zhengui.gui.desk import tabs
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.place import Place, area_page
from zhengui.gui.desk.scope import ChosenScope
from zhengui.gui.frame.main_window import MainWindow
from zhengui.gui.frame.opening import desk_for
from zhengui.gui.frame.pages import CLASSES
from zhengui.gui.kit.background import Background
from zhengui.services.document.compose_document import lay_out
from zhengui.services.issue.bind_evidence import bind_figures
from zhengui.services.loops import circular, duties, sheets, spot_check
from zhengui.services.paper import ledger_sheet, plan_sheet, schedule_sheet
from zhengui.services.paper.publish_ofd import ofd_of
from zhengui.services.paper.publish_word import word_of
from zhengui.services.plan import schedule_plan
from zhengui.services.plan.tell_plan import tell
from zhengui.services.plan.track_plan import track
from zhengui.services.returns import remind_missing
from zhengui.services.returns.report_month import unmark
from zhengui.services.township.township import Township, open_township
from zhengui.services.watch import rank_month, ranking_sheet, weekly_reminder
from zhengui.services.whole import record_card

#: What each place shows of the forest area; nothing where it tells of no area at all, or paints what it tells.
SEEN: dict[str, str] = {
    "home": "森林防火",
    "home/warnings": "",
    "home/calendar": "",
    "home/changes": "",
    "registers": "",
    "figure/forest_people": "护林巡查出动人次",
    "about": "",
    "worklist": RISK,
    "worklist/看板": RISK,
    "worklist/列表": RISK,
    "worklist/树": "",
    "worklist/抽查": "",
    "worklist/包保": "",
    "reporting": "",
    "reporting/forest_patrol": "护林巡查",
    "forms": "",
    "forms/merge": "",
    "forms/send": "森林防火",
    "forms/forms": "",
    "forms/asked": "",
    "ranking": "",
    "plan": "森林防火巡查出动30人次",
    "report": "严守森林防火",
    "area:forest": "森林防火",
    "system": "",
    "system/office": "",
    "system/words": "",
    "system/parameters": "火情提醒天数",
    "system/earlier": "护林巡查出动人次",
    "system/holidays": "",
    "system/catalogue": "森林防火",
    "system/people": "",
    "system/data": "",
    "system/check": "",
    "system/bin": "",
    "system/about": "",
}


#: A figure's page, and a page that opens with a ledger in front.
BESIDES = ("figure/forest_people", "reporting/forest_patrol")


def place_of(name: str) -> Place:
    page, _, inner = name.partition("/")
    if page == "about":
        return Place("about", "lookout", 1)
    known = next((each for each in tabs.INNER if each.page == page and inner in (each.of, each.state)), None)
    if inner and known is not None:
        return Place(page, known.of, state=known.state)
    return Place(page, inner)


@pytest.fixture(scope="module")
def lent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_forest_office(tmp_path_factory.mktemp("pages") / "试验镇.zgdb")


@pytest.fixture
def township(lent: Path, tmp_path: Path) -> Iterator[Township]:
    opened = open_township(copied(lent, tmp_path), "甲")
    opened.working_day = date(YEAR, 12, 31)
    yield opened
    opened.close()


def told(widget: QWidget) -> str:
    """What is written on a widget: labels, buttons, choices, tables and lists."""
    found = [each.text() for each in widget.findChildren(QLabel) if each.isVisible()]
    found += [each.text() for each in widget.findChildren(QAbstractButton) if each.isVisible()]
    for box in filter(QWidget.isVisible, widget.findChildren(QComboBox)):
        found += [box.itemText(row) for row in range(box.count())]
    for view in filter(QWidget.isVisible, widget.findChildren(QAbstractItemView)):
        model = view.model()
        if model is None:
            continue
        found += rows_of(model, QModelIndex())
        if not isinstance(model, QAbstractListModel):
            found += [
                str(model.headerData(row, Qt.Orientation.Vertical) or "") for row in range(model.rowCount())
            ]
    return "\n".join(found)


def rows_of(model: QAbstractItemModel, under: QModelIndex) -> Iterator[str]:
    """The texts of a list, a table or a tree, of a long one the first rows."""
    columns = range(1) if isinstance(model, QAbstractListModel) else range(min(20, model.columnCount(under)))
    for row in range(min(300, model.rowCount(under))):
        for column in columns:
            yield str(model.index(row, column, under).data() or "")
        if not isinstance(model, QAbstractListModel) and columns:
            yield from rows_of(model, model.index(row, 0, under))


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
            qtbot.wait(20)
            qtbot.waitUntil(lambda: background.resting, timeout=60_000)

    settle()
    yield made, settle
    background.close()
    assert troubles == []


def places() -> list[str]:
    """Every place of the window, from its own lists."""
    inner = {f"{each.page}/{each.of or each.state}" for each in tabs.INNER}
    return sorted({*CLASSES, *inner, *BESIDES, area_page("forest")} - {"figure"})


def test_every_place_of_the_window_is_named_here() -> None:
    assert sorted(SEEN) == places()


def test_every_place_has_it_in_its_years(
    window: tuple[MainWindow, Callable[[], None]], township: Township
) -> None:
    shown, settle = window
    desk, navigation = shown.desk, shown.navigation
    assert desk is not None
    assert navigation is not None
    title = township.catalogue.by_area[RETIRED].title
    lacking = []
    for name in places():
        navigation.go(place_of(name))
        settle()
        assert navigation.current is not None
        assert navigation.current.isVisible(), name
        if SEEN.get(name, "") not in "\n".join((*navigation.current.heading(), told(navigation.current))):
            lacking.append(name)
    assert lacking == [], lacking
    desk.scope.set_period(year(YEAR + 1))
    settle()
    for name in places():
        navigation.go(place_of(name))
        settle()
        said = told(navigation.current)
        if name not in ("system/parameters", "system/catalogue", "system/people", "report"):  # of every year
            assert title not in said, name


class ForestDesk(Desk):
    """A desk on which whatever asks for the hazards, or for the first area or ranking, is handed the forest's own."""

    @property
    def catalogue(self) -> Catalogue:
        real = self.township.catalogue
        areas = sorted(real.areas, key=lambda area: area.key != "forest")
        made = replace(real, areas=tuple(areas))
        made.__dict__["ledgers"] = {**real.ledgers, "hazard": real.ledgers["forest_risk"]}
        own = real.rankings["forest_ranking"]
        made.__dict__["rankings"] = {**real.rankings, "environment_ranking": own}
        made.__dict__["claims"] = {"no_forest_fire": real.claims["no_forest_fire"], **real.claims}
        return made


def test_every_dialog_takes_it(township: Township, qtbot: QtBot) -> None:
    """The list of all dialogs, which is compared with the program's classes, with the forest's ledger in front."""
    unmark(township, "accident", (1,), YEAR * 100 + 3)  # so that something is owed
    background = Background()
    desk = ForestDesk(township, ChosenScope(YEAR), background)
    host = QWidget()
    qtbot.addWidget(host)
    said = ""
    for name, make in ALL.items():
        dialog = make(desk, host)
        dialog.show()
        qtbot.waitUntil(lambda: background.resting, timeout=60_000)
        assert dialog.isVisible(), name
        assert not dialog.grab().isNull()
        said += f"{dialog.windowTitle()}\n{told(dialog)}\n"
        dialog.close()
        dialog.deleteLater()
    background.close()
    assert {"林区火险隐患", "护林巡查", "位置", "没有森林火情"} <= {
        word for word in ("林区火险隐患", "护林巡查", "位置", "没有森林火情") if word in said
    }


def words(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(BytesIO(data))
    return "".join(page.get_textpage().get_text_range() for page in pages).replace("\r", "").replace("\n", "")


def _saved(save: Callable[[Path], object], folder: Path) -> bytes:
    save(folder / "made.pdf")
    return (folder / "made.pdf").read_bytes()


def papers_of(township: Township, folder: Path) -> Iterator[tuple[str, bytes, str]]:
    """Each kind of paper (as `every_page` names them), printed of the forest, with words that have to stand in it."""
    open_item = 1
    whole = lay_out(township, year(YEAR))
    yield "forms", whole.pdf, "严守森林防火"
    assert len(word_of(whole)) > 5000
    assert len(ofd_of(whole)) > 5000
    yield "short_forms", lay_out(township, year(YEAR), area="forest").pdf, "组织护林巡查3次"
    yield "one_village", lay_out(township, year(YEAR), (1,)).pdf, "严守森林防火"
    for kind in ("assign", "urge"):
        yield "loops", sheets.make_sheet(township, kind, "forest_risk", [open_item]).pdf, RISK
    yield "loops", sheets.make_sheet(township, "close", "forest_risk", [2]).pdf, "北山林缘"
    yield "loops", circular.make_circular(township, year(YEAR), ["forest_risk"]).pdf, "林区火险隐患"
    drawn = spot_check.draw_items(township, "forest_risk", "1", 7)
    spot_check.note_result(township, drawn.id, 2, True, date(YEAR, 12, 31), 1)
    yield "loops", spot_check.make_check_sheet(township, drawn.id).pdf, "火险隐患抽查情况通报"
    month = rank_month.month_ranking(township, "forest_ranking", YEAR * 100 + 11)
    yield (
        "rankings",
        _saved(lambda path: ranking_sheet.save_ranking(township, month, path), folder),
        "护林巡查",
    )
    with township.reading() as reading:
        item = next(each for each in track(reading, YEAR) if "森林防火" in each.wording)
        brief = tell(reading, item).brief
        shared = schedule_plan.draft(reading, item, start=date(YEAR, 1, 1))
    timetable = schedule_sheet.item_sheet(township, brief, shared)
    yield (
        "timetables",
        _saved(lambda path: schedule_sheet.save_sheet(township, timetable, path), folder),
        "森林防火",
    )
    plan = plan_sheet.year_sheet(township, YEAR)
    yield "plans", _saved(lambda path: plan_sheet.save_pdf(township, plan, path), folder), "森林防火巡查"
    weekly = weekly_reminder.weekly_reminder(township, year(YEAR))
    yield (
        "reminders",
        _saved(lambda path: weekly_reminder.save_reminder(township, weekly, path), folder),
        RISK,
    )
    owed = remind_missing.owed(township, YEAR, ["forest_patrol"])
    yield (
        "reminders",
        remind_missing.reminder_pdf(township, remind_missing.compose_reminder(township, YEAR, owed)),
        "护林巡查",
    )
    made = ledger_sheet.ListSheet("护林巡查台账", "共 1 次。", ("地点",), (120.0,), (("北山瞭望点",),))
    yield "lists", _saved(lambda path: ledger_sheet.save_pdf(township, made, path), folder), "北山瞭望点"
    for register in ("lookout", "village"):
        card = record_card.card_of(township, register, 1, year(YEAR))
        yield (
            "cards",
            _saved(lambda path, card=card: record_card.save_pdf(township, card, path), folder),  # type: ignore[misc]
            "护林巡查",
        )
    load = duties.loads(township)[0]
    yield "duty_cards", duties.card(township, load.official), "包保"
    keys = ["forest_patrols", "forest_people"]
    yield (
        "book",
        _saved(lambda path: bind_figures(township, keys, year(YEAR), path), folder),
        "护林巡查出动人次",
    )


def test_every_kind_of_paper_prints_it(township: Township, tmp_path: Path) -> None:
    printed = set()
    for kind, data, wanted in papers_of(township, tmp_path):
        assert wanted.replace(" ", "") in words(data).replace(" ", ""), kind
        printed.add(kind)
    assert printed == {name for name in vars(Press) if not name.startswith("_") and name != "put"}
