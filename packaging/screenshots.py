"""Take every picture of the manual from the real program, on the demo township and on an empty one.

    python packaging/screenshots.py                  all pictures, where the manual and README look for them
    python packaging/screenshots.py --only report    only those whose name has this in it
    python packaging/screenshots.py --to FOLDER      somewhere else, to look at first
    python packaging/screenshots.py --check          write nothing, and name those that show something else today

A picture that shows the same but for a time of the day stays as it is.

`docs/screenshots` gets every tab at two screen sizes, filled and empty; `resources/help/pictures` gets what the
manual inside the program shows. Needs no screen, and Noto Sans CJK SC or Microsoft YaHei UI among the fonts.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from datetime import date
from io import BytesIO
from itertools import cycle
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_SCALE_FACTOR"] = "1"

from PIL import Image, ImageChops, ImageOps
from PySide6.QtCore import QBuffer, QEvent, QEventLoop, QIODevice, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QKeyEvent, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QListWidget, QWidget

GALLERY, MANUAL = "docs/screenshots", "resources/help/pictures"
#: What a maximised window keeps of a screen once title bar and task bar are drawn.
SCREENS = {"1366x768": QSize(1366, 696), "1920x1080": QSize(1920, 1008)}
#: Text on paper needs no more.
COLOURS = 192
EDGE = "#CDD3DA"
#: So much of a picture may differ, by more than few colours make it, and it still shows the same: a time, a card lit up.
SAME, SEEN = 0.005, 48
YEAR = 2021


class Studio:
    """One window on one data file, and how to take pictures of it."""

    def __init__(self, app: QApplication, target: Path, only: str, check: bool = False) -> None:
        from zhengui.gui.frame.start import Session

        self.target, self.only, self.check, self.taken = target, only, check, 0
        self.stale: list[str] = []
        self.session = Session(app)
        self.session.background.troubled.connect(_stop)
        self.window = self.session.window
        self.window.resize(SCREENS["1366x768"])
        self.window.show()

    def open(self, path: Path) -> None:
        """Open a data file and wait until it is there."""
        before = self.session.desk
        self.session.open(path)
        for _round in range(200):
            pause(50)
            if self.session.desk is not before:
                break
        self.rest()

    def rest(self) -> None:
        """Wait until nothing is being computed and everything is painted."""
        for _round in range(200):
            pause(60)
            if self.session.background.resting:
                break
        pause(250)

    def go(self, page: str, of: str = "", record: int = 0, state: str = "") -> None:
        """Show a place."""
        assert self.session.desk is not None
        self.session.desk.go(page, of, record, state)
        self.rest()

    @property
    def page(self) -> QWidget:
        """The page in front."""
        assert self.window.navigation is not None
        assert self.window.navigation.current is not None
        return self.window.navigation.current

    def wants(self, name: str) -> bool:
        """Whether this picture was asked for."""
        return self.only in name

    def take(
        self, name: str, part: QWidget | None = None, around: int = 0, crop: QRect | None = None
    ) -> None:
        """Save the window, or what is seen of it where a part of it lies."""
        self.rest()
        picture = self.window.grab().toImage()
        if part is not None:
            place = QRect(part.mapTo(self.window, QPoint(0, 0)), part.size())
            crop = place.adjusted(-around, -around, around, around)
        if crop is not None:
            picture = picture.copy(crop.intersected(picture.rect()))
        self.save(name, picture)

    def save(self, name: str, picture: QImage) -> None:
        """Write a picture with few colours, which makes the file a quarter as large, where it shows anything new."""
        if not self.wants(name):
            return
        path = self.target / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        picture.save(buffer, "PNG")  # type: ignore[call-overload]
        image = Image.open(BytesIO(bytes(buffer.data().data()))).convert("RGB")
        if name.startswith(MANUAL):  # a white dialog on a white page needs an edge
            image = ImageOps.expand(image.crop((1, 1, image.width - 1, image.height - 1)), 1, EDGE)
        few = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        self.taken += 1
        if path.exists() and differing(Image.open(path).convert("RGB"), few.convert("RGB")) <= SAME:
            return
        self.stale.append(name)
        if self.check:
            print(f"{name}  shows something else today", flush=True)
            return
        few.save(path, optimize=True)
        print(f"{name}  {path.stat().st_size // 1024} KB", flush=True)


def differing(one: Image.Image, other: Image.Image) -> float:
    """How much of two pictures is seen to differ: 0 the same, 1 all of it, or not the same size."""
    if one.size != other.size:
        return 1.0
    red, green, blue = ImageChops.difference(one, other).split()
    worst = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return sum(worst.histogram()[SEEN:]) / (one.width * one.height)


def pause(milliseconds: int) -> None:
    """Let the event loop run, so that workers can hand in what they found."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _stop(error: Exception) -> None:
    raise SystemExit(f"the program was in trouble: {error!r}")


