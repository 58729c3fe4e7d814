"""A narrow window's rail shows icons alone, until somebody unfolds it by hand."""

from __future__ import annotations

from zhengui.gui.frame.rail import Rail

#: Below this width the rail gives way by itself.
NARROW = 1040


class GivingWay:
    """Folds the rail where the window is narrow, and unfolds again what it folded itself."""

    def __init__(self, rail: Rail) -> None:
        self._rail = rail
        self._narrow = False
        #: Whether the rail is folded for want of room, not by hand.
        self.gave_way = False

    def follow(self, width: int) -> None:
        """Fold or unfold for a window of this width."""
        narrow = width < NARROW
        if narrow and not self._narrow and not self._rail.folded:
            self._rail.fold(True)
            self.gave_way = True
        elif not narrow and self.gave_way:
            self.gave_way = False
            self._rail.fold(False)
        self._narrow = narrow

    def fold_by_hand(self) -> None:
        """Fold the rail to icons, or unfold it, for good."""
        self.gave_way = False
        self._rail.fold(not self._rail.folded)
