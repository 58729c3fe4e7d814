"""Read the sheets of a file that are wanted: those that were picked, or the one that fits the ledger best."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from zhengui.catalogue.model import Catalogue, Ledger
from zhengui.exchange.reading_child import SheetLook
from zhengui.exchange.sources import PASTED, FileSource, ReadSheet, file_source
from zhengui.services.entry.section_lines import refuse_other_shapes
from zhengui.work import Progress

__all__ = [
    "PASTED",
    "FileSource",
    "Picked",
    "ReadSheet",
    "SheetLook",
    "best_sheet",
    "file_source",
    "looks_of",
    "read_sheets",
    "titles_of",
]

#: A sheet by name with the rows of its heading, None where the program finds them.
Picked = tuple[str, tuple[int, int] | None]
Cancelling = Callable[[], bool] | None


def titles_of(catalogue: Catalogue, ledger: Ledger) -> list[str]:
    """The titles by which a heading of the ledger's workbooks is known, with what else people call them."""
    fields = ledger.live_fields
    return [
        *(field.title for field in fields),
        *(word for field in fields for word in catalogue.titles.get(field.title, ())),
    ]


def looks_of(
    catalogue: Catalogue, ledger: Ledger, source: FileSource, cancelled: Cancelling = None
) -> tuple[SheetLook, ...]:
    """Every sheet of the source with its likely heading; raises ExchangeProblem and Cancelled."""
    return source.looks(titles_of(catalogue, ledger), cancelled)


def best_sheet(looks: Sequence[SheetLook]) -> SheetLook:
    """The visible sheet whose heading fits best; of several that fit alike the one that was in front, else the first."""
    shown = [look for look in looks if not look.hidden] or list(looks)
    return max(shown, key=lambda look: (look.fit, len(look.heading.titles) > 1, look.active))


def read_sheets(
    catalogue: Catalogue,
    ledger: Ledger,
    source: FileSource,
    picked: Sequence[Picked] = (),
    cancelled: Cancelling = None,
    progress: Progress | None = None,
) -> tuple[tuple[ReadSheet, ...], tuple[str, ...]]:
    """The rows of the picked sheets, else of the best one, and the names of the others with anything in them.

    `progress` is told the rows read of the sheet under way, now and then. Raises ExchangeProblem with a sentence, and
    Cancelled.
    """
    titles = titles_of(catalogue, ledger)
    looks = source.looks(titles, cancelled)
    wanted: Sequence[Picked] = picked
    if not picked:
        wanted = [(best_sheet(looks).name, None)]
    elif len(picked) == 1 and not picked[0][0]:
        wanted = [(best_sheet(looks).name, picked[0][1])]
    sheets = tuple(source.read(titles, name, heading, cancelled, progress) for name, heading in wanted)
    for sheet in sheets:
        refuse_other_shapes(sheet.look, titles)
    read = {sheet.name for sheet in sheets}
    return sheets, tuple(look.name for look in looks if look.name not in read)
