"""A person of the office: name, role, the areas and villages he enters, a first password."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from zhengui.gui.kit.dialogs import Dialog
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.opening.set_password import hidden
from zhengui.services.problem import StorageProblem
from zhengui.services.township.people import password_trouble
from zhengui.services.township.rights import ROLES, Role

_TOLD = (
    "管理员什么都可以做；业务员登记、写文稿；审核看记录、签发文稿；只读只能看和导出，个人信息遮盖；"
    "审计看操作记录。不能审核、签发自己的。"
)


class PersonDialog(Dialog):
    """`deed` is handed what was chosen and may raise what is then told; without `name` it is a new person."""

    def __init__(
        self,
        parent: QWidget | None,
        areas: Mapping[str, str],
        villages: Mapping[int, str],
        office: str,
        deed: Callable[[PersonDialog], object],
        name: str = "",
        role: str = Role.CLERK,
        chosen_areas: Iterable[str] = (),
        chosen_villages: Iterable[int] = (),
    ) -> None:
        question = f"“{name}”能做什么？" if name else "增加人员"
        super().__init__(parent, question, _TOLD, "保存", "不改", width=460)
        self._office, self._deed = office, deed
        self.name = self.add_line("姓名", name, hint="真实姓名，以后每次修改都记在这个名字下", most=30)
        self.name.setEnabled(not name)
        self.password = (
            None
            if name
            else hidden(self.add_line("第一个密码", hint="至少 8 个字符，请本人登录后改掉", most=128))
        )
        self.role = self.add_choice("角色", [(words, str(each)) for each, words in ROLES.items()], str(role))
        self.areas = self._list("负责的领域（不勾就是全部）", areas, set(chosen_areas))
        self.villages = self._list("负责的村（居）（不勾就是全部）", villages, set(chosen_villages))
        self.role.currentIndexChanged.connect(lambda _index: self._show_limits())
        self._show_limits()

    def _list(
        self, title: str, offered: Mapping[str, str] | Mapping[int, str], chosen: set[object]
    ) -> QListWidget:
        made = QListWidget(self)
        made.setFixedHeight(104)
        for key, words in offered.items():
            item = QListWidgetItem(words, made)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if key in chosen else Qt.CheckState.Unchecked)
        self.add_under(title, made)
        return made

    def _show_limits(self) -> None:
        """Only a clerk is held to areas and villages."""
        for each in (self.areas, self.villages):
            each.setEnabled(self.role.currentData() == Role.CLERK)

    def chosen(self, offered: QListWidget) -> list[object]:
        """What is ticked; nothing for a role that is held to no limits."""
        items = [offered.item(row) for row in range(offered.count())]
        ticked = [item for item in items if item is not None and item.checkState() == Qt.CheckState.Checked]
        return [item.data(Qt.ItemDataRole.UserRole) for item in ticked] if offered.isEnabled() else []

    def mistake(self) -> str:
        if not self.name.text().strip():
            return "请填写姓名"
        if self.password is None:
            return ""
        return password_trouble(self.password.text(), self.name.text(), self._office)

    def take(self) -> None:
        try:
            self._deed(self)
        except StorageProblem as problem:
            self.complain(sentence(problem))
            return
        self.accept()
