"""`set`: give one of the office's parameters a value, or tell what they are."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from zhengui.command import Commands, opened
from zhengui.command.problem import CommandProblem

if TYPE_CHECKING:
    from zhengui.services.township.township import Township


def declare(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "set", help="查看或修改参数", description="查看或修改参数；不写名称就全部列出。"
    )
    opened.add_database(parser)
    parser.add_argument(
        "key",
        metavar="名称",
        nargs="?",
        help="参数的键或名称，例如 income_line；start 是开始报送的月份；"
        "kind、villages、plan_word、evening_talk、letter、signed、committee 是称呼和落款",
    )
    parser.add_argument("value", metavar="值", nargs="?", help="新的值；不写就只显示")
    parser.add_argument("--ledger", metavar="台账", help="只管一个台账（用于 start）")
    parser.add_argument("--area", metavar="领域", help="只管一个领域（用于 start）")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Show or set."""
    with opened.township(given) as township:
        if given.key is None:
            for key, value in township.parameters().items():
                parameter = township.catalogue.parameters[key]
                print(f"{key}  {parameter.title}：{value} {parameter.unit}".rstrip())
            return 0
        tell = _word if given.key in _words() else _OTHERS.get(given.key, _parameter)
        print(tell(township, given))
    return 0


def _parameter(township: Township, given: argparse.Namespace) -> str:
    from zhengui.services.township.township import PARAMETER

    found = [p for p in township.catalogue.parameters.values() if given.key in (p.key, p.title)]
    if not found:
        raise CommandProblem(f"没有叫“{given.key}”的参数。用 set 命令不写名称可以看到全部参数。")
    parameter = found[0]
    if given.value is not None:
        number = opened.number(given.value)
        if number < 0:
            raise CommandProblem(f"“{parameter.title}”不能小于 0。")
        township.keep_setting(PARAMETER + parameter.key, str(number))
    return f"{parameter.title}：{township.parameters()[parameter.key]} {parameter.unit}".rstrip()


def _start(township: Township, given: argparse.Namespace) -> str:
    from zhengui.services.returns.report_status import set_start_month, start_month

    ledger = opened.ledger(township, given.ledger).key if given.ledger else ""
    area = opened.area(township, given.area) if given.area else ""
    if given.value is not None:
        month = opened.month(given.value) if given.value.strip() else 0
        set_start_month(township, month, ledger, area)
    month = start_month(township, ledger, area)
    return f"从 {month // 100}年{month % 100}月 起报送" if month else "没有设开始报送的月份"


def _words() -> set[str]:
    from zhengui.services.township.own_words import CHOICES

    return {choice.key for choice in CHOICES}


def _word(township: Township, given: argparse.Namespace) -> str:
    from zhengui.services.township import own_words

    choice = next(each for each in own_words.CHOICES if each.key == given.key)
    if given.value is not None:
        try:
            own_words.keep_word(township, choice.key, given.value)
        except own_words.NotOffered as wrong:
            raise CommandProblem(str(wrong)) from wrong
        township.speak()
    return f"{choice.title}：{own_words.words_of(township)[choice.key] or choice.usual()}"


def _signed(township: Township, given: argparse.Namespace) -> str:
    from zhengui.services.township.own_words import SIGNED, sign_by, signed_by

    if given.value is not None:
        if given.value.strip() not in SIGNED:
            raise CommandProblem(f"落款：请从“{'”“'.join(SIGNED)}”里选一个。")
        sign_by(township, SIGNED.index(given.value.strip()))
    place = signed_by(township)
    return f"落款：{SIGNED[place] if place >= 0 else '在版面设置里另外写明的机关'}"


def _committee(township: Township, given: argparse.Namespace) -> str:
    from zhengui.services.township.office import COMMITTEE

    if given.value is not None:
        township.keep_setting(COMMITTEE, given.value.strip())
    return f"党委名称：{township.setting(COMMITTEE) or '没有填写'}"


_OTHERS: dict[str, Callable[[Township, argparse.Namespace], str]] = {
    "start": _start,
    "signed": _signed,
    "committee": _committee,
}
