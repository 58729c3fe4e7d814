"""`catalogue`: the areas, ledgers, fields and indicators the program knows."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from zhengui.catalogue.load import load_catalogue
from zhengui.catalogue.model import Catalogue, Field, Indicator, Ledger
from zhengui.command import Commands, opened
from zhengui.command.problem import CommandProblem

if TYPE_CHECKING:
    from zhengui.services.township.township import Township


def declare(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "catalogue",
        help="列出领域、台账、字段和指标；增加、检查、停用自己的",
        description="列出目录。写上数据文件，就是这个单位的目录：随程序来的，加上单位自己的。",
    )
    parser.add_argument("database", metavar="数据文件", type=Path, nargs="?", help="政规的数据文件（.zgdb）")
    opened.add_password(parser)
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    deed = parser.add_mutually_exclusive_group()
    deed.add_argument(
        "--add", metavar="文件.toml", type=Path, help="增加单位自己的领域、台账、字段、选项、指标"
    )
    deed.add_argument("--check", metavar="文件.toml", type=Path, help="只检查，不增加")
    deed.add_argument("--export", metavar="文件夹", type=Path, help="把单位自己的目录存成文件")
    deed.add_argument("--retire", metavar="键", help="从 --year 起停用；以前的年份照旧")
    parser.add_argument("--year", metavar="年", type=int, help="从哪一年起停用")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print the catalogue, the shipped one or an office's, or change what is the office's own."""
    if given.database is None:
        if given.add or given.check or given.export or given.retire:
            raise CommandProblem("请先写数据文件，例如：catalogue 清河镇.zgdb --add 森林防火.toml。")
        return _print(load_catalogue(), given.json)
    from zhengui.services.township import own_catalogue

    with opened.township(given) as township:
        if given.add or given.check:
            return _take(township, given.add or given.check, bool(given.add))
        if given.export:
            written = own_catalogue.export_entries(own_catalogue.own_entries(township), given.export)
            print(
                f"已存 {len(written)} 个文件到 {given.export.resolve()}。"
                if written
                else "单位没有自己的目录。"
            )
            return 0
        if given.retire:
            if given.year is None:
                raise CommandProblem("请写明从哪一年起停用：--year 2022。")
            own_catalogue.retire(township, given.retire, given.year)
            print(f"{given.retire} 从 {given.year} 年起停用，以前的年份照旧。")
            return 0
        status = _print(township.catalogue, given.json)
        for missing in () if given.json else own_catalogue.missing_entries(township):
            print(f"数据文件里有而目录里没有：{missing}。记录都还在，补上目录就能看到。")
        return status


def _take(township: Township, path: Path, add: bool) -> int:
    """Check a file of entries and, where it holds, add it."""
    from zhengui.services.township import own_catalogue
    from zhengui.services.township.township import open_township

    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise CommandProblem(f"“{path.name}”的文字编码不是 UTF-8，请另存为 UTF-8 编码。") from None
    flaws = own_catalogue.check_entries(township, path.name, text)
    for flaw in flaws:
        print(f"有误：{flaw}")
    if flaws:
        print(f"共 {len(flaws)} 处，请改正后再试，目录没有改动。")
        return 1
    if add:
        own_catalogue.add_entries(township, path.name, text)
        township.close()
        open_township(township.path).close()  # makes the tables
        print(f"已增加“{path.name}”里的内容。窗口开着的话，请重新打开数据文件。")
    else:
        print(f"“{path.name}”没有问题，可以增加。")
    return 0


def _print(catalogue: Catalogue, as_json: bool) -> int:
    if as_json:
        print(json.dumps(told(catalogue), ensure_ascii=False, indent=1))
        return 0
    for area in catalogue.areas:
        print(f"{area.title}（{area.key}）")
        for ledger in area.ledgers:
            fields = "、".join(field.title for field in ledger.live_fields)
            print(f"    {ledger.title}（{ledger.key}）：{fields}")
    for flaw in catalogue.flaws:
        print(f"目录文件有误：{flaw}")
    return 0


def told(catalogue: Catalogue) -> dict[str, object]:
    """The catalogue as plain data."""
    return {
        "areas": [
            {"key": a.key, "title": a.title, "kind": a.kind, "ledgers": [_ledger(x) for x in a.ledgers]}
            for a in catalogue.areas
        ],
        "indicators": [_indicator(i) for i in catalogue.indicators.values()],
        "claims": [{"key": c.key, "title": c.title, "area": c.area} for c in catalogue.claims.values()],
        "parameters": [
            {"key": p.key, "title": p.title, "value": str(p.value), "unit": p.unit}
            for p in catalogue.parameters.values()
        ],
        "flaws": [str(flaw) for flaw in catalogue.flaws],
    }


def _ledger(ledger: Ledger) -> dict[str, object]:
    return {
        "key": ledger.key,
        "title": ledger.title,
        "register": ledger.register,
        "closed_loop": ledger.closed_loop,
        "period": list(ledger.period),
        "village": ledger.village,
        "fields": [_field(field) for field in ledger.live_fields],
        "rules": [
            {
                "kind": rule.kind.value,
                "fields": list(rule.fields),
                "amount": rule.amount,
                "values": list(rule.values),
            }
            for rule in ledger.rules
        ],
    }


def _field(field: Field) -> dict[str, object]:
    told: dict[str, object] = {
        "key": field.key,
        "title": field.title,
        "type": field.type.value,
        "required": field.required,
    }
    if field.unit:
        told["unit"] = field.unit
    if field.choices:
        told["choices"] = list(field.choices)
    for name in ("minimum", "maximum"):
        bound = getattr(field, name)
        if bound is not None:
            told[name] = str(bound)
    return told


def _indicator(indicator: Indicator) -> dict[str, object]:
    told: dict[str, object] = {"key": indicator.key, "title": indicator.title, "area": indicator.area}
    if indicator.n is not None:
        told["n"] = indicator.n
    return told | {"unit": indicator.unit, "how": indicator.how}
