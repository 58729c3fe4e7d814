"""Look for garbage in the window's thread alone: a worker that swept up a widget would bring the program down."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

#: How often to look, in milliseconds; a look that finds too little to do costs nothing.
EVERY = 500
OLDEST = 2


#: For which reasons objects were set apart already, in this process.
_settled: set[str] = set()


def settle(reason: str) -> None:
    """Set apart what lives as long as the program, once for each reason.

    Done again with every township that is opened, the closed ones' windows would be set apart, too, and never let go.
    """
    if reason not in _settled:
        _settled.add(reason)
        gc.freeze()


class Garbage(QObject):
    """Takes the place of Python's own collector, which runs in whichever thread happens to ask for memory."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> int:
        """Collect the oldest generation that is due; returns how many objects were let go."""
        due = [
            generation
            for generation, (count, limit) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if count > limit
        ]
        if not due:
            return 0
        found = gc.collect(max(due))
        if max(due) == OLDEST:
            # The catalogue, the modules and the style live as long as the program: going through all of them
            # again takes a fifth of a second in which no key is answered.
            settle("first look")
        return found
