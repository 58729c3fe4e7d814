"""A button that can't be pressed now says why, where the mouse rests on it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from zhengui.gui.kit.plain import plain

#: Why nothing can be done: nothing is chosen, nothing was changed, it is under way.
CHOOSE = "请先在表里选一行"
UNCHANGED = "没有改动，不用保存"
RUNNING = "正在检查，请稍等"
LOCKED = "送审和签发以后，文字不再改动；要改请先退回修改"
#: The property in which a grey button keeps what its tip says while it can be pressed.
_OWN = "own_tip"
#: The property that says why a button is grey.
WHY = "why"


def allow(each: QWidget, able: bool, why: str) -> None:
    """Let a button be pressed, or make it grey and let its tip say why: what is lacking, or what to do first."""
    if each.property(WHY) in (None, ""):
        each.setProperty(_OWN, each.toolTip())
    each.setEnabled(able)
    each.setProperty(WHY, "" if able else why)
    # Its own tip was made plain when it was set; made plain once more its marks would be seen.
    each.setProperty("toolTip", str(each.property(_OWN) or "") if able else plain(why))
    each.setAccessibleDescription("" if able else why)
