"""Write what the office reads about a version: the Chinese part of its section in CHANGELOG.md, and how to install.

usage: release_notes.py version > notes.md
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INSTALLING = """## 怎样安装

- Windows 10（1809 或更新）、Windows 11，64 位：双击 `Zhengui-Setup-{version}.exe`，按提示安装，不需要管理员权限。
  升级时直接装新版，台账、设置和文稿都保留。
- 不想安装：把 `Zhengui-{version}-portable.zip` 解开到一个文件夹，
  双击里面的 `zhengui.exe`，数据就在旁边的“数据”文件夹里。
- 麒麟 V10、统信 UOS V20（x86-64）：双击 `zhengui_{version}_amd64.deb`，
  或在终端里运行 `sudo dpkg -i zhengui_{version}_amd64.deb`。

下载的文件可以按 `SHA256SUMS` 核对。先打开演示镇看看，再开始登记。
"""


def notes(version: str, changes: str) -> str:
    """The notes of a version, from the text of CHANGELOG.md; ValueError where it has no section there."""
    found = re.search(
        rf"(?ms)^## {re.escape(version)}\b[^\n]*\n(.*?)(?=^### For developers|^## |\Z)", changes
    )
    if found is None or not found.group(1).strip():
        raise ValueError(f"CHANGELOG.md says nothing to the office about {version}")
    # What was added at the end of the version is the office's as well where it is written in Chinese.
    rest = re.match(r"(?ms).*?(?=^## |\Z)", changes[found.end() :])
    assert rest is not None
    later = "\n".join(re.findall(r"(?m)^- [“《\u4e00-\u9fff].*$", rest.group()))
    told = f"{found.group(1).strip()}\n{later}".strip()
    return f"# 政规 {version}\n\n{INSTALLING.format(version=version)}\n## 这一版的变化\n\n{told}\n"


if __name__ == "__main__":
    print(notes(sys.argv[1], (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")), end="")
