"""An invented office that answers what editors ask, without a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from zhengui.gui.fields.context import Attached, AttachmentProblem, Candidate
from zhengui.values.lookup import nearest
from zhengui.values.pinyin import initials

#: Invented names only.
REGISTERS: dict[str, dict[int, str]] = {
    "village": {1: "青石村", 2: "白沙村", 3: "云岭社区", 4: "百山村"},
    "department": {1: "党政办", 2: "应急所"},
    "official": {1: "刘晓梅", 2: "李文娟"},
    "household": {1: "王大有 白沙村", 2: "赵长顺 青石村"},
    "person": {1: "王小明 白沙村", 2: "王小明 青石村", 3: "𬭎一鸣 白沙村"},
    "enterprise": {1: "云岭镇鑫源木业有限公司"},
}


class InventedLookup:
    def find(self, register: str, text: str) -> list[tuple[int, str]]:
        return [
            (id, label)
            for id, label in REGISTERS[register].items()
            if text in label or initials(label).startswith(text.lower())
        ]

    def label(self, register: str, id: int) -> str | None:
        return REGISTERS[register].get(id)

    def names(self, register: str) -> list[str]:
        return list(REGISTERS[register].values())


class InventedOffice:
    def __init__(self) -> None:
        self.lookup = InventedLookup()
        self.files: dict[int, tuple[str, bytes]] = {}

    def today(self) -> date:
        return date(2021, 12, 6)

    def year(self) -> int:
        return 2021

    def candidates(self, register: str, text: str) -> Sequence[Candidate]:
        found = self.lookup.find(register, text)
        if not found and text:
            near = nearest(text, self.lookup.names(register))
            found = self.lookup.find(register, near) if near else []
        notes = "110101********1234" if register == "person" else ""
        return [Candidate(id, label, notes) for id, label in found]

    def indicator_title(self, key: str) -> str:
        return self.indicators().get(key, key)

    def indicators(self) -> Mapping[str, str]:
        return {"sample_0": "消除隐患", "inspections": "排查整治"}

    def keep_file(self, name: str, content: bytes) -> Attached:
        if not content:
            raise AttachmentProblem("文件是空的，请核对后再添加。")
        number = len(self.files) + 1
        self.files[number] = (name, content)
        return self.attached([number])[0]

    def attached(self, ids: Sequence[int]) -> Sequence[Attached]:
        known = [(id, *self.files[id]) for id in ids if id in self.files]
        return [
            Attached(id, name, name.endswith(("png", "jpg")), content if name.endswith("png") else b"")
            for id, name, content in known
        ]

    def content(self, attachment_id: int) -> bytes:
        return self.files[attachment_id][1]


def write(widget: QWidget, text: str) -> None:
    """Type as an input method does: the text arrives in one piece."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)
