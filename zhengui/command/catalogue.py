"""`catalogue`: the areas, ledgers, fields and indicators the program knows."""

from __future__ import annotations

import argparse
import json
from typing import Any

from zhengui.catalogue.load import load_catalogue
from zhengui.catalogue.model import Catalogue, Field, Indicator, Ledger


def declare(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("catalogue", help="列出领域、台账、字段和指标", description="列出目录。")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print the catalogue."""
    catalogue = load_catalogue()
    if given.json:
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


def told(catalogue: Catalogue) -> dict[str, Any]:
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


def _ledger(ledger: Ledger) -> dict[str, Any]:
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


def _field(field: Field) -> dict[str, Any]:
    told: dict[str, Any] = {
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


def _indicator(indicator: Indicator) -> dict[str, Any]:
    told: dict[str, Any] = {"key": indicator.key, "title": indicator.title, "area": indicator.area}
    if indicator.n is not None:
        told["n"] = indicator.n
    return told | {"unit": indicator.unit, "how": indicator.how}
