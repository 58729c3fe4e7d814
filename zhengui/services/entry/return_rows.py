"""Hand the rows that can't come in back: the same file, with what is wrong beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from zhengui.catalogue.model import FieldType
from zhengui.exchange.convert import RowMistake
from zhengui.exchange.handed_back import Returned, hand_back
from zhengui.exchange.match import Matching
from zhengui.exchange.sources import FileSource, ReadSheet
from zhengui.services.entry.incoming import ImportPreview, RowDeed

_TEXTS = (FieldType.ID_NUMBER, FieldType.PHONE)
_IN = (RowDeed.ADD, RowDeed.UPDATE, RowDeed.SAME)


def returned_path(source: FileSource, folder: Path | None = None) -> Path:
    """Where the file with its mistakes goes: beside the file, or to the folder given."""
    stem = source.path.stem if source.path is not None else source.name
    stem = stem.removesuffix("（标出要改的地方）")
    place = folder or (source.path.parent if source.path is not None else Path())
    return place / f"{stem}（标出要改的地方）.xlsx"


def returned_sheet(
    sheet: ReadSheet, matching: Matching, mistakes: Mapping[int, Sequence[RowMistake]]
) -> Returned:
    """What is to be said of a sheet of which no row is hidden."""
    width = len(sheet.look.heading.titles)
    columns = [(place, field) for place, field in matching.columns if place < width]
    texts = [place for place, field in columns if field.type in _TEXTS]
    return Returned(sheet, mistakes, (), {field.title: place for place, field in columns}, texts)


def return_rows(
    preview: ImportPreview, source: FileSource, sheets: Sequence[ReadSheet], target: Path, *, taken: bool
) -> Path:
    """Write the file with its mistakes; `taken` says that the rows that are right went in. Returns the path.

    Raises ExchangeProblem where it can't be written.
    """
    keys = {match.title: match.field for match in preview.columns if match.field}
    returned = []
    for sheet in sheets:
        places: dict[str, int] = {}
        texts = []
        for place, title in enumerate(sheet.look.heading.titles):
            field = preview.ledger.by_key.get(keys.get(title, ""))
            if field is not None:
                places.setdefault(field.title, place)
                if field.type in _TEXTS:
                    texts.append(place)
        mine = [row for row in preview.rows if row.sheet == sheet.name]
        mistakes = {
            row.row: [mistake for mistake in row.mistakes if mistake.severity == "error"]
            for row in mine
            if row.deed is RowDeed.REFUSED
        }
        went_in = [row.row for row in mine if taken and row.deed in _IN]
        returned.append(Returned(sheet, mistakes, went_in, places, texts))
    return hand_back(source, returned, target)
