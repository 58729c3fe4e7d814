"""F1: the help about the page in front, in a window beside it."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from zhengui.paths import resource

KEYS = """# 键盘

| 键 | 作用 |
|---|---|
| Ctrl+1…9、Ctrl+Tab | 换页面 |
| Alt+←、Alt+→ | 退回、前进 |
| Ctrl+PgUp、Ctrl+PgDn | 换台账 |
| Ctrl+K | 在所有台账里搜索 |
| Ctrl+F | 在表中查找 |
| Ctrl+N | 登记新的一条 |
| 回车、F2 | 打开选中的记录 |
| Ctrl+S | 保存 |
| Ctrl+回车 | 保存并新建 |
| F8 | 下一处要改的地方 |
| Alt+↓ | 筛选当前列 |
| Ctrl+C | 连同标题复制 |
| Ctrl+D、Ctrl+E | 复制为新的一条、修改选中的多行 |
| Delete | 移到回收站 |
| Ctrl+Z | 撤销刚才的操作 |
| F6 | 到下一个区域 |
| Ctrl+B | 收起或展开左侧导航 |
| Esc | 关闭 |
"""


class HelpWindow(QDialog):
    """Shows a page of resources/help, or the keys where the page has none of its own."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("帮助")
        self.resize(560, 600)
        self.text = QTextBrowser(self)
        self.text.setOpenExternalLinks(False)
        self.text.setAccessibleName("帮助")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self.text)

    def show_page(self, page: str) -> None:
        """Show the help of a page, followed by the keys."""
        path = resource(f"help/{page.partition(':')[0]}.md")
        text = path.read_text(encoding="utf-8") + "\n\n" if path.is_file() else ""
        self.text.setSearchPaths([str(resource("help"))])
        self.text.setMarkdown(text + KEYS)
        self.text.document().setBaseUrl(QUrl.fromLocalFile(str(resource("help")) + "/"))


def show_help(parent: QWidget, page: str) -> None:
    """Open the help, or bring it to the front."""
    existing = parent.findChild(HelpWindow)
    window = existing if isinstance(existing, HelpWindow) else HelpWindow(parent)
    window.show_page(page)
    window.show()
    window.raise_()
