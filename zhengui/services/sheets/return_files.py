"""Send the villages their own workbooks back, with what is to be put right marked in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from zhengui.exchange.convert import RowMistake
from zhengui.exchange.handed_back import Returned, hand_back
from zhengui.exchange.many_books import SENT_BACK, FolderBook
from zhengui.exchange.sources import FileSource, ReadSheet
from zhengui.services.entry.return_rows import returned_sheet
from zhengui.services.sheets.compare_rows import TWICE, WRONG, ComparedRow, MergePreview
from zhengui.services.sheets.recognise import RecognisedPart, parts_of, village_of
from zhengui.services.township.overview import villages as all_villages
from zhengui.services.township.reading import Reading, reads
from zhengui.values.cells import Cell
from zhengui.work import Progress


def returned_folder(folder: Path) -> Path:
    """Where the workbooks go that the villages get back: beside the folder, so that it isn't merged with it."""
    name = f"{folder.name}{SENT_BACK}"
    return folder.with_name(name) if folder.name else folder / name  # a stick has no beside


@reads
def return_files(
    reading: Reading,
    preview: MergePreview,
    books: Sequence[FolderBook],
    target: Path,
    progress: Progress | None = None,
) -> list[Path]:
    """Write each workbook that has rows that are wrong or stand twice into `target`, under its own name; the paths.

    Rows, formats and everything else stay as the village sent them, so that what comes back, put right, can be merged
    in the place of the old file. Raises ExchangeProblem and OSError where it can't be written.
    """
    wrong: dict[str, list[ComparedRow]] = {}
    for line in preview.lines:
        if line.kind in (WRONG, TWICE) and line.row:
            wrong.setdefault(line.file, []).append(line)
    target.mkdir(exist_ok=True)
    made: list[Path] = []
    for book in books:
        name = preview.name_of(book)
        if name not in wrong:
            continue
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        returned = _returned(reading, book, preview, wrong[name])
        made.append(hand_back(FileSource(book.path.name, book.path), returned, path))
        if progress is not None:
            progress(len(made), len(wrong))
    return made


def _returned(
    reading: Reading, book: FolderBook, preview: MergePreview, lines: Sequence[ComparedRow]
) -> list[Returned]:
    ledgers = [reading.catalogue.ledgers[key] for key in dict.fromkeys(line.ledger for line in lines)]
    parts, _unused = parts_of(reading.catalogue, book, ledgers, village_of(book, all_villages(reading)))
    by_sheet: dict[str, dict[int, list[RowMistake]]] = {}
    for line in lines:
        told = list(line.mistakes) or [RowMistake(line.row, "", line.told)]
        by_sheet.setdefault(line.sheet, {})[line.row] = told
    rows = {sheet.name: sheet.rows for sheet in book.sheets}
    return [_of_part(part, rows, by_sheet[part.sheet]) for part in parts if part.sheet in by_sheet]


def _of_part(
    part: RecognisedPart,
    rows: Mapping[str, Sequence[tuple[int, list[Cell]]]],
    mistakes: Mapping[int, list[RowMistake]],
) -> Returned:
    below = tuple((number, cells) for number, cells in rows[part.sheet] if number > part.look.heading.last)
    return returned_sheet(ReadSheet(part.look, below), part.matching, mistakes)
