"""Every dialog of the program: Enter, Esc, Tab, what is ringed, the default, and room for its longest text."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

import zhengui.gui
from tests.gui.conftest import Settle
from tests.gui.looking import grey_without_reason
from tests.services.drafts import new_document
from zhengui.figures.period import year
from zhengui.figures.plan_pace import Light
from zhengui.figures.warning_states import WarningStanding
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.scope import ChosenScope
from zhengui.gui.document.issues_dialog import IssuesDialog
from zhengui.gui.document.part_dialogs import HeadDialog, ReasonDialog, WordingsDialog, WordsDialog
from zhengui.gui.document.sign_dialog import SignDialog
from zhengui.gui.document.versions_dialog import VersionsDialog
from zhengui.gui.document.word_dialog import WordDialog
from zhengui.gui.fields.picture_viewer import PictureViewer
from zhengui.gui.figure.evidence_dialog import EvidenceDialog
from zhengui.gui.form.field_context import TownshipContext
from zhengui.gui.form.form_panel import WideWindow
from zhengui.gui.form.questions import UnsavedQuestion
from zhengui.gui.form.step_dialog import StepDialog
from zhengui.gui.frame.selftest_dialog import SelftestDialog
from zhengui.gui.help.window import HelpWindow
from zhengui.gui.home.warning_dialogs import WarningDialog
from zhengui.gui.kit import dialogs
from zhengui.gui.kit.background import Background
from zhengui.gui.kit.dialogs import Dialog, Question, Window
from zhengui.gui.kit.labels import label
from zhengui.gui.kit.waiting import Waiting
from zhengui.gui.ledger.edit_many import EditMany
from zhengui.gui.ledger.import_wizard import ImportWizard
from zhengui.gui.ledger.imports_dialog import ImportsDialog
from zhengui.gui.ledger.matches_dialog import MatchesDialog
from zhengui.gui.ledger.paste_preview import PasteLine, PastePreview
from zhengui.gui.ledger.requirements import Requirements
from zhengui.gui.ledger.review_deeds import ReturnDialog
from zhengui.gui.ledger.still_used import StillUsed
from zhengui.gui.ledger.zero_report import ZeroReport
from zhengui.gui.opening.first_start import FirstStart
from zhengui.gui.opening.login import Login
from zhengui.gui.opening.recovery_page import RecoveryPage
from zhengui.gui.opening.set_password import WITH, WITHOUT, SetPassword
from zhengui.gui.plan.dialogs import MissedDialog, SheetDialog
from zhengui.gui.plan.report_dialog import ReportDialog
from zhengui.gui.plan.share_dialog import ShareDialog, SpreadDialog
from zhengui.gui.ranking.settings_dialog import RankingSettings
from zhengui.gui.report.print_dialog import PrintQuestion
from zhengui.gui.report.settings_dialog import SettingsDialog
from zhengui.gui.returns.notice_dialog import NoticeDialog
from zhengui.gui.sheets.asked_dialog import AskedDialog
from zhengui.gui.sheets.merges_dialog import MergesDialog
from zhengui.gui.sheets.name_dialog import NameDialog
from zhengui.gui.system.person_dialog import PersonDialog
from zhengui.gui.worklist.check_dialogs import DrawDialog, HandOverDialog, ResultDialog
from zhengui.gui.worklist.paper_deeds import SheetsDialog
from zhengui.problem import Problem
from zhengui.services.document.edit_document import open_document
from zhengui.services.document.word_edits import WordChange
from zhengui.services.entry.read_sources import FileSource
from zhengui.services.entry.referring import Referring, StillReferredTo
from zhengui.services.issue.link_evidence import EvidenceSection, PrintedFigure
from zhengui.services.loops import list_items
from zhengui.services.loops.spot_check import CheckedItem
from zhengui.services.loops.take_step import Deed
from zhengui.services.plan.track_plan import Tracked
from zhengui.services.returns import remind_missing
from zhengui.services.township.page_settings import ReportSettings
from zhengui.services.township.township import Township
from zhengui.services.watch.ranking_settings import scales_of
from zhengui.storage.writing.loop_sheets import KeptSheet
from zhengui.storage.writing.spot_draws import Drawn

#: 1366×768 at 125 % and 1920×1080 at 200 %, less the bar of the desktop and the frame of a window.
SCREENS = (QSize(1093 - 16, 614 - 40 - 44), QSize(960 - 16, 540 - 40 - 44))
LONG = "全镇各村（居）按月报送安全隐患排查整改情况，重大隐患随时报送，确无隐患的也要零报告。" * 8
UNBROKEN = "C:/" + "abcdefghij0123456789" * 12
Make = Callable[[Desk, QWidget], Window]


def _document(desk: Desk) -> int:
    return new_document(desk.township, year(2021))


def _notice(desk: Desk, host: QWidget) -> Window:
    found = remind_missing.owed(desk.township, 2021, ["accident"], list(range(1, 12)))
    return NoticeDialog(host, desk, 2021, found)


def _wordings(desk: Desk, host: QWidget) -> Window:
    stored = open_document(desk.township, _document(desk))
    part = next(part for part in stored.parts if part.kind == "paragraph")
    claim = next(iter(desk.catalogue.claims))
    return WordingsDialog(host, replace(part, switch=f"claim:{claim}"), desk.catalogue)


def _report(_desk: Desk, host: QWidget) -> Window:
    item = Tracked(
        1, 1, "民生保障", LONG, "农业站", "", date(2021, 12, 31), None, "", "未开始", Light.BEHIND, 0, False
    )
    return ReportDialog(host, item, date(2021, 12, 6), {1: "青石村"}, "李文娟")


def _sections() -> tuple[EvidenceSection, ...]:
    return tuple(
        EvidenceSection(
            f"（{n}）{LONG[:30]}", tuple(PrintedFigure(f"k{n}{m}", LONG[:28], "1234余人次") for m in range(8))
        )
        for n in range(8)
    )


def _still_used(desk: Desk, host: QWidget) -> StillUsed:
    village = desk.catalogue.ledgers["village"]
    found = tuple(Referring(ledger.key, ledger.title, 1200) for ledger in desk.catalogue.areas[0].ledgers)
    return StillUsed(host, desk, StillReferredTo(village, (1,), 1, LONG[:30], found))


PASTED_TABLE = FileSource(
    "粘贴的表格",
    None,
    (
        ("村名", "排查时间", "行业领域", "怎样"),
        ("没有的村", "2021.3.5", "校园", LONG),
        ("青石", "某日", "", ""),
    ),
)


def _result(desk: Desk, host: QWidget) -> Window:
    item = list_items.of_ids(desk.township, "hazard", [1])[0]
    drawn = Drawn(1, 1, None, None, None, "", ())
    return ResultDialog(host, desk.township, 1, CheckedItem(replace(item, title=LONG), drawn, ""))


def _sheets(_desk: Desk, host: QWidget) -> Window:
    day, at = date(2021, 12, 6), datetime(2021, 12, 6)
    kept = KeptSheet(1, "urge", 2021, 1, day, LONG, (("hazard", 1),), 1, at, "李文娟")
    return SheetsDialog(host, [kept] * 30)


ALL: dict[str, Make] = {
    "DrawDialog": lambda d, h: DrawDialog(h, d.township, [("hazard", LONG[:30]), ("hotline", "工单")]),
    "ResultDialog": _result,
    "HandOverDialog": lambda d, h: HandOverDialog(h, d.township),
    "SheetsDialog": _sheets,
    "SpreadDialog": lambda _d, h: SpreadDialog(
        h, [(f"只重排{LONG[:30]}", [1]), ("重排全部落后的 98 项", [1, 2])]
    ),
    **{
        f"StepDialog {deed}": lambda d, h, deed=deed: StepDialog(  # type: ignore[misc]
            h, TownshipContext(d.township), d.township, d.catalogue.ledgers["hazard"], [1], deed
        )
        for deed in (Deed.ASSIGN, Deed.REPORT, Deed.PASS, Deed.CLOSE, Deed.RETURN, Deed.EXTEND)
    },
    "Question": lambda _d, h: Question(h, LONG[:60], LONG + UNBROKEN, "移到回收站", "不删了"),
    "Question that cannot be taken back": lambda _d, h: Question(
        h, "签发吗？", LONG, "签发", "再看看", False
    ),
    "Question with one way": lambda _d, h: Question(h, UNBROKEN, LONG * 4, "知道了"),
    "Waiting": lambda _d, h: Waiting(h, "正在导入" + LONG[:40]),
    "EditMany": lambda d, h: EditMany(h, d, d.catalogue.ledgers["hazard"], 1200),
    "ReturnDialog": lambda _d, h: ReturnDialog(h, 1200, "隐患"),
    "Requirements": lambda d, h: Requirements(h, d, d.catalogue.ledgers["hazard"]),
    "StillUsed": _still_used,
    "ImportsDialog": lambda d, h: ImportsDialog(h, d, d.catalogue.ledgers["hazard"]),
    "MergesDialog": lambda d, h: MergesDialog(h, d),
    "AskedDialog": lambda d, h: AskedDialog(h, d),
    "NameDialog": lambda _d, h: NameDialog(h, LONG[:40]),
    "ImportWizard": lambda d, h: ImportWizard(h, d, d.catalogue.ledgers["hazard"], PASTED_TABLE),
    "PastePreview": lambda d, h: PastePreview(
        h, [PasteLine("青石路口", "具体地点或单位", "旧处", LONG, LONG)], 3, 2
    ),
    "MatchesDialog": lambda d, h: MatchesDialog(h, d, d.catalogue.ledgers["hazard"]),
    "ZeroReport": lambda d, h: ZeroReport(h, d, d.catalogue.ledgers["hazard"]),
    "SignDialog": lambda d, h: SignDialog(d, _document(d), h),
    "RankingSettings": lambda d, h: RankingSettings(
        h,
        d.catalogue.rankings["environment_ranking"],
        scales_of(d.township, d.catalogue.rankings["environment_ranking"]),
        d.catalogue,
    ),
    "WarningDialog, to put off": lambda _d, h: WarningDialog(
        h, WarningStanding.PUT_OFF, LONG, 1200, date(2021, 12, 6)
    ),
    "WarningDialog, to close": lambda _d, h: WarningDialog(
        h, WarningStanding.CLOSED, LONG, 1, date(2021, 12, 6)
    ),
    "UnsavedQuestion": lambda _d, h: UnsavedQuestion(h, "易返贫致贫监测帮扶对象", 32),
    "FirstStart": lambda _d, h: FirstStart(h),
    "Login": lambda _d, h: Login(Path(f"{UNBROKEN}.zgdb"), h),
    "SetPassword": lambda _d, h: SetPassword(h, LONG[:40], f"{WITH}{WITHOUT}", LONG[:20], "周敏", True, True),
    "RecoveryPage": lambda _d, h: RecoveryPage(
        h, "0" * 32, LONG[:20], Path("云岭镇.zgdb"), date(2021, 12, 6)
    ),
    "PersonDialog": lambda d, h: PersonDialog(
        h, {each.key: each.title for each in d.catalogue.areas}, {1: LONG[:20]}, "云岭镇", lambda _w: None
    ),
    "SelftestDialog": lambda _d, h: SelftestDialog(h),
    "MissedDialog": lambda _d, h: MissedDialog(h, LONG, LONG, 2021, LONG, True),
    "SheetDialog": lambda _d, h: SheetDialog(h, 2021, _d.township.today()),
    "ReportDialog": _report,
    "ShareDialog": lambda _d, h: ShareDialog(h, False, {n: f"青石新村{n}" for n in range(40)}, False),
    "PrintQuestion": lambda _d, h: PrintQuestion(h, 120),
    "SettingsDialog": lambda _d, h: SettingsDialog(ReportSettings(), h),
    "NoticeDialog": _notice,
    "WordsDialog": lambda _d, h: WordsDialog(h, "新的标题怎么写？", "标题", "添加", LONG, LONG, True),
    "ReasonDialog": lambda _d, h: ReasonDialog(h, "为什么要修订？", LONG, "开始修订"),
    "HeadDialog": lambda d, h: HeadDialog(
        h, open_document(d.township, _document(d)).document, d.catalogue, date(2021, 12, 31)
    ),
    "WordingsDialog": _wordings,
    "VersionsDialog": lambda d, h: VersionsDialog(d, _document(d), True, h),
    "WordDialog": lambda _d, h: WordDialog(
        [
            WordChange(1, "changed", LONG, LONG + UNBROKEN, kept=(LONG,), lost=(LONG[:30],)),
            WordChange(2, "added", "", LONG, hindrance=LONG[:60]),
        ],
        lambda _change, _made: 1,
        h,
    ),
    "IssuesDialog": lambda d, h: IssuesDialog(d, _document(d), h),
    "EvidenceDialog": lambda _d, h: EvidenceDialog(h, LONG),
    "EvidenceDialog of a document": lambda _d, h: EvidenceDialog(h, LONG, _sections()),
    "PictureViewer": lambda _d, h: PictureViewer(h, UNBROKEN + ".jpg", b"no picture"),
    "HelpWindow": lambda _d, h: HelpWindow(h),
    "WideWindow": lambda _d, h: WideWindow(h),
}


def heirs(kind: type) -> Iterator[type]:
    for each in kind.__subclasses__():
        yield each
        yield from heirs(each)


def names_in_the_list() -> set[str]:
    """What `ALL` names, and what the functions name that it calls."""
    module = ast.parse(Path(__file__).read_text(encoding="utf-8"))
    functions = {each.name: each for each in module.body if isinstance(each, ast.FunctionDef)}
    table = next(
        each for each in module.body if isinstance(each, ast.AnnAssign) and ast.unparse(each.target) == "ALL"
    )
    found = {each.id for each in ast.walk(table) if isinstance(each, ast.Name)}
    for name in found & functions.keys():
        found |= {each.id for each in ast.walk(functions[name]) if isinstance(each, ast.Name)}
    return found


def test_every_dialog_of_the_program_is_in_the_list() -> None:
    for module in pkgutil.walk_packages(zhengui.gui.__path__, "zhengui.gui."):
        importlib.import_module(module.name)
    asked = {f"{name.__module__}.{name.__qualname__}" for name in heirs(Window)}
    asked -= {f"{Dialog.__module__}.Dialog"}
    # An import alone tries nothing: what counts is what the list makes.
    known = {
        f"{each.__module__}.{each.__qualname__}"
        for each in (globals()[name] for name in names_in_the_list() if name in globals())
        if isinstance(each, type) and issubclass(each, Window) and each not in (Window, Dialog)
    }
    assert asked == known


@pytest.fixture
def desk(township: Township, background: Background) -> Desk:
    made = Desk(township, ChosenScope(2021), background)
    made.scope.all_villages = {1: "青石村", 2: "柳塘村", 3: "白沙村"}
    return made


def buttons(dialog: Window) -> list[QPushButton]:
    return [each for each in dialog.findChildren(QPushButton) if each.isVisible() and each.isEnabled()]


def press(dialog: Window, key: Qt.Key) -> None:
    target = dialog.focusWidget() or dialog
    QTest.keyClick(target, key)


@pytest.mark.parametrize("name", ALL)
def test_a_dialog_obeys_the_keyboard_and_fits(
    name: str,
    desk: Desk,
    qtbot: QtBot,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    for room in SCREENS:
        monkeypatch.setattr(dialogs, "room_for", lambda _widget, room=room: room)
        dialog = ALL[name](desk, host)
        qtbot.addWidget(dialog)
        dialog.show()
        settle()
        assert dialog.width() <= room.width(), name
        assert dialog.height() <= room.height(), name
        assert not cut(dialog)
        assert not list(grey_without_reason(dialog.findChildren(QAbstractButton)))
        dialog.close()
    dialog = ALL[name](desk, host)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    settle()
    check_rest(dialog)
    check_tab(dialog)
    check_enter(dialog)
    check_escape(dialog)


def cut(dialog: Window) -> list[str]:
    """The texts of labels that have less room than they need."""
    found = []
    for each in dialog.findChildren(QLabel):
        if not each.isVisible() or not each.text() or not each.pixmap().isNull():
            continue
        needed = each.heightForWidth(each.width()) if each.wordWrap() else each.sizeHint().height()
        if each.height() < needed or (not each.wordWrap() and each.width() < each.sizeHint().width()):
            found.append(each.text())
    return found


def check_rest(dialog: Window) -> None:
    """An open dialog that nobody touches lays itself out no more: it would keep a processor busy all the while."""
    asked: list[str] = []

    class Spy(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.LayoutRequest:
                asked.append(type(watched).__name__)
            return False

    for _round in range(5):
        QApplication.processEvents()
    spy = Spy()
    QApplication.instance().installEventFilter(spy)  # type: ignore[union-attr]
    for _round in range(5):
        QApplication.processEvents()
    QApplication.instance().removeEventFilter(spy)  # type: ignore[union-attr]
    assert not asked


def check_tab(dialog: Window) -> None:
    """Tab visits the rows as they stand and then the verbs, and comes round."""
    if not isinstance(dialog, Dialog):
        return
    wanted = dialog.stops()
    able = [each for each in dialog.findChildren(QWidget) if _takes_tab(each)]
    assert set(wanted) == set(able), "every part that takes the keyboard, each once"
    rows = [each for each in wanted if not dialog._foot.isAncestorOf(each)]
    assert wanted[: len(rows)] == rows, "the verbs come last"
    wanted[0].setFocus()
    seen: list[QWidget] = []
    for _step in range(60):
        focused = dialog.focusWidget()
        if not seen or focused is not seen[-1]:  # a date has three places of its own
            seen.append(focused)
        press(dialog, Qt.Key.Key_Tab)
        if dialog.focusWidget() is wanted[0] and len(seen) > 1:
            break
    names = [f"{type(each).__name__} {each.accessibleName()}" for each in seen]
    assert seen == wanted or len(wanted) == 1, names


def _takes_tab(each: QWidget) -> bool:
    """Whether a part takes the keyboard by Tab, asked of the part alone."""
    if not each.isVisible() or not each.isEnabled() or each.focusProxy() is not None:
        return False
    inner = isinstance(
        each.parentWidget(), QAbstractItemView | QAbstractScrollArea | QComboBox | QAbstractSpinBox
    )
    grouped = isinstance(each, QAbstractButton) and (each.autoExclusive() or each.group() is not None)
    unchosen = grouped and each.isCheckable() and not each.isChecked()
    return bool(each.focusPolicy() & Qt.FocusPolicy.TabFocus) and not inner and not unchosen


def check_enter(dialog: Window) -> None:
    """Enter presses the ringed button and no other; elsewhere the default."""
    pressed: list[QPushButton] = []
    for each in buttons(dialog):
        if each.receivers("2clicked(bool)") + each.receivers("2clicked()"):
            each.clicked.disconnect()
        each.clicked.connect(lambda _checked=False, each=each: pressed.append(each))
    for each in buttons(dialog):
        if each.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        each.setFocus()
        assert dialog.focusWidget() is each
        press(dialog, Qt.Key.Key_Return)
        assert pressed == [each], each.text()
        pressed.clear()
    if isinstance(dialog, Dialog):
        default = next(
            each for each in (dialog.deed, dialog.leaving) if each is not None and each.isDefault()
        )
        QApplication.sendEvent(
            dialog, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
        )
        # The ring stands on the last button that was tried; without one, the default is pressed.
        pressed.clear()
        for each in buttons(dialog):
            each.clearFocus()
        dialog.setFocus()
        press(dialog, Qt.Key.Key_Return)
        assert pressed == ([default] if default.isEnabled() else [])


def check_escape(dialog: Window) -> None:
    """Esc leaves with nothing done."""
    dialog.setFocus()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.result() == 0


def test_what_cannot_be_taken_back_begins_on_the_safe_side(qtbot: QtBot) -> None:
    question = Question(None, "签发这份文稿吗？", "以后不能改。", "签发", "再看看", undoable=False)
    qtbot.addWidget(question)
    question.show()
    assert question.focusWidget() is question.leaving
    QTest.keyClick(question.focusWidget(), Qt.Key.Key_Return)
    assert question.result() == 0
    question.show()
    assert question.deed is not None
    question.deed.setFocus()
    QTest.keyClick(question.deed, Qt.Key.Key_Return)
    assert question.result() == 1


def test_a_long_run_without_blanks_is_broken_and_kept_as_it_is(qtbot: QtBot) -> None:
    words = label(f"“{UNBROKEN}”不是一个日期", role="err", wrap=True)
    qtbot.addWidget(words)
    words.resize(240, 20)
    assert words.heightForWidth(240) > 5 * words.fontMetrics().height()
    assert words.minimumSizeHint().width() < 240
    assert words.text() == f"“{UNBROKEN}”不是一个日期"


def test_bulk_edit_empties_only_when_asked_to(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, settle: Settle
) -> None:
    ledger = desk.catalogue.ledgers["hazard"]
    dialog = EditMany(None, desk, ledger, 3, "cost")  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    dialog._choice.setFocus()
    press(dialog, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.editor.input(), "Tab goes into the new value"
    press(dialog, Qt.Key.Key_Return)
    press(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.changes == {}
    assert "清空" in dialog._wrong.text()
    asked: list[str] = []
    monkeypatch.setattr(
        "zhengui.gui.ledger.edit_many.ask", lambda _p, question, *_a, **_k: asked.append(question)
    )
    dialog.clearing.click()
    assert asked == ["要清空这 3 条隐患的“投入资金”吗？"]
    assert dialog.changes == {}
    monkeypatch.setattr("zhengui.gui.ledger.edit_many.ask", lambda *_a, **_k: True)
    dialog.clearing.click()
    assert dialog.changes == {"cost": None}
    dialog.choose("place")
    assert not dialog.clearing.isEnabled()


def test_enter_in_a_line_leads_to_the_next_that_lacks_instead_of_scolding_it(qtbot: QtBot) -> None:
    dialog = SetPassword(None, "给数据文件设密码吗？", "", "云岭镇", "", named=True)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.name.setText("李试")
    dialog.name.setFocus()
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog.password
    assert not dialog._wrong.isVisible()
    QTest.keyClicks(dialog.password, "a")
    QTest.keyClick(dialog.password, Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog.again
    QTest.keyClicks(dialog.again, "a")
    QTest.keyClick(dialog.again, Qt.Key.Key_Return)
    assert dialog._wrong.isVisible()


def empty(dialog: Window) -> None:
    """Take away whatever stands in the fields that are typed into."""
    for each in dialog.findChildren(QLineEdit):
        if each.isEnabled() and each.isVisible() and not each.isReadOnly():
            each.clear()
    for text in dialog.findChildren(QPlainTextEdit):
        if text.isEnabled() and text.isVisible() and not text.isReadOnly():
            text.setPlainText("")


#: Dialogs that say what is wrong with what was typed, once nothing stands in them.
SCOLDING = (
    "HandOverDialog",
    "ReturnDialog",
    "NameDialog",
    "EditMany",
    "RankingSettings",
    "WarningDialog, to put off",
    "WarningDialog, to close",
    "Login",
    "SetPassword",
    "PersonDialog",
    "MissedDialog",
    "ReportDialog",
    "WordsDialog",
    "ReasonDialog",
    "FirstStart",
    "StillUsed",
)


@pytest.mark.parametrize("name", SCOLDING)
def test_the_field_that_is_wrong_is_marked_and_takes_the_keyboard(
    name: str, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    dialog = ALL[name](desk, host)
    qtbot.addWidget(dialog)
    assert isinstance(dialog, Dialog)
    dialog.show()
    dialog.activateWindow()
    settle()
    empty(dialog)
    assert dialog.deed is not None
    dialog.deed.click()
    assert dialog.isVisible()
    assert dialog.mistake() == dialog._wrong.text() != ""
    field = dialog.focusWidget()
    assert isinstance(field, QLineEdit | QPlainTextEdit)
    assert field.property("look") == "error"
    QTest.keyClicks(field, "1")
    assert field.property("look") != "error", "who types puts it right"


def test_a_refusal_is_told_over_the_verbs_and_leaves_the_dialog_open(qtbot: QtBot) -> None:
    class Refused(Dialog):
        def take(self) -> None:
            raise Problem("这一项已有别人改过，请先看一看。")

    dialog = Refused(None, "保存吗？", verb="保存", keep="不改")
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.deed is not None
    dialog.deed.click()
    assert dialog.isVisible()
    assert dialog._wrong.text() == "这一项已有别人改过，请先看一看。"


def test_no_dialog_tells_a_refusal_in_a_way_of_its_own() -> None:
    """What a dialog's verb raises is told at one place; ticks, days and lists of things are rows of the kit."""
    own = []
    for path in sorted(Path(zhengui.gui.__path__[0]).rglob("*.py")):
        for kind in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(kind, ast.ClassDef) or "Dialog" not in map(ast.unparse, kind.bases):
                continue
            for each in ast.walk(kind):
                if (
                    isinstance(each, ast.ExceptHandler)
                    and "self.complain(" in ast.unparse(each)
                    and "Problem" in ast.unparse(each)
                ):
                    own.append(f"{kind.name}: {ast.unparse(each)}")
                if isinstance(each, ast.Call) and ast.unparse(each.func) in ("QDateEdit", "QFormLayout"):
                    own.append(f"{kind.name}: {ast.unparse(each)}")
    assert not own
