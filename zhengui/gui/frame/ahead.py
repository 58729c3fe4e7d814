"""Import what the pages need while nobody asks for anything, so that the first visit of a page is as quick as later ones."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

from zhengui.gui.frame import pages
from zhengui.gui.frame.garbage import settle

#: How long after the first page was filled, in milliseconds.
SOON = 100


class Ahead(QObject):
    """Imports a little at a time in the window's thread; whatever is typed or clicked goes first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps = _steps()
        self._timer = QTimer(self)
        self._timer.setInterval(SOON)
        self._timer.timeout.connect(self._step)
        self._timer.start()

    @property
    def done(self) -> bool:
        """Whether everything was imported."""
        return not self._timer.isActive()

    def _step(self) -> None:
        self._timer.setInterval(0)
        if next(self._steps, None) is None:
            self._timer.stop()
            # Modules live as long as the program; to look through them for garbage would hold up the window.
            settle("modules")


def _steps() -> Iterator[str]:
    """Import what pages rest on and then the pages, each time no more than a twentieth of a second's worth."""
    from zhengui.services.entry import apply_import

    yield apply_import.__name__
    from zhengui.gui.fields import registry

    yield registry.__name__
    from zhengui.gui.form import form_parts

    yield form_parts.__name__
    from zhengui.gui.form import form_panel

    yield form_panel.__name__
    from zhengui.gui.ledger import view

    yield view.__name__
    from zhengui.services.counting import split_figure, trace_figure

    yield f"{split_figure.__name__} {trace_figure.__name__}"
    from zhengui.services.county_forms import fill_form

    yield fill_form.__name__
    from zhengui.gui.document import document_editor

    yield document_editor.__name__
    for import_page in (pages.area_page_class, *pages.CLASSES.values()):
        yield import_page().__module__