def take_gallery(studio: Studio, state: str) -> None:
    """Every tab at every screen size."""
    for screen, size in SCREENS.items():
        if not studio.wants(f"{GALLERY}/{screen}-{state}"):
            continue
        studio.window.resize(size)
        for page in studio.window.rail.order:
            studio.go(page)
            studio.take(f"{GALLERY}/{screen}-{state}/{page.rpartition(':')[2]}")
    studio.window.resize(SCREENS["1366x768"])


def take_first_start(studio: Studio) -> None:
    """The questions of the first start."""
    from zhengui.gui.opening.first_start import FirstStart

    dialog = FirstStart(studio.window)
    dialog.name.setText("云岭镇")
    take_dialog(studio, "first-start", dialog)


def take_dialog(studio: Studio, name: str, dialog: QDialog) -> None:
    """A dialog by itself."""
    dialog.show()
    studio.rest()
    studio.save(f"{MANUAL}/{name}", dialog.grab().toImage())
    dialog.close()


def take_popover(studio: Studio, name: str, left: int, height: int = 430) -> None:
    """The top right of the window, where a panel has been opened."""
    studio.rest()
    width = studio.window.width()
    studio.take(f"{MANUAL}/{name}", crop=QRect(left, 0, width - left, height))


def take_overview(studio: Studio) -> None:
    """The overview, the choice of the period and the search."""
    studio.go("home")
    studio.take(f"{MANUAL}/home")
    studio.go("home", "warnings")
    page: Any = studio.page
    page.warnings.choose_rule("medical_outlay")
    studio.take(f"{MANUAL}/warnings")
    studio.go("home", "calendar")
    studio.take(f"{MANUAL}/calendar")
    studio.go("home")
    studio.window.context.period.click()
    take_popover(studio, "period", 700, 480)
    press(studio.window, Qt.Key.Key_Escape)
    studio.window.start_search()
    studio.window.context.search.setText("加油站")
    press(studio.window.context.search, Qt.Key.Key_Return)
    take_popover(studio, "search", 620, 420)
    press(studio.window.context.search, Qt.Key.Key_Escape)


def take_area(studio: Studio) -> None:
    """A ledger with its figures, a record beside it, its stages, and what a column is filtered by."""
    studio.go("area:safety", "hazard")
    studio.take(f"{MANUAL}/area")
    page: Any = studio.page
    studio.take(f"{MANUAL}/strip", page.strip)
    column = next(n for n, c in enumerate(page.view.table.rows.columns) if c.key == "grade")
    page.view.pickers.open_filter(column)
    studio.take(f"{MANUAL}/filter", page.view, crop=None)
    press(studio.window, Qt.Key.Key_Escape)
    record = page.view.table.rows.ids[3]
    studio.go("area:safety", "hazard", record)
    studio.take(f"{MANUAL}/window")
    studio.take(f"{MANUAL}/form", page.form)
    page.form.form.tabs.choose("flow")
    studio.take(f"{MANUAL}/flow", page.form)
    page.form.form.tabs.choose("content")


def take_mistakes(studio: Studio) -> None:
    """A form that was saved too early: what is missing and what does not fit together."""
    studio.go("area:safety", "hazard")
    page: Any = studio.page
    page.open_new("hazard", {"found_on": date(YEAR, 12, 2), "due_on": date(YEAR, 11, 20), "field": "交通"})
    form = page.form.form
    village = form.open_sheet().rows["village"].editor
    village.set_text("青实村")
    form.save()
    studio.take(f"{MANUAL}/form-mistakes", page.form)
    studio.take(f"{GALLERY}/form-with-mistakes")
    form.drafts.drop()
    form.sheet.settle()
    form.closing.emit()
    studio.rest()


