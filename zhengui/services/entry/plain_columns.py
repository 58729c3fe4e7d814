"""How the columns of an import without questions are matched: by their titles, then as the wizard does, and told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from zhengui.catalogue.model import Ledger
from zhengui.exchange.column_matches import ColumnMatch, Ground, cell_words
from zhengui.exchange.match import Matching, match_columns
from zhengui.exchange.reading_child import Cells
from zhengui.exchange.row_block import RowBlock
from zhengui.exchange.sources import ReadSheet
from zhengui.exchange.template_mark import present_titles, retired_field
from zhengui.exchange.workbook_in import Sheet
from zhengui.services.entry.import_matches import ImportMatch, match_for
from zhengui.services.entry.incoming import LEAVE
from zhengui.services.entry.preview_import import propose_columns
from zhengui.services.township.reading import Reading
from zhengui.values.cells import Cell


@dataclass
class PlainColumns:
    """The columns as they are taken, in sentences what of it was guessed, and what is read for the texts of a kind of
    file that was remembered. `left` counts the rows that such a text keeps out.
    """

    ledger: Ledger
    matching: Matching
    told: list[str] = field(default_factory=list)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fixed: tuple[str, ...] = ()
    width: int = 0
    left: int = 0

    def are_plain(self, block: RowBlock) -> bool:
        """Whether nothing in the rows of a block has to be left out or replaced."""
        places = set(self.given)
        others = (column for place, column in enumerate(block.columns) if place not in places)
        return not (self.values or self.fixed) and any(
            "" not in column and None not in column for column in others
        )

    @property
    def given(self) -> list[int]:
        """The places of what a template may have put into a row: the village."""
        return [place for place, each in self.matching.columns if each.key == self.ledger.village]

    def rows(self, rows: Iterable[tuple[int, Cells]]) -> Iterator[tuple[int, Cells]]:
        """The rows with remembered texts in their places."""
        for number, cells in rows:
            if self.values or self.fixed:
                cells = [*cells, *[""] * (self.width - len(cells)), *self.fixed]
                if not self._replace(cells):
                    self.left += 1
                    continue
            yield number, cells

    def _replace(self, cells: list[Cell]) -> bool:
        """Put remembered texts in; whether the row stays."""
        for place, each in self.matching.columns:
            told = self.values.get(each.key, {}).get(cell_words(cells[place]))
            if told == LEAVE:
                return False
            if told is not None:
                cells[place] = told
        return True


def matched(reading: Reading, ledger: Ledger, sheet: Sheet, year: int) -> PlainColumns:
    """Match the columns of a sheet: as they were remembered for such files, else by title, then by what the wizard
    would propose for the rest.
    """
    template = sheet.mark.fields.get(sheet.name, {})
    header = present_titles(sheet.header, ledger, template)
    strict = match_columns(header, ledger.live_fields)
    known = match_for(reading, ledger.key, sheet.header)
    if known is None and not strict.unknown:
        return PlainColumns(ledger, strict)
    below = tuple((n, cells) for n, cells in sheet.look.rows if n > sheet.heading.last)
    read = ReadSheet(sheet.look, below, template)
    proposed = propose_columns(reading, ledger.key, [read], known.columns if known else {}, year)
    if known is not None:
        return _remembered(ledger, known, strict, sheet, proposed)
    gone = {title for title in strict.unknown if retired_field(reading.catalogue.ledgers[ledger.key], title)}
    return _guessed(ledger, strict, header, sheet, [each for each in proposed if each.title not in gone])


def _guessed(
    ledger: Ledger, strict: Matching, header: list[str], sheet: Sheet, proposed: Iterable[ColumnMatch]
) -> PlainColumns:
    """What the titles say, and for those that say nothing what was proposed."""
    by_title = {match.title: match for match in proposed}
    columns, unknown, told = list(strict.columns), [], []
    used = {each.key for _place, each in columns}
    for place, title in enumerate(header):
        if title not in strict.unknown:
            continue
        match = by_title.get(sheet.header[place])
        if match is None or not match.field or match.field in used:
            unknown.append(title)
            continue
        used.add(match.field)
        columns.append((place, ledger[match.field]))
        told.append(f"表里的“{title}”按“{ledger[match.field].title}”导入（{match.ground}）。")
    missing = tuple(each for each in strict.missing if each.key not in used)
    columns.sort(key=lambda pair: pair[0])
    return PlainColumns(ledger, Matching(tuple(columns), tuple(unknown), strict.repeated, missing), told)


def _remembered(
    ledger: Ledger, known: ImportMatch, strict: Matching, sheet: Sheet, proposed: Iterable[ColumnMatch]
) -> PlainColumns:
    """What was remembered for such files, and the rest as it was proposed."""
    by_title = {match.title: match for match in proposed}
    columns, unknown, used = [], [], set()
    for place, title in enumerate(sheet.header):
        match = by_title.get(title)
        if match is not None and match.field and match.field not in used:
            used.add(match.field)
            columns.append((place, ledger[match.field]))
        elif match is not None and not match.field and match.ground is Ground.NONE:
            unknown.append(title)
    width = len(sheet.header)
    fixed = [(key, text) for key, text in known.fixed.items() if text and key in ledger.by_key]
    fixed = [(key, text) for key, text in fixed if key not in used]
    columns += [(width + n, ledger[key]) for n, (key, _text) in enumerate(fixed)]
    used |= {key for key, _text in fixed}
    missing = tuple(
        each for each in (*strict.missing, *(f for _p, f in strict.columns)) if each.key not in used
    )
    matching = Matching(tuple(columns), tuple(unknown), strict.repeated, missing)
    told = [f"这种表格的配法记住过，按“{known.name}”导入。"]
    return PlainColumns(ledger, matching, told, known.values, tuple(text for _key, text in fixed), width)
