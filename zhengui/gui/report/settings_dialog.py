"""版面设置: how the document is printed; the standard is the default, and one button goes back to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from zhengui.gui.kit.dialogs import Dialog
from zhengui.gui.kit.labels import label
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.row_fields import line_field, title_of_field
from zhengui.services.township.page_settings import REMARKS, SECRECY, URGENCY, WATERMARKS, ReportSettings

#: The switches of each column under their heading: field, words, what it means.
PAGE = (
    ("meeting", "会议稿（大字）", "字大、行距宽，便于宣读：每面17行，每行22字"),
    ("bold_third", "三级标题加粗", "1. 2. 3. 这一级用加粗的仿宋"),
    ("cover", "加封面", "封面不编页码"),
    ("contents", "加目录", "列出前两级标题和附件的页码"),
    ("sealed", "加盖印章", "署名和日期排在印章的位置"),
    ("system_faces", "用本机的公文字体", "有方正小标宋、仿宋_GB2312等字体时优先使用"),
)
PARTS = (
    ("attachments", "附统计表", "每个工作领域一张，各村（居）一张"),
    ("charts", "附对比图", "历年走势和各村（居）对比"),
)
TEXTS = {
    "addressee": ("主送机关", "不写则按提纲"),
    "mark": ("发文机关标志", "不写则为单位名称加“文件”"),
    "number": ("发文字号", "例如 云政发〔2022〕1号"),
    "signer": ("签发人", "上行文才写；几位用、隔开"),
    "copy_number": ("份号", "涉密文件才写，例如 000001"),
    "copies_to": ("抄送机关", "不写则没有抄送一行"),
    "printer": ("印发机关", "不写则为本单位"),
}
LISTS = {
    "watermark": ("水印", WATERMARKS),
    "secrecy": ("密级和保密期限", SECRECY),
    "urgency": ("紧急程度", URGENCY),
    "remark": ("附注", REMARKS),
    "issuers": ("发文机关", ("",)),
}
NOTHING = "不印"
EMPTY = {"issuers": "本单位"}
"""What a list says where nothing is chosen, if that is not that nothing is printed."""
HEAD = ("mark", "number", "signer", "secrecy", "urgency", "copy_number")


def widest_title(parent: QWidget) -> int:
    """How wide the widest title of a field is."""
    titles = [words for words, _rest in (*LISTS.values(), *TEXTS.values())]
    face = QFontMetrics(label("", parent, "fld").font())
    return max(face.horizontalAdvance(words) for words in titles)


class SettingsDialog(Dialog):
    """Everything untouched stays as it is; `chosen` are the settings that the dialogue shows."""

    def __init__(
        self, settings: ReportSettings, parent: QWidget | None = None, issuers: Sequence[str] = ("",)
    ) -> None:
        super().__init__(parent, "文稿怎样排印？", "", "按此排印", "不改了")
        self._boxes: dict[str, QCheckBox] = {}
        self._lines: dict[str, QLineEdit] = {}
        self._lists: dict[str, QComboBox] = {}
        self._issuers = issuers
        #: Fields begin below each other, whatever their titles are.
        self._title_width = widest_title(self)
        row = QHBoxLayout()
        row.setSpacing(28)
        row.addLayout(self._left())
        row.addLayout(self._right())
        self.rows.addLayout(row)
        standard = self.add_verb("恢复标准版式", lambda: self.show_settings(ReportSettings()))
        standard.setProperty("kind", "ghost")
        standard.setToolTip("各项都回到公文格式标准")
        self.show_settings(settings)

    def _left(self) -> QVBoxLayout:
        column = self._column("版面")
        for field, words, meaning in PAGE:
            column.addWidget(self._box(field, words, meaning))
        column.addLayout(self._fields("watermark", "remark"))
        column.addSpacing(6)
        column.addWidget(label("附件", self, "h2"))
        for field, words, meaning in PARTS:
            column.addWidget(self._box(field, words, meaning))
        self._boxes["attachments"].toggled.connect(self._boxes["charts"].setEnabled)
        column.addStretch(1)
        return column

    def _right(self) -> QVBoxLayout:
        column = self._column("机关和日期")
        column.addLayout(self._fields("issuers", "addressee"))
        column.addSpacing(6)
        column.addWidget(self._box("red_head", "红头", "印发文机关标志、发文字号和红线"))
        column.addLayout(self._fields(*HEAD))
        column.addSpacing(6)
        column.addWidget(self._box("imprint", "版记", "印在最后一个双页的下方"))
        column.addLayout(self._fields("copies_to", "printer"))
        for field, others in (
            ("red_head", HEAD),
            ("imprint", ("copies_to", "printer")),
        ):
            for other in others:
                self._boxes[field].toggled.connect(self._input(other).setEnabled)
        column.addStretch(1)
        return column

    def _column(self, heading: str) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(label(heading, self, "h2"))
        return column

    def _box(self, field: str, words: str, meaning: str) -> QCheckBox:
        box = QCheckBox(words, self)
        box.setToolTip(plain(meaning))
        self._boxes[field] = box
        return box

    def _fields(self, *fields: str) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(10)
        grid.setColumnMinimumWidth(0, self._title_width)
        for row, field in enumerate(fields):
            made, words = self._input(field), (LISTS.get(field) or TEXTS[field])[0]
            grid.addWidget(title_of_field(self, words, made), row, 0)
            grid.addWidget(made, row, 1)
        return grid

    def _input(self, field: str) -> QLineEdit | QComboBox:
        if field in TEXTS:
            if field not in self._lines:
                self._lines[field] = line_field(self, hint=TEXTS[field][1], most=200)
                self._lines[field].setMinimumWidth(240)
            return self._lines[field]
        if field not in self._lists:
            choice = QComboBox(self)
            choice.setEditable(True)
            offered = self._issuers if field == "issuers" else LISTS[field][1]
            choice.addItems([text or EMPTY.get(field, NOTHING) for text in offered])
            if field == "issuers":
                choice.setToolTip("几个机关联合发文，名称用、隔开，主办机关写在前面")
            self._lists[field] = choice
        return self._lists[field]

    def show_settings(self, settings: ReportSettings) -> None:
        """Show settings in place of what was chosen."""
        for field, box in self._boxes.items():
            box.setChecked(getattr(settings, field))
            box.toggled.emit(box.isChecked())
        for field, line in self._lines.items():
            line.setText(getattr(settings, field))
        for field, choice in self._lists.items():
            choice.setCurrentText(getattr(settings, field) or EMPTY.get(field, NOTHING))

    def chosen(self) -> ReportSettings:
        """The settings as they are shown."""
        found: dict[str, Any] = {field: box.isChecked() for field, box in self._boxes.items()}
        found |= {field: line.text().strip() for field, line in self._lines.items()}
        for field, choice in self._lists.items():
            text = choice.currentText().strip()
            found[field] = "" if text == EMPTY.get(field, NOTHING) else text
        return ReportSettings(**found)