def take_many(studio: Studio) -> None:
    """Changing several records, the bin, and months without anything to report."""
    from zhengui.gui.desk.place import BIN
    from zhengui.gui.ledger.edit_many import EditMany
    from zhengui.gui.ledger.zero_report import ZeroReport
    from zhengui.services.entry import record as records

    desk = studio.session.desk
    assert desk is not None
    studio.go("area:safety", "hazard")
    page: Any = studio.page
    ledger = desk.catalogue.ledgers["hazard"]
    take_dialog(studio, "edit-many", EditMany(studio.window, desk, ledger, 6, "grade"))
    take_dialog(studio, "zero", ZeroReport(studio.window, desk, desk.catalogue.ledgers["accident"]))
    ids = tuple(page.view.table.rows.ids[40:43])
    removed = records.delete(desk.township, "hazard", ids)
    studio.go("area:safety", "hazard", 0, BIN)
    studio.take(f"{MANUAL}/bin", page.view)
    records.restore(desk.township, removed)
    page.view.show_bin(False)
    studio.rest()


def take_import(studio: Studio) -> None:
    """The import of a village's table: its columns, and what will happen."""
    from zhengui.gui.ledger.import_wizard import COLUMNS, ImportWizard
    from zhengui.services.entry.read_sources import FileSource

    if not any(studio.wants(f"{MANUAL}/import-{name}") for name in ("columns", "rows")):
        return
    desk = studio.session.desk
    assert desk is not None
    with desk.township.reading() as reading:
        names = reading.lookup().names("village")[:3]
    titles = ("村名", "排查时间", "行业领域", "等级", "场所", "存在问题", "备注2")
    rows = [
        (names[0].removesuffix("村"), "2021.3.5", "校园", "一般", "小学食堂", "燃气管老化", ""),
        (names[1], "3月12日", "交通", "较大", "村口弯道", "没有警示标志", "雨天更险"),
        ("东方村", "20210318", "食品药品", "一般", "小卖部", "没有索证", ""),
        ("东方村", "2021年4月1日", "校园", "一般", "幼儿园", "护栏松动", ""),
        (names[2], "2021-4-6", "建筑", "特大", "拆迁工地", "围挡缺失", ""),
    ]
    source = FileSource("柳塘等村隐患排查.xlsx", None, (titles, *rows))
    wizard = ImportWizard(studio.window, desk, desk.catalogue.ledgers["hazard"], source)
    wizard.show()
    studio.rest()
    assert wizard.step == COLUMNS
    studio.save(f"{MANUAL}/import-columns", wizard.grab().toImage())
    assert wizard.deed is not None
    wizard.deed.click()
    studio.rest()
    studio.save(f"{MANUAL}/import-rows", wizard.grab().toImage())
    wizard.reject()


def take_reporting(studio: Studio) -> None:
    """Who has reported which month."""
    studio.go("reporting")
    studio.take(f"{MANUAL}/reporting")


def take_worklist(studio: Studio) -> None:
    """The board of what is to be struck off."""
    studio.go("worklist")
    studio.take(f"{MANUAL}/worklist")
    for name, view in (("draws", "抽查"), ("duties", "包保")):
        studio.go("worklist", state=view)
        studio.take(f"{MANUAL}/{name}")


