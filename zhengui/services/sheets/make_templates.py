"""Empty workbooks to send to villages: of one ledger, of an area, or for one village with all that it owes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from zhengui.catalogue.model import PEOPLE_TYPES, Field, FieldType, Ledger
from zhengui.exchange.template_out import TemplateSheet, write_template
from zhengui.services.problem import StorageProblem
from zhengui.services.returns.report_year import wanted_ledgers
from zhengui.services.township.overview import VillageChoice
from zhengui.services.township.overview import villages as all_villages
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.query.references import labels
from zhengui.values.file_name import file_name

#: Registers with more names than this are typed, not chosen from a list.
_LONGEST_REGISTER = 400


@reads
def template_of_ledger(reading: Reading, ledger_key: str, path: Path, year: int) -> None:
    """An empty workbook of one ledger as a year knows it; ExchangeProblem where it can't be written."""
    ledger = _living(reading, ledger_key, year)
    write_template(path, reading.profile().name, [_sheet(reading, ledger)])


@reads
def template_of_area(reading: Reading, area_key: str, path: Path, year: int) -> int:
    """An empty workbook with a sheet for each ledger of an area; returns how many there are."""
    area = next((each for each in reading.catalogue.in_years(year).areas if each.key == area_key), None)
    if area is None:
        raise StorageProblem(
            f"领域“{reading.catalogue.by_area[area_key].title}”{year}年不用，请换一个领域或年份。"
        )
    ledgers = area.ledgers
    write_template(path, reading.profile().name, [_sheet(reading, each) for each in ledgers])
    return len(ledgers)


@reads
def owed_ledgers(reading: Reading, year: int) -> list[Ledger]:
    """The ledgers of a year that villages report and owe."""
    wanted = set(wanted_ledgers(reading, year))
    living = reading.catalogue.in_years(year)
    found = (ledger for area in living.areas for ledger in area.ledgers)
    return [each for each in found if each.key in wanted and each.village]


@reads
def template_of_village(
    reading: Reading, village: int, path: Path, year: int, ledgers: Iterable[str] = ()
) -> int:
    """An empty workbook for one village, its name filled in: of these ledgers, or of all that it owes.

    Returns how many sheets it has. StorageProblem where villages owe nothing and no ledger was named.
    """
    chosen = [_living(reading, key, year) for key in ledgers] or owed_ledgers(reading, year)
    if not chosen:
        raise StorageProblem(
            "还没有要各村（居）报送的台账。请在“报送情况”里选定要报送的台账，或者写明哪几本。"
        )
    name = labels(reading.conn, reading.tables, "village", [village]).get(village, "")
    write_template(path, reading.profile().name, [_sheet(reading, each, name) for each in chosen], name)
    return len(chosen)


@reads
def templates_of_villages(
    reading: Reading, folder: Path, year: int, ledgers: Iterable[str] = (), villages: Iterable[int] = ()
) -> list[Path]:
    """A workbook for each village, or each of these, in a folder; named for the village and the year."""
    wanted, keys = set(villages), tuple(ledgers)
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for village in all_villages(reading):
        if not wanted or village.id in wanted:
            made.append(folder / village_file(village, year))
            template_of_village(reading, village.id, made[-1], year, keys)
    return made


def _living(reading: Reading, key: str, year: int) -> Ledger:
    """A ledger as a year knows it; StorageProblem where the year has none of it."""
    living = reading.catalogue.in_years(year)
    if key not in living.live_ledgers:
        raise StorageProblem(f"台账“{living.ledgers[key].title}”{year}年不用，请换一本台账或年份。")
    return living.live_ledgers[key]


def village_file(village: VillageChoice, year: int) -> str:
    """What a village's workbook is called: 白沙村2026年台账.xlsx."""
    return file_name(f"{village.name}{year}年台账") + ".xlsx"


def _sheet(reading: Reading, ledger: Ledger, village: str = "") -> TemplateSheet:
    fields = tuple(each for each in ledger.live_fields if each.type is not FieldType.ATTACHMENT)
    given = {ledger.village: village} if village and ledger.village in ledger.by_key else {}
    lists = {each.key: names for each in fields if (names := _names(reading, each))}
    return TemplateSheet(ledger.key, ledger.title, ledger.about, fields, given, lists)


def _names(reading: Reading, field: Field) -> tuple[str, ...]:
    """The names to choose from in a column that names records of a short register."""
    if not field.is_reference or field.type in PEOPLE_TYPES:
        return ()
    found = tuple(dict.fromkeys(labels(reading.conn, reading.tables, field.register).values()))
    return found if len(found) <= _LONGEST_REGISTER else ()
