"""Write the 通报: how each ledger stands, who is behind, what was sent back, what proved to be made up."""

from __future__ import annotations

from collections.abc import Sequence

from zhengui.catalogue.closed_loop import LOOP_STATES
from zhengui.figures.period import Period
from zhengui.reports.document import Block, Cell, Heading, Level, Paragraph, Run, Table
from zhengui.services.loops import list_items
from zhengui.services.loops.list_items import LoopItem
from zhengui.services.loops.sheets import MadeSheet, SheetRefused, day_words, keep_sheet
from zhengui.services.township.reading import Reading, Writing, writes
from zhengui.services.township.rights import Right
from zhengui.storage.writing import loop_steps
from zhengui.values.loop_steps import TITLES, Deed


@writes(Right.ENTER)
def make_circular(
    writing: Writing, period: Period, ledgers: Sequence[str] = (), villages: tuple[int, ...] = ()
) -> MadeSheet:
    """Write, number and keep the 通报 on the items in hand; what was sent back is told of the period."""
    found = list_items.items(writing, period.end.year, ledgers, villages)
    if not found:
        raise SheetRefused("这样选，没有可以通报的事项。请换一本台账或换一年。")
    late = [item for item in found if item.overdue]
    closed = sum(item.closed is not None for item in found)
    lead = (
        f"截至{day_words(writing.today)}，列入清单的事项共{len(found)}件，已销号{closed}件，"
        f"销号率{100 * closed / len(found):.1f}%；逾期未整改{len(late)}件。现将有关情况通报如下。"
    )
    blocks: list[Block] = [_heading(0, "总体情况"), _by_ledger(writing, found)]
    blocks += [_heading(1, "进度落后的单位"), *_behind(late)]
    blocks += [_heading(2, "退回和弄虚作假情况"), *_sent_back(writing, period, ledgers)]
    blocks += [
        _heading(3, "工作要求"),
        Paragraph(
            (
                Run(
                    "各有关单位要对照清单逐项落实，逾期的立即整改，退回的重新整改，不得以文字材料代替实际整改。"
                ),
            )
        ),
    ]
    items = [(item.ledger, item.id) for item in found]
    return keep_sheet(writing, "circular", "整改销号情况通报", lead, blocks, items, "各村（居）、各部门")


def _heading(place: int, text: str) -> Heading:
    return Heading(Level.FIRST, f"{'一二三四'[place]}、", (Run(text),))


def _by_ledger(reading: Reading, found: Sequence[LoopItem]) -> Table:
    rows = []
    listed = {item.ledger for item in found}
    for key, ledger in reading.catalogue.ledgers.items():
        own = [item for item in found if item.ledger == key]
        if key in listed:
            done = sum(item.closed is not None for item in own)
            counts = [sum(item.state == state for item in own) for state in LOOP_STATES]
            told = [
                str(len(own)),
                *map(str, counts),
                str(sum(i.overdue for i in own)),
                f"{100 * done / len(own):.1f}%",
            ]
            rows.append((Cell(ledger.title), *(Cell(text, "right") for text in told)))
    return Table(("台账", "总数", *LOOP_STATES, "逾期", "销号率"), tuple(rows), (4, 1.6, *([2] * 5), 1.6, 2))


def _behind(late: Sequence[LoopItem]) -> list[Block]:
    """Who is behind: by department or village, the most first, and the items themselves."""
    if not late:
        return [Paragraph((Run("目前没有逾期未整改的事项。"),))]
    by: dict[str, list[LoopItem]] = {}
    for item in late:
        by.setdefault(item.department or item.village or "责任单位未定", []).append(item)
    ranked = sorted(by.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    rows = tuple(
        (Cell(name), Cell(str(len(own)), "right"), Cell(str(max(-(i.left or 0) for i in own)), "right"),
         Cell("；".join(f"{i.title.rstrip('。')}（{i.responsible or '责任人未定'}）" for i in own[:5]) + ("等" if len(own) > 5 else "")))
        for name, own in ranked
    )  # fmt: skip
    lead = Paragraph((Run(f"逾期未整改的{len(late)}件，按单位列表如下。"),))
    return [lead, Table(("单位", "逾期件数", "最长天数", "事项"), rows, (2.6, 1.6, 1.6, 8))]


def _sent_back(reading: Reading, period: Period, ledgers: Sequence[str]) -> list[Block]:
    kept = loop_steps.between(
        reading.conn, reading.tables, period.start, period.end, (Deed.RETURN, Deed.FAIL)
    )
    kept = [each for each in kept if not ledgers or each.ledger in ledgers]
    if not kept:
        return [Paragraph((Run(f"{period.title}没有退回整改的事项，没有查出弄虚作假。"),))]
    frauds = [each for each in kept if each.step.fraud]
    words = f"{period.title}退回{len(kept)}件次"
    words += f"，其中弄虚作假{len(frauds)}件次，予以通报批评。" if frauds else "，没有查出弄虚作假。"
    blocks: list[Block] = [Paragraph((Run(words),))]
    units: dict[str, int] = {}
    rows = []
    for each in sorted(kept, key=lambda one: one.step.day):
        found = list_items.of_ids(reading, each.ledger, [each.record])
        item = found[0] if found else None
        unit = (item.department or item.village or item.responsible) if item else ""
        units[unit or "责任单位未定"] = units.get(unit or "责任单位未定", 0) + 1
        if each.step.fraud:
            told = (item.title if item else "", unit, each.step.day.isoformat(), TITLES[each.step.deed])
            rows.append(tuple(Cell(text) for text in (*told, f"弄虚作假：{each.step.words}")))
    ranked = sorted(units.items(), key=lambda pair: (-pair[1], pair[0]))
    counted = "、".join(f"{unit}{count}件次" for unit, count in ranked)
    blocks.append(Paragraph((Run(f"按责任单位分：{counted}。"),)))
    if rows:
        header = ("事项", "责任单位", "日期", "步骤", "原因")
        blocks.append(Table(header, tuple(rows), (6, 2.6, 2.6, 1.8, 5)))
    return blocks