def take_forms(studio: Studio, folder: Path) -> None:
    """The villages' files looked at together, a county form being marked and filled, the forms asked for."""
    from zhengui.services.county_forms import asked_forms, keep_forms

    desk = studio.session.desk
    assert desk is not None
    studio.go("forms", "merge")
    page: Any = studio.page
    page.panel("merge").open(_village_files(desk.township, folder / "11月各村报表"))
    studio.take(f"{MANUAL}/forms-merge")
    path = folder / "安全生产情况月报表.xlsx"
    _county_form(desk.township, path)
    studio.go("forms", "forms")
    panel = page.panel("forms")
    panel.take_form(path)
    (form,) = keep_forms.all_forms(desk.township)
    mark = keep_forms.FormMark
    marks = [
        mark(path.stem, "A2", "words", "office"),
        mark(path.stem, "D2", "words", "period"),
        mark(path.stem, "B5:B10", "villages", "hazards_found", names="A"),
        mark(path.stem, "C5:C10", "villages", "hazards_removed", names="A"),
        mark(path.stem, "D5:D10", "villages", "hazards_found", span="to_date", names="A"),
    ]
    keep_forms.set_marks(desk.township, form.id, marks)
    panel.refresh()
    panel.grid.choose("C5:C10")
    panel.grid.block_chosen.emit("C5:C10")
    pause(5500)  # until what was told at the bottom has gone
    studio.take(f"{MANUAL}/forms-marks")
    titles = ["村（居）", "发现隐患", "发现日期", "整改期限", "责任人"]
    columns = tuple(asked_forms.propose_columns(desk.township, titles))
    for asked in (
        asked_forms.AskedForm(
            path.stem,
            "县应急管理局",
            "month",
            "应急〔2021〕12号",
            "yes",
            0,
            10,
            form=form.id,
            columns=columns,
        ),
        asked_forms.AskedForm("人居环境整治周边情况表", "县农业农村局", "quarter", "", "no", 0, 8),
    ):
        asked_forms.save_asked(desk.township, asked)
    studio.go("forms", "asked")
    studio.take(f"{MANUAL}/forms-asked")


def _village_files(township: Any, folder: Path) -> Path:
    """The files of all villages but two, with new records, one that is there already, and some mistakes."""
    import xlsxwriter

    from zhengui.services.township import overview

    folder.mkdir(exist_ok=True)
    titles = ["村（居）", "场所", "领域", "等级", "发现日期", "隐患描述", "整改期限"]
    for number, village in enumerate(overview.villages(township)[:-2]):
        with xlsxwriter.Workbook(str(folder / f"{village.name}11月隐患.xlsx")) as book:
            sheet = book.add_worksheet("隐患排查")
            sheet.write(0, 0, f"{village.name}隐患排查登记表")
            sheet.write_row(1, 0, titles)
            for row in range(2 + number % 3):
                day = f"2021-11-{3 + (number + 5 * row) % 25:02d}" if number % 7 or row else "2021-11-31"
                place = ("便民超市", "小学食堂", "液化气站", "村卫生室")[(number + row) % 4]
                values = [village.name, place, "校园", "一般", day, "消防通道堆放杂物", "2021-12-20"]
                sheet.write_row(2 + row, 0, values)
            sheet.write_row(2 + 2 + number % 3, 0, ["填表人：村文书"])
    return folder


def _county_form(township: Any, path: Path) -> None:
    """A form as a county's office sends it out: headings of two rows, sums, places for names."""
    import xlsxwriter

    from zhengui.services.township import overview

    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet(path.stem)
        head = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter"})
        title = book.add_format({"bold": True, "font_size": 18, "align": "center"})
        cell = book.add_format({"border": 1, "align": "center"})
        sheet.merge_range("A1:E1", "安全生产情况月报表", title)
        sheet.set_row(0, 32)
        sheet.set_column("A:E", 15)
        for place, words in (("A3:A4", "村（居）"), ("B3:D3", "排查治理"), ("E3:E4", "整改率")):
            sheet.merge_range(place, words, head)
        for place, words in (("B4", "本月发现"), ("C4", "本月销号"), ("D4", "累计发现")):
            sheet.write(place, words, head)
        share = book.add_format({"border": 1, "align": "center", "num_format": "0.0%"})
        for row, village in enumerate(overview.villages(township)[:6], 5):
            sheet.write(f"A{row}", village.name, cell)
            for column in "BCD":
                sheet.write_blank(f"{column}{row}", None, cell)
            sheet.write_formula(f"E{row}", f"=IF(B{row}=0,0,C{row}/B{row})", share)
        sheet.write("A11", "合计", cell)
        for column in "BCD":
            sheet.write_formula(f"{column}11", f"=SUM({column}5:{column}10)", cell)
        sheet.write_formula("E11", "=IF(B11=0,0,C11/B11)", share)


def take_figure(studio: Studio) -> None:
    """Where a figure comes from."""
    studio.go("figure", "hazards_removed")
    studio.take(f"{MANUAL}/figure")
    studio.take(f"{GALLERY}/figure")


