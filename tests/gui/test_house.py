"""What the window does for the file by itself, seen from what it tells of it."""

from __future__ import annotations

from tests.gui.conftest import Settle
from zhengui.gui.frame.main_window import MainWindow
from zhengui.gui.kit.background import Background
from zhengui.services.entry.record import save
from zhengui.services.township import overview
from zhengui.services.township.township import Township


def test_a_file_in_which_nobody_did_anything_is_backed_up_without_a_remark(
    window: MainWindow, township: Township, settle: Settle
) -> None:
    """The search's index is written on opening; the backup is made after that."""
    settle()
    told = overview.backup_words(township)
    assert told.endswith("已备份"), told
    new = {"name": "新村", "kind": "村", "active": True, "sort_order": 9}
    save(township, "village", new)
    assert overview.backup_words(township).endswith("已备份，此后有改动")


def test_what_waits_for_a_rest_comes_after_all_that_is_begun_meanwhile(
    background: Background, settle: Settle
) -> None:
    done: list[str] = []

    def second(_answer: object) -> None:
        done.append("first")
        background.run(lambda _progress: None, lambda _answer: done.append("second"))

    background.run(lambda _progress: None, second)
    background.afterwards(lambda: done.append("afterwards"))
    settle()
    assert done == ["first", "second", "afterwards"]
    background.afterwards(lambda: done.append("at once"))
    settle()
    assert done[-1] == "at once"
    background.afterwards(lambda: done.append("never"))
    background.forget_afterwards()
    settle()
    assert done[-1] == "at once"
