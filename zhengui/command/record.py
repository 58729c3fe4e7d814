"""`record`, `delete`, `undelete` and `zero-report`: enter and take away records, and say that there was nothing."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from zhengui.command import Commands, opened
from zhengui.command.problem import CommandProblem

if TYPE_CHECKING:
    from zhengui.catalogue.model import Field, Ledger
    from zhengui.services.township.reading import Reading
    from zhengui.services.township.township import Township
    from zhengui.values.value import Value


def declare(commands: Commands) -> None:
    """Add the commands to the parser."""
    entering = _command(commands, "record", "登记一条记录，或者修改一条", run_record)
    entering.add_argument("values", metavar="字段=值", nargs="+", help="例如 日期=2021-3-1 村（居）=白沙村")
    entering.add_argument("--id", metavar="编号", type=int, help="修改哪一条；不写就是登记新的一条")
    for name, help_text, run in (
        ("delete", "把记录移到回收站", run_delete),
        ("undelete", "从回收站恢复记录", run_undelete),
    ):
        parser = _command(commands, name, help_text, run)
        parser.add_argument("ids", metavar="编号", type=int, nargs="+", help="哪几条")
        if name == "delete":
            into = "并入哪一条：用到它们的记录都改指那一条，例如重复登记的村（居）或农户"
            parser.add_argument("--into", metavar="编号", type=int, help=into)
    emptying = commands.add_parser(
        "bin",
        help="看回收站，按天数清空",
        description="列出回收站里有什么；--empty 清空移到回收站满多少天的，--rule 定下以后自动清空的天数（0 为不清空）。",
    )
    opened.add_database(emptying)
    emptying.add_argument("--empty", metavar="天数", type=int, help="清空满多少天的，不能恢复")
    emptying.add_argument("--rule", metavar="天数", type=int, help="以后满多少天自动清空，0 为不清空")
    emptying.set_defaults(run=run_bin)
    silence = _command(commands, "zero-report", "零报告：确认一个月没有发生", run_zero)
    silence.add_argument("month", metavar="月份", help="例如 2021-03")
    opened.add_villages(silence)
    silence.add_argument("--undo", action="store_true", help="撤回零报告")


def _command(
    commands: Commands, name: str, help_text: str, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help_text, description=f"{help_text}。")
    opened.add_database(parser)
    parser.add_argument("ledger", metavar="台账", help="台账的键或名称，例如 hazard 或 隐患")
    parser.add_argument("--operator", metavar="姓名", default="", help="操作人；不写就用文件里记的")
    parser.set_defaults(run=run)
    return parser


def run_record(given: argparse.Namespace) -> int:
    """Enter a record, or change the one of `--id`, by the rules of the form; prints its id."""
    from zhengui.services.entry import record

    with opened.township(given, given.operator) as township:
        ledger = opened.ledger(township, given.ledger)
        with township.reading() as reading:
            typed = _typed(ledger, given.values)
            base: Mapping[str, object] = {}
            if given.id is None:
                typed = {field.key: field.default for field in ledger.live_fields if field.default} | typed
            else:
                base, _version = record.load(reading, ledger.key, given.id)
            values = _read(reading, ledger, typed, base)
        saved = record.save(township, ledger.key, {**base, **values}, given.id)
        print(saved.id)
    return 0


def _typed(ledger: Ledger, given: Sequence[str]) -> dict[str, str]:
    """What was typed for each field, by its key."""
    found: dict[str, str] = {}
    for text in given:
        name, sign, value = text.partition("=")
        field = _field(ledger, name.strip())
        if not sign:
            raise CommandProblem(f"“{text}”要写成 字段=值，例如 {ledger.live_fields[0].title}=…。")
        if field.key in found:
            raise CommandProblem(f"“{field.title}”写了两次，请只写一次。")
        found[field.key] = value
    return found


def _field(ledger: Ledger, name: str) -> Field:
    for field in ledger.live_fields:
        if name in (field.key, field.title):
            return field
    titles = "、".join(field.title for field in ledger.live_fields)
    raise CommandProblem(f"台账“{ledger.title}”没有“{name}”这个字段，可写的有：{titles}。")


def _read(
    reading: Reading, ledger: Ledger, typed: Mapping[str, str], base: Mapping[str, Any]
) -> dict[str, Value]:
    """The values of what was typed, read as the form reads it."""
    from zhengui.catalogue.model import FieldType
    from zhengui.services.township.working_year import working_year
    from zhengui.values.parse import Beside, RowNeeded, ValueMistake, parse

    lookup, year = reading.lookup(), working_year(reading)
    values: dict[str, Value] = {}
    waiting = dict(typed)
    for beside in (None, Beside(ledger, {**base, **values})):
        for key, text in list(waiting.items()):
            field = ledger[key]
            if field.type is FieldType.ATTACHMENT:
                raise CommandProblem(f"“{field.title}”是附件，请在窗口里添加。")
            try:
                values[key] = parse(field, text, lookup, reading.today, year, beside)
            except RowNeeded as mistake:
                if beside is not None:
                    raise CommandProblem(f"{field.title}：{mistake.message}") from None
                continue
            except ValueMistake as mistake:
                raise CommandProblem(f"{field.title}：{mistake.message}") from None
            del waiting[key]
    return values


def run_delete(given: argparse.Namespace) -> int:
    """Move records to the bin."""
    from zhengui.services.entry import record

    with opened.township(given, given.operator) as township:
        ledger = opened.ledger(township, given.ledger)
        for each in given.ids:
            record.load(township, ledger.key, each)
        if given.into is not None:
            return _merge(township, ledger, given.ids, given.into)
        moved = record.delete(township, ledger.key, given.ids).ids
        if moved:
            print(f"已移到回收站：{ledger.noun} {len(moved)} 条。")
        if already := len(set(given.ids)) - len(moved):
            print(f"{already} 条已经在回收站里，没有改动。")
    return 0


def _merge(township: Township, ledger: Ledger, ids: Sequence[int], into: int) -> int:
    """Let everything that refers to some records refer to another one, and move them to the bin."""
    from zhengui.services.entry import record, referring

    record.load(township, ledger.key, into)
    if into in ids:
        raise CommandProblem("一条记录不能并入它自己，请核对编号。")
    moved = sum(referring.merge(township, ledger.key, each, into).count for each in ids)
    print(f"已把{ledger.noun} {len(ids)} 条并入编号 {into}，改指它的记录有 {moved} 条。")
    return 0


def run_undelete(given: argparse.Namespace) -> int:
    """Bring records back from the bin."""
    from zhengui.services.entry import record

    with opened.township(given, given.operator) as township:
        ledger = opened.ledger(township, given.ledger)
        for each in given.ids:
            record.load(township, ledger.key, each)
        back = record.restore(township, record.Removed(ledger.key, tuple(dict.fromkeys(given.ids)))).ids
        if back:
            print(f"已恢复{ledger.noun} {len(back)} 条。")
        if already := len(set(given.ids)) - len(back):
            print(f"{already} 条不在回收站里，没有改动。")
    return 0


def run_bin(given: argparse.Namespace) -> int:
    """Say what lies in the bin; set its rule, or empty it, where asked to."""
    from zhengui.services.entry import browse_records, recycle_bin

    with opened.township(given) as township:
        ledgers = township.catalogue.ledgers
        if given.rule is not None:
            recycle_bin.set_rule(township, given.rule)
            print(f"回收站满 {given.rule} 天自动清空。" if given.rule else "回收站不自动清空。")
        if given.empty is not None:
            done = recycle_bin.empty(township, given.empty)
            for key, count in done.gone.items():
                print(f"已清空{ledgers[key].title} {count} 条。")
            print(f"共清空 {done.count} 条，因签发过的文稿或别的记录用到而留下 {done.kept} 条。")
        if given.rule is None and given.empty is None:
            for key, count in browse_records.binned(township).items():
                print(f"{ledgers[key].title}\t{count} 条")
            days = recycle_bin.rule(township)
            print(f"满 {days} 天自动清空。" if days else "不自动清空。")
    return 0


def run_zero(given: argparse.Namespace) -> int:
    """Say of a month and some villages that there was nothing, or take that back."""
    from zhengui.services.returns.report_month import mark, unmark
    from zhengui.services.returns.report_status import by_village
    from zhengui.services.returns.report_year import has_ended

    month = opened.month(given.month)
    with opened.township(given, given.operator) as township:
        ledger = opened.ledger(township, given.ledger)
        villages = opened.villages(township, given.village)
        if by_village(township, ledger.key) and not villages:
            raise CommandProblem("这个台账由各村（居）报送，请用 --village 写明哪个村（居），可以写几次。")
        if not by_village(township, ledger.key) and villages:
            raise CommandProblem("这个台账由镇里报送，不用写 --village。")
        if not given.undo and not has_ended(month, township.today()):
            raise CommandProblem(f"{given.month} 还没有过完，不能零报告。")
        if given.undo:
            unmark(township, ledger.key, villages, month)
        else:
            mark(township, ledger.key, villages, month, zero=True)
        where = f"{len(villages)} 个村（居）" if villages else "镇里"
        told = "已撤回" if given.undo else "已记下"
        print(f"{told}{where} {month // 100}年{month % 100}月“{ledger.title}”的零报告。")
    return 0