def take_documents(studio: Studio) -> None:
    """The plan, the yearly document and its printed pages."""
    from zhengui.gui.report.settings_dialog import SettingsDialog
    from zhengui.services.township.page_settings import settings_of

    studio.go("plan")
    studio.take(f"{MANUAL}/plan")
    studio.go("report")
    studio.take(f"{MANUAL}/report")
    page: Any = studio.page
    take_dialog(studio, "report-settings", SettingsDialog(settings_of(page.desk.township), studio.window))
    document: QPdfDocument = page.preview.document
    for name, number in (("first", 0), ("second", 1), ("last", document.pageCount() - 1)):
        points = document.pagePointSize(number)
        image = document.render(number, QSize(620, round(620 * points.height() / points.width())))
        paper = QImage(image.size(), QImage.Format.Format_RGB32)
        paper.fill(Qt.GlobalColor.white)
        painter = QPainter(paper)
        painter.drawImage(0, 0, image)
        painter.setPen(Qt.GlobalColor.lightGray)
        painter.drawRect(paper.rect().adjusted(0, 0, -1, -1))
        painter.end()
        studio.save(f"{GALLERY}/pdf-page-{name}", paper)
    take_chip(studio, page)
    take_issued(studio, page)


def take_chip(studio: Studio, page: Any) -> None:
    """A figure in the text, with its facts and the ways to write it."""
    area = page.text
    area.go_to_chip("figure:leaflets")
    at, code = area.chip_by_caret()
    area.open_chip(at, code)
    studio.rest()
    card = page.editor.chip_deeds.card
    card.show_choices()
    place = QRect(card.mapTo(studio.window, QPoint(0, 0)), card.size())
    studio.take(f"{MANUAL}/chip", crop=place.adjusted(-220, -120, 140, 20))
    card.hide()


def take_issued(studio: Studio, page: Any) -> None:
    """The choice of evidence; then the document is issued, a record is changed, and the difference is shown."""
    from zhengui.figures import period
    from zhengui.gui.document.issues_dialog import IssuesDialog
    from zhengui.gui.figure.evidence_dialog import EvidenceDialog
    from zhengui.services.counting.trace_figure import trace
    from zhengui.services.entry import record
    from zhengui.services.issue.issue_document import issue, submit
    from zhengui.services.issue.link_evidence import figures_by_section

    township, document = page.desk.township, page.choice.document
    text = "把选中指标的口径、数值、每条记录和照片装订成一份 PDF。"
    sections = figures_by_section(township, document, 0)
    take_dialog(studio, "evidence", EvidenceDialog(studio.window, text, sections))
    submit(township, document)
    issue(township, document)
    letter = trace(township, "letters", period.year(YEAR)).parts[0].ids[-1]
    record.save(township, "letter", {"copies": 460}, letter)
    dialog = IssuesDialog(page.desk, document, page)
    take_dialog(studio, "issues", dialog)
    page.show_document(document)
    studio.rest()
    studio.take(f"{GALLERY}/report-issued")


def take_targets(studio: Studio) -> None:
    """The targets of the villages, worked back from their due dates."""
    studio.go("plan")
    page: Any = studio.page
    page.subs.show_targets()
    studio.take(f"{MANUAL}/targets")


def take_ranking(studio: Studio) -> None:
    """The villages ranked in a month."""
    studio.go("ranking", "environment_ranking")
    studio.take(f"{MANUAL}/ranking")


def take_settings(studio: Studio) -> None:
    """Registers and backups; the line that names a folder of this computer is left out."""
    studio.go("registers", "village")
    studio.take(f"{MANUAL}/registers")
    studio.go("system", "data")
    page: Any = studio.page
    panel = page.findChild(QListWidget)
    studio.take(f"{MANUAL}/data", panel.parentWidget())


