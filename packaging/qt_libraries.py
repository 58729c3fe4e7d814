"""See that Qt finds the system libraries it needs on Linux; install them where allowed, else say which.

    python packaging/qt_libraries.py

Windows needs none. Only the window and its tests need Qt: `main.py demo` and the other commands do not.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

#: The plugin that draws into an X window needs more than Qt without a screen; loading it asks for all of it.
PROBE = """
import ctypes, pathlib, sys
from PySide6 import QtCore, QtGui, QtPdfWidgets, QtPrintSupport, QtSvg, QtWidgets
QtWidgets.QApplication(["", "-platform", "offscreen"])
if sys.platform == "linux":
    plugins = QtCore.QLibraryInfo.path(QtCore.QLibraryInfo.LibraryPath.PluginsPath)
    ctypes.CDLL(str(pathlib.Path(plugins) / "platforms" / "libqxcb.so"))
"""
PACKAGES = (
    "libdbus-1-3 libegl1 libfontconfig1 libfreetype6 libgl1 libglib2.0-0 libgssapi-krb5-2 libx11-6 "
    "libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 "
    "libxcb-render0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-util1 libxcb-xfixes0 libxcb-xkb1 "
    "libxkbcommon-x11-0 libxkbcommon0"
).split()


def complaint() -> str:
    """What Qt says when it starts without a screen and loads what it needs for one; empty if all is well."""
    probe = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=False)
    return (probe.stderr.strip() or f"exit {probe.returncode}") if probe.returncode else ""


def install() -> None:
    """Install the libraries by apt-get."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *PACKAGES]):
        subprocess.run(["apt-get", *arguments], env=environment, check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    """0 if Qt starts in the end."""
    found = complaint()
    if not found:
        return 0
    if sys.platform == "linux" and shutil.which("apt-get") and os.geteuid() == 0:
        print("Qt 缺少系统库，正在用 apt-get 安装……", flush=True)
        install()
        found = complaint()
        if not found:
            return 0
    print(found.splitlines()[-1], file=sys.stderr)
    print("Qt 缺少系统库。请用系统的软件包工具安装后重试，Debian、Ubuntu 上是：", file=sys.stderr)
    print(f"  sudo apt-get install {' '.join(PACKAGES)}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
