"""Reads the catalogue files into frozen values and notes every mistake, so one broken file stops nothing."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from zhengui.catalogue.check import sound
from zhengui.catalogue.entry import Entry
from zhengui.catalogue.model import Area, Catalogue, Flaw, Outline, Parameter
from zhengui.catalogue.own import RANKING_TITLES, lay_over, not_read, ranking_titles, written_in
from zhengui.catalogue.read_figures import read_claim, read_indicator
from zhengui.catalogue.read_ledgers import Kinds, read_ledger
from zhengui.catalogue.read_rankings import read_ranking
from zhengui.catalogue.read_warnings import read_warning
from zhengui.catalogue.read_wording import read_outline, read_section
from zhengui.paths import resource

_AREA_KINDS = ("area", "registers", "plan")


def load_catalogue(folder: Path | None = None, own: Mapping[str, str] | None = None) -> Catalogue:
    """Read every TOML file of the folder; what does not hold is left out and listed in `flaws`.

    `own` are the office's own files, as TOML by name, laid over those of the folder.
    """
    flaws: list[Flaw] = []
    files = _parse_all(folder or resource("catalogue"), flaws)
    if own:
        lay_over(files, own, flaws)
    kinds = _read_kinds(files, flaws)
    areas: list[Area] = []
    origin: dict[str, str] = {}
    outline: Outline | None = None
    for name, data in files.items():
        root = Entry(data, name, "", flaws)
        root.known |= {"kinds", "titles"}
        origin.update(written_in(data))
        if "area" in data:
            area = _read_area(root, kinds)
            if area is not None and _is_new(area, origin, root):
                areas.append(area)
                origin[area.key] = name
        frame = root.table("outline")
        if frame is not None:
            outline = read_outline(frame) or outline
            origin["outline"] = name
        root.finish()
    areas.sort(key=lambda area: area.order)
    titles = _read_titles(files, flaws)
    return sound(Catalogue(tuple(areas), outline, tuple(flaws), kinds, titles=titles), origin)


def _parse_all(folder: Path, flaws: list[Flaw]) -> dict[str, dict[str, Any]]:
    """The files that are TOML, by name; those that are not are noted with the line."""
    files: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            files[path.name] = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as mistake:
            flaws.append(not_read(path.name, mistake))
        except UnicodeDecodeError:
            flaws.append(Flaw(path.name, "", "文字编码不是 UTF-8，请另存为 UTF-8 编码"))
        except OSError:
            flaws.append(Flaw(path.name, "", "打不开这个文件，请核对文件和权限"))
    if not files:
        flaws.append(Flaw(folder.name, "", "文件夹里没有可用的目录文件，请重新安装程序"))
    return files


def _read_kinds(files: dict[str, dict[str, Any]], flaws: list[Flaw]) -> Kinds:
    """The lists of choices that several fields share, from all files."""
    kinds: Kinds = {}
    for name, data in files.items():
        root = Entry(data, name, "", flaws)
        table = root.table("kinds")
        if table is None:
            continue
        table.name = "kinds"
        for key in table.data:
            choices = table.texts(key, required=True)
            if key in kinds:
                table.flaw(f"选项表 {key} 在别处已经有了，请换一个名称")
            elif choices:
                kinds[key] = choices
    if titles := ranking_titles(files):
        kinds.setdefault(RANKING_TITLES, titles)
    return kinds


def _read_titles(files: dict[str, dict[str, Any]], flaws: list[Flaw]) -> dict[str, tuple[str, ...]]:
    """What else people call the columns of a title, from all files; what several files say of one is put together."""
    titles: dict[str, tuple[str, ...]] = {}
    for name, data in files.items():
        table = Entry(data, name, "", flaws).table("titles")
        if table is not None:
            table.name = "titles"
            for title in table.data:
                titles[title] = titles.get(title, ()) + table.texts(title, required=True)
    return titles


def _is_new(area: Area, origin: dict[str, str], root: Entry) -> bool:
    """Whether no other file has this area already; the first file keeps it."""
    if area.key in origin:
        root.flaw(f"领域 {area.key} 在 {origin[area.key]} 里已经有了，请换一个 key")
        return False
    return True


def _read_area(root: Entry, kinds: Kinds) -> Area | None:
    """The area of a file with everything in it; None where its own table does not hold."""
    head = root.table("area")
    if head is None:
        return None
    head.name = "area"
    key = head.text("key", required=True)
    ledgers = [read_ledger(entry, key, kinds) for entry in root.tables("ledger", "台账")]
    indicators = [read_indicator(entry, key) for entry in root.tables("indicator", "指标")]
    claims = [read_claim(entry, key) for entry in root.tables("claim", "论断")]
    parameters = [_read_parameter(entry, key) for entry in root.tables("parameter", "参数")]
    warnings = [read_warning(entry, key) for entry in root.tables("warning", "预警")]
    rankings = [read_ranking(entry, key) for entry in root.tables("ranking", "排名")]
    area = Area(
        key=key,
        title=head.text("title", required=True),
        short=head.text("short", required=True),
        icon=head.text("icon"),
        department=head.text("department"),
        order=head.whole("order"),
        ledgers=tuple(ledger for ledger in ledgers if ledger),
        indicators=tuple(indicator for indicator in indicators if indicator),
        claims=tuple(claim for claim in claims if claim),
        parameters=tuple(parameter for parameter in parameters if parameter),
        warnings=tuple(rule for rule in warnings if rule),
        rankings=tuple(ranking for ranking in rankings if ranking),
        section=read_section(root.table("section"), key),
        life=head.life(),
        kind=head.one_of("kind", _AREA_KINDS, default="area"),
        plan_part=head.text("plan_part"),
    )
    return area if head.finish() else None


def _read_parameter(entry: Entry, area: str) -> Parameter | None:
    value = entry.number("value")
    if value is None and entry.sound:
        entry.flaw("缺少 value，请补上")
    parameter = Parameter(
        key=entry.text("key", required=True),
        title=entry.text("title", required=True),
        area=area,
        value=value or Decimal(0),
        unit=entry.text("unit"),
        help=entry.text("help"),
    )
    return parameter if entry.finish() else None