def take_safety(studio: Studio, folder: Path) -> None:
    """A file that doesn't open and its way back; passwords, people, the check of the log, the bin's rule."""
    from zhengui.gui.opening.login import Login
    from zhengui.gui.opening.recovery import Recovery
    from zhengui.gui.opening.recovery_page import RecoveryPage
    from zhengui.gui.system.check_panel import CheckPanel
    from zhengui.services.township import keep_backup, login, people
    from zhengui.services.township.rights import Role
    from zhengui.services.township.township import create_township, open_township

    password = "青石 柳塘 白沙"
    path = folder / "云岭镇.zgdb"
    township = create_township(path, "云岭镇", "周敏")
    for name, at in (("白沙村", "2021-12-05-173012"), ("清溪村", "2021-12-06-091544")):
        _add_village(township, name)
        made = keep_backup.back_up_now(township)
        for each in (made, made.with_name(f"{made.name}.key")):
            each.rename(each.with_name(each.name.replace(made.stem, f"云岭镇-{at}")))
    township.close()
    whole = path.read_bytes()
    path.write_bytes(bytes(4096) + whole[4096:])
    try:
        open_township(path)
    except Exception as error:  # noqa: BLE001 - whatever is told of it is what the page shows
        dialog = Recovery(path, str(error), studio.session.background, studio.window)
    for told in dialog.findChildren(QLabel):
        if told.text().startswith("位置："):
            told.setText("位置：D:\\政规")
    take_dialog(studio, "recovery", dialog)
    path.write_bytes(whole)
    key = people.begin_with_passwords(open_township(path), "周敏", password)
    asked = Login(path, studio.window)
    asked.name.setText("周敏")
    take_dialog(studio, "login", asked)
    # A key is drawn anew each time; the one in the picture opens nothing and stays.
    letters = cycle("7K4M9R2WC8")
    key = "".join(next(letters) if each.isalnum() else each for each in key)
    page = RecoveryPage(studio.window, key, "云岭镇", path, date(YEAR, 12, 6))
    take_dialog(studio, "recovery-key", page)
    login.log_in(path, "周敏", password)
    township = open_township(path)
    for name, role in (("李文娟", Role.CLERK), ("王建国", Role.REVIEWER), ("陈静", Role.AUDITOR)):
        people.add_person(township, path, name, role, password)
    township.close()
    studio.open(path)
    for panel, name in (("people", "/system-people"), ("check", "/system-check")):
        studio.go("system", panel)
        shown: Any = studio.page
        if panel == "check":
            shown.findChild(CheckPanel).run_check()
        studio.take(f"{MANUAL}{name}")


def _add_village(township: Any, name: str) -> None:
    from zhengui.services.entry import record

    record.save(township, "village", {"name": name, "kind": "村", "active": True})


def press(target: QWidget, key: Qt.Key) -> None:
    """Press a key where the keyboard is, as a clerk would."""
    place = QApplication.focusWidget() or target
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(place, QKeyEvent(kind, key.value, Qt.KeyboardModifier.NoModifier))
    pause(80)


def main() -> int:
    """Make the two townships and take the pictures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--to", type=Path, default=ROOT, help="where the two folders of pictures go")
    parser.add_argument("--only", default="", help="only pictures whose name has this in it")
    parser.add_argument("--check", action="store_true", help="write nothing, name those that are not current")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ZHENGUI_HOME"] = folder
        studio = _photograph(Path(folder), given)
    print(f"{studio.taken} pictures, {len(studio.stale)} show something new")
    return 0 if studio.taken and not (given.check and studio.stale) else 1


def _photograph(folder: Path, given: argparse.Namespace) -> Studio:
    from zhengui.gui.frame.start import application
    from zhengui.services.township.township import create_township
    from zhengui.services.whole.demo import make_demo

    made = make_demo(folder)
    create_township(folder / "empty.zgdb", "云岭镇", "李文娟").close()
    studio = Studio(application(["zhengui"]), given.to, given.only, given.check)
    studio.open(made.database)
    take_gallery(studio, "filled")
    for act in (
        take_overview,
        take_area,
        take_mistakes,
        take_many,
        take_import,
        take_reporting,
        take_worklist,
        take_targets,
        take_ranking,
        take_figure,
        take_documents,
        take_settings,
    ):
        act(studio)
    take_forms(studio, folder)
    studio.open(folder / "empty.zgdb")
    take_gallery(studio, "empty")
    studio.go("home")
    studio.take(f"{MANUAL}/first-day")
    take_first_start(studio)
    take_safety(studio, folder)
    studio.window.close()
    if studio.session.desk is not None:
        studio.session.desk.township.close()
    return studio


if __name__ == "__main__":
    sys.exit(main())
