"""单位与操作人: the names that are printed and the name that is kept with every change; the size of text."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QCheckBox, QHBoxLayout

from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit import memory, style
from zhengui.gui.kit.allowing import UNCHANGED, allow
from zhengui.gui.kit.dialogs import ask
from zhengui.gui.kit.labels import button
from zhengui.gui.kit.style import mark
from zhengui.gui.system.panel import Panel
from zhengui.services.returns.report_status import set_start_month, start_month
from zhengui.services.township.office import COMMITTEE, read_month, show_month
from zhengui.services.township.rights import Right
from zhengui.services.township.township import NAME, OFFICE, OPERATOR


class OfficePanel(Panel):
    """Saved with its button; asks when left unsaved."""

    needs = Right.MANAGE

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = self.card("单位", "总结的标题、落款和窗口左上角用这里的名称。")
        self.name = self.field(column, "乡镇名称")
        self.office = self.field(column, "单位全称")
        self.committee = self.field(column, "党委名称（可以不填）")
        self.start = self.field(column, "从哪个月开始登记（可以不填，以前的月份不算欠报）")
        self.start.setPlaceholderText("例如：2026年3月")
        column = self.card("操作人", "每次修改都会记下操作人和时间，请写真实姓名。")
        self.operator = self.field(column, "您的姓名")
        row = QHBoxLayout()
        self.save = button("保存", self, "primary")
        self.save.clicked.connect(self._save)
        row.addWidget(self.save)
        row.addStretch(1)
        column.addLayout(row)
        column = self.card("显示")
        self.open_to_all = self.large = QCheckBox("大字（字号和行高都加大，立即生效）", self)
        self.large.setChecked(style.is_large())
        self.large.toggled.connect(self._enlarge)
        column.addWidget(self.large)
        self._fields = {NAME: self.name, OFFICE: self.office, OPERATOR: self.operator}
        for field in (*self._fields.values(), self.committee, self.start):
            field.setMaxLength(40)
            field.textEdited.connect(lambda _text: self._show_state())

    def refresh(self) -> None:
        profile = self.desk.township.profile()
        self.name.setText(profile.name)
        self.office.setText(profile.office)
        self.operator.setText(self.desk.township.operator)
        # With passwords a person is who logged in, not what is typed here.
        logged_in = "设了密码以后，登记都记在登录的人名下，不用在这里填。"
        allow(self.operator, self.desk.township.account is None, logged_in)
        self.committee.setText(self.desk.township.setting(COMMITTEE))
        start = start_month(self.desk.township)
        self.start.setText(show_month(start) if start else "")
        self._show_state()

    def _changed(self) -> bool:
        township = self.desk.township
        profile = township.profile()
        names = (profile.name, profile.office, township.operator, township.setting(COMMITTEE))
        fields = (*self._fields.values(), self.committee)
        return tuple(f.text().strip() for f in fields) != names or self._start() != start_month(township)

    def _start(self) -> int | None:
        """The first month as it is typed, 0 where none is, None where it is no month."""
        text = self.start.text().strip()
        return read_month(text) if text else 0

    def _show_state(self) -> None:
        for field in self._fields.values():
            mark(field, look="" if field.text().strip() else "error")
        mark(self.start, look="error" if self._start() is None else "")
        whole = all(field.text().strip() for field in self._fields.values()) and self._start() is not None
        allow(self.save, whole and self._changed(), UNCHANGED if whole else "红框里的内容还要填好")

    def can_leave(self) -> bool:
        if not self.isVisible() or not self._changed():
            return True
        if not ask(
            self,
            "单位或操作人改过还没保存，要离开吗？",
            "离开后，刚才改的内容不保留。",
            "离开",
            "继续修改",
            False,
        ):
            return False
        self.refresh()
        return True

    def _save(self) -> None:
        township = self.desk.township
        told = {key: field.text().strip() for key, field in self._fields.items()}
        township.keep_settings({**told, COMMITTEE: self.committee.text().strip()})
        township.operator = told[OPERATOR]
        set_start_month(township, self._start() or 0)
        self._show_state()
        self.desk.say("已保存单位和操作人")
        self.desk.saved.emit("")

    def _enlarge(self, large: bool) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            style.put_on(app, large)
            memory.remember(large=large)
