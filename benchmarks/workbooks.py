"""#5 and #6: a hundred thousand records in from a workbook with every rule, and out again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from benchmarks.measured import Measured, in_child
from benchmarks.prepared import copy_of, emptied, fill, opened
from zhengui.services.township.overview import villages as all_villages

LEDGER = "hazard"
VILLAGES = 24

EXPORT = """
from zhengui.app import main
assert main(["export", *arguments]) == 0
"""

# The cells are read beforehand, so that only writing them counts.
EXPORT_FLOOR = """
import json
rows = json.load(open(arguments[0], encoding="utf-8"))
begin()
import xlsxwriter
book = xlsxwriter.Workbook(arguments[1], {"constant_memory": True})
sheet = book.add_worksheet()
for number, row in enumerate(rows):
    for place, value in enumerate(row):
        if value is not None:
            sheet.write(number, place, value)
book.close()
"""

IMPORT = """
from zhengui.app import main
assert main(["import", *arguments]) == 0
"""

IMPORT_FLOOR = """
from pathlib import Path
from python_calamine import CalamineWorkbook
from zhengui.storage.file.database import connect
from zhengui.storage.file.vault import read_key
sheet = CalamineWorkbook.from_path(arguments[1]).get_sheet_by_index(0)
bare = connect(Path(arguments[0]), read_key(Path(arguments[0])))
bare.execute("PRAGMA journal_mode = WAL")
bare.execute("PRAGMA synchronous = FULL")
rows = sheet.iter_rows()
width = len(next(rows))
bare.execute(f"CREATE TABLE floor ({', '.join(f'c{n}' for n in range(width))})")
bare.execute("BEGIN IMMEDIATE")
plain = ([None if v == "" else v if isinstance(v, (int, float, str)) else str(v) for v in row] for row in rows)
bare.executemany(f"INSERT INTO floor VALUES ({', '.join('?' * width)})", plain)
bare.execute("COMMIT")
"""

OPENPYXL = """
import openpyxl
for row in openpyxl.load_workbook(arguments[0], read_only=True).worksheets[0].iter_rows(values_only=True):
    pass
"""

MERGE = """
from zhengui.app import main
assert main(["merge", *arguments]) == 0
"""

MERGE_FLOOR = """
from pathlib import Path
from python_calamine import CalamineWorkbook
for path in sorted(Path(arguments[0]).iterdir()):
    for row in CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).iter_rows():
        pass
"""


def measure(database: Path, work: Path, rows: int) -> Iterator[Measured]:
    """CPU of new processes; the workbook is the one that the program exports."""
    source = copy_of(database, work, "workbook")
    emptied(source, LEDGER)
    target = copy_of(source, work, "import")
    fill(source, LEDGER, rows)
    book, plain, cells = work / "exported.xlsx", work / "plain.xlsx", work / "cells.json"
    written, _ = in_child(EXPORT, source, LEDGER, book)
    keep_cells(book, cells)
    floor, _ = in_child(EXPORT_FLOOR, cells, plain)
    read, memory = in_child(IMPORT, target, LEDGER, book)
    bare = copy_of(source, work, "floor")
    least, _ = in_child(IMPORT_FLOOR, bare, book)
    slow, _ = in_child(OPENPYXL, book)
    with opened(source) as township:
        width = len(township.catalogue.ledgers[LEDGER].live_fields)
    size = f"{rows} x {width}"
    note = f"{memory / 1e6:.0f} MB of 250"
    yield Measured(5, f"import of {size}, all rules", read, 1.5, least, "calamine + executemany", note)
    yield Measured(5, f"import of {size}, beside openpyxl", read, 0.25, slow, "openpyxl, reading only")
    yield from _merged(copy_of(source, work, "merge"), work / "villages", cells)
    yield Measured(6, f"export of {size}", written, 1.0, floor, "XlsxWriter constant_memory")


def _merged(database: Path, folder: Path, cells: Path) -> Iterator[Measured]:
    """The workbooks of so many villages, merged: the rows of one export dealt out to them."""
    titles, *rows = json.loads(cells.read_text(encoding="utf-8"))
    with opened(database) as township:
        village = township.catalogue.ledgers[LEDGER]["village"].title
        names = [each.name for each in all_villages(township)][:VILLAGES]
    each = min(2000, len(rows) // len(names))
    folder.mkdir()
    for number, name in enumerate(names):
        with xlsxwriter.Workbook(str(folder / f"{name}.xlsx"), {"constant_memory": True}) as book:
            sheet = book.add_worksheet("隐患台账")
            sheet.write_row(0, 0, titles)
            for place, row in enumerate(rows[number * each : (number + 1) * each], 1):
                row[titles.index(village)] = name
                sheet.write_row(place, 0, ["" if cell is None else cell for cell in row])
    spent, memory = in_child(MERGE, database, folder, "--ledger", LEDGER)
    least, _ = in_child(MERGE_FLOOR, folder)
    what = f"merge of {len(names)} workbooks of {each} rows"
    yield Measured(5, what, spent, 10.0, least, "calamine, reading only", f"{memory / 1e6:.0f} MB")


def keep_cells(book: Path, target: Path) -> None:
    """The cells of a workbook as JSON."""
    rows = CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()
    plain = [[None if v == "" else v if isinstance(v, int | float) else str(v) for v in row] for row in rows]
    target.write_text(json.dumps(plain), encoding="utf-8")
