"""Every issue there is: its pages, what would differ today and which edits did it, and two issues side by side."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from zhengui.gui.dialogs import button, label
from zhengui.gui.editor.differences_view import line_of
from zhengui.gui.style import colour, text_size
from zhengui.services import issue_document as service
from zhengui.services.compare_documents import Compared, compare_issues
from zhengui.services.drift import Drift, DriftEdit, drift
from zhengui.services.publish_report import write_whole

if TYPE_CHECKING:
    from zhengui.gui.desk import Desk
    from zhengui.storage.issues import Issue

_ACTIONS = {
    "create": "登记",
    "update": "修改",
    "delete": "删去",
    "restore": "恢复",
    "review": "复核",
    "report": "报送",
    "unreport": "取消报送",
    "setting": "参数",
    "definition": "口径",
}
_NONE = "—"


class IssuesDialog(QDialog):
    """Newest first; without another issue chosen, an issue is compared with today."""

    def __init__(self, desk: Desk, document: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("签发的文稿")
        self.resize(980, 600)
        self._desk = desk
        self._issues: list[Issue] = service.all_issues(desk.township)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        top = QHBoxLayout()
        self.told = label("", self, "sec")
        top.addWidget(self.told, 1)
        top.addWidget(label("与之比较", self, "fld"))
        self.against = QComboBox(self)
        self.against.setAccessibleName("与之比较")
        self.against.setMinimumWidth(300)
        top.addWidget(self.against)
        column.addLayout(top)
        row = QHBoxLayout()
        self.list = QListWidget(self)
        self.list.setAccessibleName("签发的文稿")
        self.list.setFixedWidth(290)
        self.list.setWordWrap(True)
        self.view = QTextBrowser(self)
        self.view.setOpenLinks(False)
        self.view.setAccessibleName("差别")
        row.addWidget(self.list)
        row.addWidget(self.view, 1)
        column.addLayout(row, 1)
        column.addLayout(self._foot())
        self._fill(document)
        self.list.currentRowChanged.connect(lambda _row: self.compare())
        self.against.currentIndexChanged.connect(lambda _index: self.compare())
        self.compare()

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        save = button("保存这一稿的 PDF…", self)
        save.clicked.connect(self._ask_save)
        row.addWidget(save)
        row.addStretch(1)
        close = button("关闭", self, "primary")
        close.clicked.connect(self.accept)
        row.addWidget(close)
        return row

    def _fill(self, document: int) -> None:
        self.against.addItem("现在的台账", 0)
        for each in self._issues:
            words = f"{each.title}　第 {each.number} 稿"
            reason = f"\n原因：{each.reason}" if each.reason else ""
            item = QListWidgetItem(f"{words}\n{each.at:%Y-%m-%d %H:%M}　{each.who}{reason}")
            item.setToolTip(item.text())
            self.list.addItem(item)
            self.against.addItem(words, each.id)
        at = next((n for n, each in enumerate(self._issues) if each.document == document), 0)
        self.list.setCurrentRow(at)

    def compare(self) -> None:
        """Show what differs."""
        if not 0 <= self.list.currentRow() < len(self._issues):
            return
        issue, other = self._issues[self.list.currentRow()], int(self.against.currentData() or 0)
        township = self._desk.township
        self.told.setText("正在比较…")
        if other:
            first, last = sorted((issue.id, other))
            self._desk.background.run(
                lambda _progress: compare_issues(township, first, last),
                self.show_compared,
                key="compare issues",
            )
        else:
            self._desk.background.run(
                lambda _progress: drift(township, issue.id), self.show_drift, key="compare issues"
            )

    def show_drift(self, found: Drift) -> None:
        """Show figures and claims that would be others today, with the edits behind each."""
        self.told.setText(found.sentence)
        rows = []
        for figure in found.figures:
            same = "" if figure.prints else "（印出来一样）"
            rows.append(_title(f"{figure.title}：签发时 {figure.then}，现在 {figure.now}{same}"))
            rows += [_edit(edit) for edit in figure.edits]
        for claim in found.claims:
            rows.append(
                _title(f"{claim.title}：签发时写“{claim.then_sentence}”，现在会写“{claim.now_sentence}”")
            )
            rows += [_edit(edit) for edit in claim.edits]
        self._show(rows or [_title("指标和断言都没有变。")])

    def show_compared(self, found: Compared) -> None:
        """Show two issues side by side: the figures that differ, then the sentences."""
        differing = [row for row in found.figures if row.differs]
        changed = [row for row in found.paragraphs if row.difference.kind != "same"]
        self.told.setText(f"{len(differing)} 个指标、{len(changed)} 段文字不同")
        head = "".join(
            f'<td style="padding:4px 12px 4px 0"><b>{escape(words)}</b></td>'
            for words in ("指标", _name(found.before), _name(found.after))
        )
        lines = [
            "<tr>"
            + "".join(
                f'<td style="padding:2px 12px 2px 0">{escape(words or _NONE)}</td>'
                for words in (row.title, row.before, row.after)
            )
            + "</tr>"
            for row in differing
        ]
        rows = [f"<table><tr>{head}</tr>{''.join(lines)}</table>"] if differing else []
        for paragraph in changed:
            rows += [line_of(each) for each in paragraph.sentences if each.kind != "same"]
        self._show(rows or [_title("两稿完全一样。")])

    def _show(self, rows: list[str]) -> None:
        style = f"font-size:{text_size('body')}px; line-height:160%; color:{colour('ink1').name()}"
        self.view.setHtml(f'<body style="{style}">{"".join(rows)}</body>')

    def _ask_save(self) -> None:
        row = self.list.currentRow()
        if row < 0:
            return
        issue = self._issues[row]
        folder = self._desk.township.path.parent
        name = str(folder / f"{issue.title}（第{issue.number}稿）.pdf")
        chosen, _ = QFileDialog.getSaveFileName(self, "保存 PDF", name, "PDF 文件 (*.pdf)")
        if chosen:
            self.save(issue.id, Path(chosen if chosen.lower().endswith(".pdf") else f"{chosen}.pdf"))

    def save(self, issue: int, path: Path) -> None:
        """Write the pages byte for byte as they were issued."""
        write_whole(path, service.issued_pages(self._desk.township, issue).pdf)
        self._desk.say(f"已保存 PDF：{path}")


def _name(issue: Issue) -> str:
    return f"{issue.period.title}第 {issue.number} 稿"


def _title(words: str) -> str:
    return f"<p><b>{escape(words)}</b></p>"


def _edit(edit: DriftEdit) -> str:
    changes = "；".join(
        f"{title} {before or _NONE} → {after or _NONE}" for title, before, after in edit.changes
    )
    action = _ACTIONS.get(edit.action, edit.action)
    words = f"{edit.at:%m-%d %H:%M}　{edit.who}　{action}“{edit.label}”　{changes}"
    return f'<p style="margin-left:24px; color:{colour("ink2").name()}">{escape(words)}</p>'
