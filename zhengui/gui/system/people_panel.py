"""人员: whether the file has passwords, who may work here and what each may do, one's own password."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.dialogs import ask, tell
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.style import mark
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.opening.recovery_page import RecoveryPage
from zhengui.gui.opening.set_password import WITH, WITHOUT, SetPassword
from zhengui.gui.system.panel import Panel
from zhengui.gui.system.person_dialog import PersonDialog
from zhengui.services.problem import StorageProblem
from zhengui.services.township import idle_lock, login, overview, own_catalogue, people, rights
from zhengui.services.township.people import Account
from zhengui.services.township.rights import ROLES, Right, Role
from zhengui.values.clean import one_width

_COLUMNS = ("姓名", "角色", "负责的领域", "负责的村（居）")
_WIDTHS = (110, 70, 230, 230)


class PeoplePanel(Panel):
    """Two faces: an office without passwords may set one; with them, the people are listed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = self.card("密码")
        self.told = label("", self, "sec", wrap=True)
        column.addWidget(self.told)
        self.protect = self._button(column, ("设密码…", "protect"))[0]
        self.protect.setProperty("kind", "primary")
        self._own = QWidget(self)
        own = QVBoxLayout(self._own)
        own.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._own)
        row = QHBoxLayout()
        for text, call in (
            ("改我的密码…", self._change_own),
            ("锁定", lambda: desk.guard_asked.emit("lock")),
            ("换人…", lambda: desk.guard_asked.emit("change")),
        ):
            made = button(text, self)
            made.clicked.connect(lambda _checked=False, call=call: call())
            row.addWidget(made)
        self.forget = button("不再在这台电脑上记住", self)
        self.forget.clicked.connect(lambda _checked=False: self._forget_here())
        row.addWidget(self.forget)
        row.addStretch(1)
        own.addLayout(row)
        self._staff = QWidget(self)
        self._fill_staff(desk)
        self.cards.addWidget(self._staff)
        self._people: list[Account] = []

    def _fill_staff(self, desk: Desk) -> None:
        outer, self.cards = self.cards, QVBoxLayout(self._staff)
        self.cards.setContentsMargins(0, 0, 0, 0)
        self.cards.setSpacing(12)
        column = self.card("人员", "每个人用自己的密码打开，做过的事都记在自己名下。")
        self.list = QTreeWidget(self)
        self.list.setAccessibleName("人员")
        self.list.setHeaderLabels(list(_COLUMNS))
        self.list.setRootIsDecorated(False)
        self.list.setFixedHeight(200)
        for place, width in enumerate(_WIDTHS):
            self.list.setColumnWidth(place, width)
        self.list.itemActivated.connect(lambda _item, _column: self._change())
        column.addWidget(self.list)
        row = QHBoxLayout()
        for text, call in (
            ("增加…", self._add),
            ("修改…", self._change),
            ("重设密码…", self._set_password),
            ("移除…", self._remove),
        ):
            made = button(text, self, "primary" if text == "增加…" else "")
            made.clicked.connect(lambda _checked=False, call=call: call())
            row.addWidget(made)
        row.addStretch(1)
        column.addLayout(row)
        column = self.card("恢复密钥和密码", "恢复密钥找不到了，或有人看过，就换一个；旧的随即作废。")
        row = QHBoxLayout()
        for text, call in (
            ("换一个恢复密钥…", self._renew_recovery),
            ("不再要密码…", lambda: desk.guard_asked.emit("give_up")),
        ):
            made = button(text, self)
            made.clicked.connect(lambda _checked=False, call=call: call())
            row.addWidget(made)
        row.addStretch(1)
        column.addLayout(row)
        self._add_idle()
        self.cards = outer

    def _add_idle(self) -> None:
        column = self.card(
            "自动锁定", "没有人动键盘和鼠标，过一会儿就锁住窗口，要本人输密码才能接着用。0 是不自动锁定。"
        )
        row = QHBoxLayout()
        row.addWidget(label("离开", self))
        self.minutes = QLineEdit(self)
        self.minutes.setFixedWidth(64)
        self.minutes.setAccessibleName("自动锁定的分钟数")
        self.minutes.editingFinished.connect(self._keep_minutes)
        row.addWidget(self.minutes)
        row.addWidget(label("分钟后锁定", self))
        row.addStretch(1)
        column.addLayout(row)

    def _keep_minutes(self) -> None:
        township, told = self.desk.township, one_width(self.minutes.text().strip())
        count = int(told) if told.isdecimal() and len(told) < 6 else -1
        if count == idle_lock.minutes(township):
            mark(self.minutes, look="")
            return
        try:
            idle_lock.set_minutes(township, count)
        except StorageProblem as problem:
            mark(self.minutes, look="error")
            self.desk.say(sentence(problem))
            return
        mark(self.minutes, look="")
        self.desk.say(f"已改：离开 {count} 分钟后锁定" if count else "已改：不自动锁定")

    def _forget_here(self) -> None:
        login.forget_here(self.desk.township.path)
        self.desk.say("下次在这台电脑上打开要输密码")
        self.refresh()

    def _button(self, column: QVBoxLayout, *wanted: tuple[str, str]) -> list[QWidget]:
        row, made = QHBoxLayout(), []
        for text, deed in wanted:
            each = button(text, self)
            each.clicked.connect(lambda _checked=False, deed=deed: self.desk.guard_asked.emit(deed))
            row.addWidget(each)
            made.append(each)
        row.addStretch(1)
        column.addLayout(row)
        return made  # type: ignore[return-value]

    def refresh(self) -> None:
        account = self.desk.township.account
        self.protect.setVisible(account is None)
        self._own.setVisible(account is not None)
        self.forget.setVisible(account is not None and login.is_remembered(self.desk.township.path))
        self.minutes.setText(str(idle_lock.minutes(self.desk.township)))
        mark(self.minutes, look="")
        self._staff.setVisible(rights.may(account, Right.MANAGE) and account is not None)
        if account is None:
            self.told.setText(f"现在没有密码。{WITHOUT}{WITH}")
            return
        self.told.setText(f"设有密码。现在用的是“{account.name}”（{ROLES[Role(account.role)]}）。")
        names = {each.id: each.name for each in overview.villages(self.desk.township)}
        self._people = people.people(self.desk.township)
        self.list.clear()
        for each in self._people:
            areas = "、".join(self._areas().get(key, key) for key in sorted(each.areas)) or "全部"
            villages = "、".join(names.get(id, str(id)) for id in sorted(each.villages)) or "全部"
            limits = (areas, villages) if each.role == Role.CLERK else ("", "")
            self.list.addTopLevelItem(QTreeWidgetItem([each.name, ROLES[Role(each.role)], *limits]))

    def _areas(self) -> dict[str, str]:
        """All work areas, those too that only earlier years know: whoever enters them goes on doing so."""
        return {area.key: area.title for area in own_catalogue.areas_in_use(self.desk.township)}

    def _chosen(self) -> Account | None:
        item = self.list.currentItem()
        row = self.list.indexOfTopLevelItem(item) if item is not None else -1
        if row < 0:
            self.desk.say("请先在上面选一个人")
            return None
        return self._people[row]

    def _dialog(self, deed: object, person: Account | None = None) -> PersonDialog:
        villages = {each.id: each.name for each in overview.villages(self.desk.township)}
        known = (person.name, person.role, person.areas, person.villages) if person is not None else ()
        office = self.desk.township.profile().name
        return PersonDialog(self, self._areas(), villages, office, deed, *known)  # type: ignore[arg-type]

    def _add(self) -> None:
        township = self.desk.township

        def add(written: PersonDialog) -> None:
            assert written.password is not None
            people.add_person(
                township,
                township.path,
                written.name.text(),
                Role(written.role.currentData()),
                written.password.text(),
                written.areas.ticked(),
                written.villages.ticked(),
            )

        if self._dialog(add).exec():
            self.desk.say("已增加，请把第一个密码告诉本人，让他登录后改掉")
            self.refresh()

    def _change(self) -> None:
        person = self._chosen()
        if person is None:
            return

        def change(written: PersonDialog) -> None:
            areas, villages = frozenset(written.areas.ticked()), frozenset(written.villages.ticked())
            role = str(written.role.currentData())
            people.change_person(
                self.desk.township, replace(person, role=role, areas=areas, villages=villages)
            )

        if self._dialog(change, person).exec():
            self.desk.say("已保存，下次打开时生效")
            self.refresh()

    def _set_password(self) -> None:
        person, township = self._chosen(), self.desk.township
        if person is None:
            return
        question = f"给“{person.name}”重设密码"
        told = "原来的密码随即作废。请把新密码告诉本人，让他登录后改掉。"
        dialog = SetPassword(
            self,
            question,
            told,
            township.profile().name,
            person.name,
            deed=lambda _name, new, _old: people.set_password(township, township.path, person, new),
        )
        if dialog.exec():
            self.desk.say(f"已给“{person.name}”重设密码")

    def _change_own(self) -> None:
        township = self.desk.township
        account = township.account
        if account is None:
            return
        dialog = SetPassword(
            self,
            "改我的密码",
            "",
            township.profile().name,
            account.name,
            present=True,
            deed=lambda _name, new, old: people.change_own_password(township, township.path, old, new),
        )
        if dialog.exec():
            self.desk.say("密码已改")

    def _remove(self) -> None:
        person = self._chosen()
        if person is None:
            return
        told = "他的密码随即打不开数据；他做过的事仍记在他名下。数据和备份会换一把钥匙重新加密，要等一会儿。"
        if not ask(self, f"移除“{person.name}”吗？", told, "移除", "不移除", undoable=False):
            return
        try:
            people.remove_person(self.desk.township, self.desk.township.path, person)
        except StorageProblem as problem:
            tell(self, "没有移除", sentence(problem))
            return
        self.desk.guard_asked.emit("renew")

    def _renew_recovery(self) -> None:
        township = self.desk.township
        told = "打印好的那一页随即作废，备份里的仍是旧的，下次备份时换成新的。"
        if ask(self, "换一个恢复密钥吗？", told, "换", "不换", undoable=False):
            key = people.renew_recovery_key(township, township.path)
            RecoveryPage(self, key, township.profile().name, township.path, township.today()).exec()
