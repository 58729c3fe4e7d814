"""`figures`: the figures of a period, as a table, as JSON, or with the records behind one."""

from __future__ import annotations

import argparse
import json
from decimal import Decimal
from typing import TYPE_CHECKING

from zhengui.command import Commands, opened
from zhengui.command.problem import CommandProblem

if TYPE_CHECKING:
    from zhengui.figures.figure import Figure
    from zhengui.figures.period import Period
    from zhengui.services.township.township import Township


def declare(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("figures", help="列出一段时间的指标", description="列出一段时间的指标。")
    opened.add_database(parser)
    opened.add_period(parser)
    opened.add_villages(parser)
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("--records", metavar="指标", help="列出一个指标背后的记录（写指标的键或序号）")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print the figures."""
    from zhengui.services.counting.compute_figures import compute

    with opened.township(given) as township:
        period = opened.period(given)
        villages = opened.villages(township, given.village)
        if given.records is not None:
            key = figure_key(township, given.records)
            return _print_records(township, key, period, villages, given.json)
        figures = compute(township, period, villages)
        if given.json:
            told = [_told(township, figure) for figure in figures.values()]
            print(json.dumps(told, ensure_ascii=False, indent=1))
        else:
            for key, figure in figures.items():
                indicator = township.catalogue.indicators[key]
                number = f"{indicator.n:>2}" if indicator.n else "  "
                print(
                    f"{number}  {indicator.title}：{figure.display}（{figure.records} 条记录）{figure.reason}{figure.entered}"
                )
    return 0


def figure_key(township: Township, wanted: str) -> str:
    """The key of a figure given by key, number or title."""
    indicators = township.catalogue.indicators
    if wanted in indicators:
        return wanted
    for key, indicator in indicators.items():
        if str(indicator.n) == wanted or indicator.title == wanted:
            return key
    raise CommandProblem(f"没有叫“{wanted}”的指标。用 figures 命令不带 --records 可以看到全部指标。")


def _told(township: Township, figure: Figure) -> dict[str, object]:
    indicator = township.catalogue.indicators[figure.key]
    told: dict[str, object] = {"key": figure.key}
    if indicator.n is not None:
        told["n"] = indicator.n
    return told | {
        "title": indicator.title,
        "value": plain(figure.value),
        "unit": indicator.unit,
        "display": figure.display,
        "how": figure.how,
        "records": figure.records,
        **({"entered": figure.entered} if figure.entered else {}),
    }


def plain(value: int | Decimal | None) -> int | float | None:
    """A number as JSON writes it: whole where it is whole."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _print_records(
    township: Township, key: str, period: Period, villages: tuple[int, ...], as_json: bool
) -> int:
    from zhengui.services.counting.trace_figure import rows, trace

    found = trace(township, key, period, villages)
    told = rows(township, found)
    if as_json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return 0
    for row in told:
        values = "，".join(f"{title} {text}" for title, text in row["values"].items() if text)
        print(f"{row['ledger_title']} {row['id']}：{values}")
    return 0
