"""A person of the office: name, role, the areas and villages he enters, a first password."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtWidgets import QWidget

from zhengui.gui.kit.dialogs import Dialog
from zhengui.gui.opening.set_password import hidden
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
        self.areas = self.add_ticked("负责的领域（不勾就是全部）", areas.items(), set(chosen_areas))
        self.villages = self.add_ticked(
            "负责的村（居）（不勾就是全部）", villages.items(), set(chosen_villages)
        )
        self.role.currentIndexChanged.connect(lambda _index: self._show_limits())
        self._show_limits()

    def _show_limits(self) -> None:
        """Only a clerk is held to areas and villages."""
        for each in (self.areas, self.villages):
            each.setEnabled(self.role.currentData() == Role.CLERK)

    def mistake(self) -> str:
        if not self.name.text().strip():
            return self.wrong(self.name, "请填写姓名")
        if self.password is None:
            return ""
        trouble = password_trouble(self.password.text(), self.name.text(), self._office)
        return self.wrong(self.password, trouble)

    def take(self) -> None:
        self._deed(self)
        self.accept()
