"""The office's own catalogue entries: checked, kept in its file, handed out, and entries retired from a year on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from zhengui.catalogue.load import load_catalogue
from zhengui.catalogue.model import Catalogue, Flaw
from zhengui.catalogue.own import CHOICE, RETIRED, with_retirement, without_retirement
from zhengui.catalogue.path import choice_path, dotted
from zhengui.services.problem import StorageProblem
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.file.own_entries import OWN
from zhengui.storage.records import settings
from zhengui.storage.schema import reconcile
from zhengui.whole_file import write_whole

#: Where retirements are kept that were asked for by themselves.
RETIREMENTS = "停用.toml"
_SECTION = "section"


@dataclass(frozen=True, slots=True)
class Missing:
    """A ledger or a field that the file holds values of and today's catalogue does not have."""

    ledger: str
    field: str

    def __str__(self) -> str:
        return f"{self.ledger}.{self.field}"


class Flawed(StorageProblem):
    """Entries that do not hold; `flaws` says each, with what to do."""

    def __init__(self, flaws: list[Flaw]) -> None:
        super().__init__("\n".join(str(flaw) for flaw in flaws))
        self.flaws = flaws


@reads
def own_entries(reading: Reading) -> dict[str, str]:
    """The office's own files, as TOML by name."""
    found = settings.read_all(reading.conn, reading.tables, OWN)
    return {key.removeprefix(OWN): str(text) for key, text in found.items()}


@reads
def check_entries(reading: Reading, name: str, text: str) -> list[Flaw]:
    """What in a file of entries does not hold beside the shipped ones and the office's others."""
    return _flaws({**own_entries(reading), name: text}, name, reading)


@writes(Right.MANAGE)
def add_entries(writing: Writing, name: str, text: str) -> Catalogue:
    """Keep a file of entries under its name, in place of an older one; returns the catalogue that holds from now on.

    Raises Flawed, and keeps nothing, where anything in it does not hold. The township has to be opened anew.
    """
    own = {**own_entries(writing), name: text}
    flaws = _flaws(own, name, writing)
    if flaws:
        raise Flawed(flaws)
    settings.write(writing.conn, writing.tables, OWN + name, text, writing.operator)
    return load_catalogue(own=own)


@writes(Right.MANAGE)
def retire(writing: Writing, key: str, year: int) -> str:
    """Use an entry no more from a year on; returns its kind: an area, a ledger, an indicator, a claim, a warning or a
    ranking by its key, a field as ledger.field, a choice as ledger.field.choice, a section as area.section.

    Earlier years keep it. StorageProblem where nothing has the key, or records, figures or wording still need it.
    """
    kind = _kind(writing.catalogue, key)
    own = own_entries(writing)
    text = with_retirement(own.get(RETIREMENTS, ""), kind, _named(kind, key), year)
    flaws = _flaws({**own, RETIREMENTS: text}, RETIREMENTS, writing)
    if flaws:
        raise Flawed(flaws)
    settings.write(writing.conn, writing.tables, OWN + RETIREMENTS, text, writing.operator)
    return kind


@writes(Right.MANAGE)
def use_again(writing: Writing, key: str) -> str:
    """Take a retirement back that the office asked for by itself; returns the kind of the entry.

    StorageProblem where the entry is not retired by the office.
    """
    kind = _kind(writing.catalogue, key)
    before = own_entries(writing).get(RETIREMENTS, "")
    text = without_retirement(before, kind, _named(kind, key))
    if text.strip() == before.strip():
        raise StorageProblem(f"{key} 没有由单位停用，不用恢复。")
    if text:
        settings.write(writing.conn, writing.tables, OWN + RETIREMENTS, text, writing.operator)
    else:
        settings.remove(writing.conn, writing.tables, OWN + RETIREMENTS)
    return kind


@dataclass(frozen=True, slots=True)
class AreaInUse:
    """A work area, and the year from which the office uses it no more; None where it does."""

    key: str
    title: str
    retired: int | None


@reads
def areas_in_use(reading: Reading) -> list[AreaInUse]:
    """The work areas in their order."""
    return areas_of(reading.catalogue)


def areas_of(catalogue: Catalogue) -> list[AreaInUse]:
    """The work areas of a catalogue, for an office that has no file yet."""
    areas = (each for each in catalogue.areas if each.kind == "area")
    return [AreaInUse(each.key, each.title, each.life.retired) for each in areas]


def export_entries(own: Mapping[str, str], folder: Path) -> list[Path]:
    """Write the office's own files into a folder, where another office can take them from."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in own.items():
        path = folder / name
        write_whole(path, text.encode())
        written.append(path)
    return written


@reads
def missing_entries(reading: Reading) -> list[Missing]:
    """What the file ever held and the catalogue lacks; its records stay in the file."""
    lost = reconcile.held_before(reading.conn, reading.tables)
    return [Missing(*key.split(".", 1)) for key in lost]


def _kind(catalogue: Catalogue, key: str) -> str:
    path, choice = choice_path(key)
    first, then = dotted(path)
    kinds: tuple[tuple[str, Mapping[str, object]], ...] = (
        ("area", catalogue.by_area),
        ("ledger", catalogue.ledgers),
        ("indicator", catalogue.indicators),
        ("claim", catalogue.claims),
        ("warning", catalogue.warnings),
        ("ranking", catalogue.rankings),
    )
    if not then:
        found = next((kind for kind, known in kinds if key in known), "")
        if found:
            return found
    elif then == _SECTION and first in catalogue.by_area and not choice:
        return _SECTION
    elif first in catalogue.ledgers and then in catalogue.ledgers[first].by_key:
        if not choice:
            return "field"
        if choice in catalogue.ledgers[first][then].choices:
            return CHOICE
    raise StorageProblem(
        f"目录里没有 {key}。请写领域、台账、指标或断言的键，字段写成 台账.字段，选项写成 台账.字段.选项，"
        f"总结的一节写成 领域.section（{'、'.join(RETIRED)} 都可以停用）。"
    )


def _named(kind: str, key: str) -> str:
    """What the entry is called in a file of retirements: a section goes by the key of its area."""
    return dotted(key).first if kind == _SECTION else key


def _flaws(own: Mapping[str, str], name: str, reading: Reading) -> list[Flaw]:
    """The flaws of one own file, and those that it brings into the others; types that stored values don't have, too."""
    without = {other: text for other, text in own.items() if other != name}
    before = set(load_catalogue(own=without).flaws)
    catalogue = load_catalogue(own=own)
    found = [flaw for flaw in catalogue.flaws if flaw not in before]
    stored = reconcile.changed_types(reading.conn, catalogue)
    found += [Flaw(name, f"字段 {key}", "类型与已存的数据不一致，请改回原样或另起一个 key") for key in stored]
    return found
