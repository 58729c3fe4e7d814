"""关于: the program, its version, and the licences of what it is made of."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QTextBrowser

import zhengui
from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.labels import label
from zhengui.gui.system.panel import Panel
from zhengui.paths import program_folder, resource

PARTS = (
    "Qt for Python（LGPL-3.0）　SQLAlchemy、Alembic、Mako（MIT）　sqlcipher3、SQLCipher（Zlib，BSD）",
    "cryptography（Apache-2.0）　ReportLab（BSD）　pypdfium2（Apache-2.0）　python-docx（MIT）　lxml（BSD）",
    "XlsxWriter（BSD）　python-calamine、pypinyin、rapidfuzz（MIT）　Pillow（MIT-CMU）　python-stdnum（LGPL-2.1）",
    "Fluent System Icons（MIT）　其余组件和随附字体的许可见下",
)

#: How the files of licences end.
TEXTS = (".txt", ".md", ".ijg")


def notices() -> dict[str, Path]:
    """Every licence text that ships by the name to choose it by: the program's own, the overview, then one for each work.

    The texts of a library that brings many lie in folders of their own.
    """
    first = {
        "政规": program_folder() / "LICENSE",
        "随附的组件和字体": program_folder() / "THIRD_PARTY.md",
    }
    found = {name: path for name, path in first.items() if path.is_file()}
    for folder in ("licences", "fonts", "icons"):
        for path in sorted(resource(folder).rglob("*")):
            if path.suffix in TEXTS:
                found[" ".join(path.relative_to(resource(folder)).with_suffix("").parts)] = path
    return found


class AboutPanel(Panel):
    """Nothing here can be changed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        version = getattr(zhengui, "__version__", "")
        column = self.card(
            f"政规 {version}".rstrip(), "乡镇台账、指标和年度总结。数据只在这台电脑，程序不联网。"
        )
        for line in PARTS:
            column.addWidget(label(line, self, "cap", wrap=True))
        column = self.card("许可")
        self._files = notices()
        self.choice = QComboBox(self)
        self.choice.setAccessibleName("看哪一份许可")
        self.choice.setMaximumWidth(320)
        self.choice.addItems(list(self._files))
        self.choice.currentTextChanged.connect(self._show)
        self.text = QTextBrowser(self)
        self.text.setMinimumHeight(280)
        column.addWidget(self.choice)
        column.addWidget(self.text)
        self._show(self.choice.currentText())

    def _show(self, name: str) -> None:
        path = self._files.get(name)
        self.text.setPlainText(path.read_text(encoding="utf-8", errors="replace") if path else "")
