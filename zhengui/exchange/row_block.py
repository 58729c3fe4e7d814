"""Some rows of a sheet held by column, as they come from the reading process: many are looked at in one go."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress, islice
from typing import Any

from zhengui.exchange.books import BookSheet, Cells

#: So many rows come together.
_ROWS = 1000


@dataclass(frozen=True, slots=True)
class RowBlock:
    """Filled rows: their numbers in the sheet, from 1, and as many cells in each of the `columns`."""

    numbers: Sequence[int]
    columns: Sequence[Sequence[Any]]
    kept: bytes = field(default=b"", repr=False, compare=False)

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """Its rows, each with its number."""
        return zip(self.numbers, map(list, zip(*self.columns, strict=True)), strict=True)

    def packed(self) -> bytes:
        """The block as the pipe carries it."""
        return self.kept or pickle.dumps((self.numbers, self.columns), pickle.HIGHEST_PROTOCOL)


def unpacked(packed: bytes) -> RowBlock:
    """The block that the program itself packed."""
    numbers, columns = pickle.loads(packed)
    return RowBlock(numbers, columns, packed)


def blocks_of(sheet: BookSheet, after: int) -> Iterator[RowBlock]:
    """The filled rows of a sheet that stand below row `after`."""
    rows = islice(sheet.marked_rows(), after, None)
    last = after
    while batch := list(islice(rows, _ROWS)):
        numbers: Sequence[int] = range(last + 1, last + 1 + len(batch))
        last += len(batch)
        columns = list(zip(*batch, strict=True))
        # An empty row leaves a blank in every column.
        if all("" in column for column in columns):
            filled = [row.count("") != len(row) for row in batch]
            numbers = list(compress(numbers, filled))
            columns = list(zip(*compress(batch, filled), strict=True))
        if numbers:
            yield RowBlock(numbers, columns)


def block_of(rows: Iterable[tuple[int, Cells]]) -> RowBlock:
    """Rows of one length, each with its number, as a block."""
    numbers, cells = zip(*rows, strict=True)
    return RowBlock(numbers, list(zip(*cells, strict=True)))
