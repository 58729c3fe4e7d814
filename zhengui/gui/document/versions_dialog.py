"""The kept versions of a document, each set against another or against the text as it is now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QWidget,
)

from zhengui.figures.differences import spans
from zhengui.figures.readable_wording import readable
from zhengui.gui.document.differences_view import DifferencesView
from zhengui.gui.kit.dialogs import Dialog
from zhengui.gui.kit.labels import label
from zhengui.gui.kit.row_fields import ThingList
from zhengui.services.document import edit_document
from zhengui.services.issue.compare_documents import compare_versions

if TYPE_CHECKING:
    from zhengui.figures.differences import Difference
    from zhengui.gui.desk.desk import Desk
    from zhengui.storage.writing.document_versions import Version


class VersionsDialog(Dialog):
    """Newest first; choosing one shows what has changed since."""

    def __init__(self, desk: Desk, document: int, editable: bool, parent: QWidget) -> None:
        super().__init__(parent, verb="关闭", width=900, height=500, title="版本")
        self._desk, self._document = desk, document
        top = QHBoxLayout()
        self._told = label("", self, "sec")
        top.addWidget(self._told)
        top.addStretch(1)
        top.addWidget(label("与之比较", self, "fld"))
        self.against = QComboBox(self)
        self.against.setAccessibleName("与之比较")
        self.against.setFixedWidth(220)
        top.addWidget(self.against)
        self.rows.addLayout(top)
        self.list: ThingList[Version] = ThingList(self, "版本", 250)
        self.view = DifferencesView(self)
        self.add_list_beside(self.list, self.view)
        if editable:
            self.add_verb("存为一版", self.keep).setToolTip("把现在的文稿留作一版（Ctrl+Shift+S）")
        self.list.currentRowChanged.connect(lambda _row: self._compare())
        self.against.currentIndexChanged.connect(lambda _index: self._compare())
        self.refresh()

    def keep(self) -> None:
        """Keep the document as it is now under a number."""
        edit_document.keep_version(self._desk.township, self._document, "手动保存")
        self.refresh()

    def refresh(self) -> None:
        """Read the versions."""
        versions = edit_document.versions(self._desk.township, self._document)
        self.against.clear()
        self.against.addItem("现在的文稿", None)
        for each in versions:
            self.against.addItem(f"第 {each.number} 版（{each.at:%m-%d %H:%M}）", each.number)
        self.list.show_things(versions, _words)
        if not versions:
            self._told.setText("还没有留下版本；开始修改时会自动留一版")

    def _compare(self) -> None:
        chosen, other = self.list.chosen(), self.against.currentData()
        if chosen is None:
            self.view.show_differences([])
            return
        found = compare_versions(self._desk.township, self._document, chosen.number, other)
        changed = sum(each.kind != "same" or each.moved for each in found)
        self._told.setText(f"{changed} 段有差别" if changed else "没有差别")
        self.view.show_differences([self._readable(each) for each in found])

    def _readable(self, each: Difference) -> Difference:
        """The same difference with the names of figures and claims in place of their placeholders."""
        before, after = self._named(each.before), self._named(each.after)
        return replace(each, before=before, after=after, spans=spans(before, after))

    def _named(self, text: str) -> str:
        return readable(text, self._desk.catalogue)


def _words(version: Version) -> str:
    note = f"　{version.note}" if version.note else ""
    return f"第 {version.number} 版　{version.at:%m-%d %H:%M}　{version.who}{note}"
