"""The part of the self-test that needs a screen: the window, and the pages that it previews and prints."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from zhengui.gui.frame.start import Session, application
from zhengui.gui.report.page_selftest import page_checks
from zhengui.services.whole.selftest import NAME, Check

ROUNDS, REST = 200, 50


def checks(folder: Path) -> Iterator[Check]:
    """The checks in order, on the files that the other checks left in `folder`."""
    yield "窗口", lambda: _window(folder)
    yield from page_checks(folder)


def _window(folder: Path) -> str:
    """Open the window on the self-test's data file, look at it, and tell what was seen."""
    app = application(["zhengui", "-platform", "offscreen"])
    found = sorted(folder.rglob(f"*{Path(NAME).suffix}"))
    from zhengui.services.township.find_file import original_name

    # A backup that lies beside it would be asked about.
    found = [path for path in found if original_name(path) is None]
    if not found:
        raise ValueError("没有可以打开的数据文件，见上面“数据库”一项。")
    before = os.environ.get("ZHENGUI_HOME")
    # What is opened here must not be what the office's window opens next time.
    os.environ["ZHENGUI_HOME"] = str(folder)
    try:
        session = Session(app)
        session.window.resize(1366, 704)
        session.window.show()
        session.open(found[0])
        session.background.wait()
        for _round in range(ROUNDS):
            app.processEvents()
            if session.desk is not None and session.background.resting:
                break
            session.background.wait(REST)
        picture = session.window.grab()
        pages = len(session.window.rail.order)
        session.window.close()
        session.background.close()
        if session.desk is None or picture.isNull():
            raise ValueError("窗口没有画出来，请重新运行一次安装程序。")
        session.desk.township.close()
        app.aboutToQuit.disconnect(session.remember)
    finally:
        os.environ.pop("ZHENGUI_HOME")
        if before is not None:
            os.environ["ZHENGUI_HOME"] = before
    return f"{picture.width()}×{picture.height()}，{pages} 个页面"
