"""The dialogue of the page's settings gives back what it was shown, and finds back to the standard."""

from __future__ import annotations

from PySide6.QtCore import QPoint

from zhengui.gui.kit import style
from zhengui.gui.report.settings_dialog import HEAD, SettingsDialog
from zhengui.services.township.page_settings import ReportSettings, offered_issuers

FULL = ReportSettings(
    meeting=True, cover=True, contents=True, watermark="征求意见稿", sealed=True, addressee="县人民政府",
    attachments=False, red_head=True, mark="某镇文件", number="云政发〔2022〕1号", signer="王某某",
    secrecy="秘密★1年", urgency="特急", imprint=True, copies_to="县委办公室", printer="党政办", bold_third=True,
    charts=False, system_faces=False, issuers="中共某镇委员会、某镇人民政府", copy_number="000001", remark="此件公开发布",
)  # fmt: skip


def test_it_gives_back_what_it_was_shown(qtbot):
    for settings in (ReportSettings(), FULL):
        dialogue = SettingsDialog(settings)
        qtbot.addWidget(dialogue)
        assert dialogue.chosen() == settings


def test_one_button_goes_back_to_the_standard(qtbot):
    dialogue = SettingsDialog(FULL)
    qtbot.addWidget(dialogue)
    dialogue.show_settings(ReportSettings())
    assert dialogue.chosen() == ReportSettings()


def test_own_words_can_be_typed_where_a_list_offers_the_usual_ones(qtbot):
    dialogue = SettingsDialog(ReportSettings())
    qtbot.addWidget(dialogue)
    dialogue._lists["watermark"].setCurrentText(" 内部稿 ")
    assert dialogue.chosen().watermark == "内部稿"


def test_what_belongs_to_a_head_rests_while_there_is_none(qtbot):
    dialogue = SettingsDialog(ReportSettings())
    qtbot.addWidget(dialogue)
    assert not dialogue._lines["number"].isEnabled()
    dialogue._boxes["red_head"].setChecked(True)
    assert dialogue._lines["number"].isEnabled()


def test_it_fits_the_smallest_window(qtbot):
    dialogue = SettingsDialog(ReportSettings())
    qtbot.addWidget(dialogue)
    assert dialogue.sizeHint().height() <= 600


def test_the_party_committee_and_the_government_are_offered_together(qtbot):
    offered = offered_issuers("云岭镇人民政府")
    assert offered == ("", "中共云岭镇委员会", "中共云岭镇委员会、云岭镇人民政府")
    assert offered_issuers("城关街道办事处")[1] == "中共城关街道工作委员会"
    dialogue = SettingsDialog(ReportSettings(), None, offered)
    qtbot.addWidget(dialogue)
    dialogue._lists["issuers"].setCurrentIndex(2)
    assert dialogue.chosen().issuers == "中共云岭镇委员会、云岭镇人民政府"
    dialogue._lists["issuers"].setCurrentIndex(0)
    assert dialogue.chosen().issuers == ""


def test_fields_begin_below_each_other(qtbot, qapp):
    style.put_on(qapp, large=True)
    try:
        dialogue = SettingsDialog(FULL)
        qtbot.addWidget(dialogue)
        dialogue.show()
        right = [dialogue._input(each) for each in ("issuers", "addressee", *HEAD, "copies_to", "printer")]
        assert len({each.mapTo(dialogue, QPoint(0, 0)).x() for each in right}) == 1
    finally:
        style.put_on(qapp)
