"""Spot checks: draw closed items by lot, note what was found, send back what failed, tell the pass rates."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zhengui.catalogue.closed_loop import CLOSED, LOOP_STATES
from zhengui.catalogue.model import Ledger
from zhengui.reports.document import Block, Cell, Paragraph, Run, Table
from zhengui.services.loops import list_items
from zhengui.services.loops.list_items import LoopItem
from zhengui.services.loops.sheets import MadeSheet, SheetRefused, day_words, keep_sheet
from zhengui.services.loops.take_step import Deed, WantedStep, take_one
from zhengui.services.township import overview
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.browse import pages as browse
from zhengui.storage.browse.pages import Selection
from zhengui.storage.records import record as records
from zhengui.storage.writing import spot_draws
from zhengui.storage.writing.spot_draws import Drawn, KeptDraw
from zhengui.values.spot_draw import DrawRefused, draw, size_of

#: So many days a failed item gets unless somebody says otherwise.
AGAIN_WITHIN = 15
#: The field that a ledger may have for the day of its last check.
_CHECKED = "checked_on"


@dataclass(frozen=True, slots=True)
class CheckedItem:
    """A drawn item with what was found of it."""

    item: LoopItem
    found: Drawn
    checker: str


@dataclass(frozen=True, slots=True)
class Rate:
    """How the items of a village fared: drawn, checked, passed; `rate` in percent, None before any was checked."""

    village: str
    drawn: int
    checked: int
    passed: int

    @property
    def rate(self) -> float | None:
        """Passed of those checked, in percent."""
        return 100 * self.passed / self.checked if self.checked else None


@dataclass(frozen=True, slots=True)
class DrawDue:
    """A ledger whose draw of the month is still to be made, or (with `draw`) to be finished."""

    ledger: str
    title: str
    month: int
    draw: int | None
    open: int


@reads
def pool(
    reading: Reading, ledger_key: str, villages: tuple[int, ...] = (), again: bool = False
) -> dict[int, tuple[int, ...]]:
    """The closed items by village (0 for those of none), without those of the last draw unless `again`."""
    chosen = Selection(ledger_key, None, villages, state=LOOP_STATES[-1], today=reading.today)
    ids = set(browse.ids_of(reading.conn, reading.tables, chosen))
    if not again:
        last = spot_draws.all_of(reading.conn, reading.tables, ledger_key)[:1]
        ids -= {each.record for kept in last for each in kept.items}
    by_name = {each.name: each.id for each in overview.villages(reading)}
    found: dict[int, list[int]] = {}
    for item in list_items.of_ids(reading, ledger_key, sorted(ids)):
        found.setdefault(by_name.get(item.village, 0), []).append(item.id)
    return {village: tuple(items) for village, items in sorted(found.items())}


@writes(Right.ENTER)
def draw_items(
    writing: Writing,
    ledger_key: str,
    size: str,
    seed: int | None = None,
    villages: tuple[int, ...] = (),
    again: bool = False,
) -> KeptDraw:
    """Draw `size` closed items (10, or 5%) over the villages; the seed is kept, made up where none is given."""
    ledger = _drawable(writing, ledger_key)
    among = pool(writing, ledger_key, villages, again)
    total = sum(len(items) for items in among.values())
    if not total:
        raise DrawRefused(
            f"{ledger.title}里没有可以抽查的已销号事项，上一次抽过的不再抽。要再抽，请注明可以重复。"
        )
    number = secrets.randbelow(1_000_000) if seed is None else seed
    drawn = draw(among, size_of(size, total), number)
    where = (writing.conn, writing.tables)
    id = spot_draws.add(
        *where, ledger_key, writing.today, number, size.strip(), again, among, drawn, writing.operator
    )
    return spot_draws.all_of(*where, id=id)[0]


def _drawable(reading: Reading, ledger_key: str) -> Ledger:
    ledger = reading.catalogue.ledgers[ledger_key]
    if not ledger.closed_loop:
        raise DrawRefused(f"{ledger.title}不是要销号的台账，不能抽查。")
    return ledger


def repeats(kept: KeptDraw) -> bool:
    """Whether the draw, made once more from its seed and its pool, gives the same items."""
    total = sum(len(items) for items in kept.pool.values())
    anew = draw(kept.pool, size_of(kept.size, total), kept.seed)
    return sorted(record for items in anew.values() for record in items) == sorted(
        each.record for each in kept.items
    )


@reads
def draws(reading: Reading, ledger_key: str = "") -> list[KeptDraw]:
    """The draws of a ledger, or of all, the latest first."""
    return spot_draws.all_of(reading.conn, reading.tables, ledger_key)


@reads
def one_draw(reading: Reading, id: int) -> KeptDraw:
    """One draw; DrawRefused where there is none."""
    found = spot_draws.all_of(reading.conn, reading.tables, id=id)
    if not found:
        raise DrawRefused(f"没有第 {id} 次抽查。请先列出有哪些抽查。")
    return found[0]


@reads
def checked(reading: Reading, id: int) -> list[CheckedItem]:
    """The items of a draw with what was found; one that was thrown away since is left out."""
    kept = one_draw(reading, id)
    found = {each.record: each for each in kept.items}
    lookup = reading.lookup()
    return [
        CheckedItem(item, found[item.id], lookup.label("official", found[item.id].checker or 0) or "")
        for item in list_items.of_ids(reading, kept.ledger, list(found))
    ]


@writes(Right.ENTER)
def note_result(
    writing: Writing,
    id: int,
    record: int,
    passed: bool,
    day: date | None = None,
    checker: int | None = None,
    words: str = "",
    photos: Sequence[int] = (),
    due: date | None = None,
    fraud: bool = False,
) -> None:
    """Note what was found of a drawn item; a failed one is sent back into its loop, in the same breath.

    Raises DrawRefused or StepRefused where it can't be noted.
    """
    kept = one_draw(writing, id)
    on = day or writing.today
    if not kept.day <= on <= writing.today:
        raise DrawRefused(f"抽查日期 {on} 不对，应在 {kept.day} 到今天之间。")
    if not passed and not words.strip():
        raise DrawRefused("不合格的，请写明哪里不合格。")
    where = (writing.conn, writing.tables)
    found = next(iter(records.fetch(*where, kept.ledger, [record])), None)
    if checker is not None and found is not None and checker == found.values.get("responsible"):
        raise DrawRefused("抽查人是这一项的责任人，不能抽查自己办的事。请换一个人。")
    spot_draws.note(*where, id, record, passed, on, checker, words.strip(), photos, writing.operator)
    ledger = writing.catalogue.ledgers[kept.ledger]
    if _CHECKED in ledger.by_key:
        records.update(*where, kept.ledger, record, {_CHECKED: on}, writing.operator)
    if not passed and found is not None and found.values.get(CLOSED) is not None:
        until = due or on + timedelta(days=AGAIN_WITHIN)
        reason = f"抽查不合格：{words.strip()}"
        take_one(writing, kept.ledger, record, WantedStep(Deed.FAIL, on, reason, due=until, fraud=fraud))


@reads
def rates(reading: Reading, id: int) -> list[Rate]:
    """How each village fared in a draw, the worst first; villages of which nothing was checked come last."""
    kept = one_draw(reading, id)
    names = {each.id: each.name for each in overview.villages(reading)}
    found = []
    for village in sorted({each.village for each in kept.items}):
        own = [each for each in kept.items if each.village == village]
        done = [each for each in own if each.passed is not None]
        passed = sum(bool(each.passed) for each in done)
        found.append(Rate(names.get(village, "镇直"), len(own), len(done), passed))
    return sorted(found, key=lambda rate: (rate.rate is None, rate.rate or 0.0))


@reads
def draws_due(reading: Reading) -> list[DrawDue]:
    """The ledgers whose draw of this month is to be made, and the draws whose results are not all noted."""
    month = reading.today.year * 100 + reading.today.month
    found = []
    for ledger in overview.looped(reading):
        kept = spot_draws.all_of(reading.conn, reading.tables, ledger.key)
        for each in kept:
            left = sum(1 for one in each.items if one.passed is None)
            if left:
                found.append(DrawDue(ledger.key, ledger.title, each.month, each.id, left))
        if ledger.loop.draw and not any(each.month == month for each in kept) and pool(reading, ledger.key):
            found.append(DrawDue(ledger.key, ledger.title, month, None, 0))
    return found


@writes(Right.ENTER)
def make_check_sheet(writing: Writing, id: int) -> MadeSheet:
    """Write, number and keep the 抽查通报 of a draw."""
    kept = one_draw(writing, id)
    found = checked(writing, id)
    done = [each for each in found if each.found.passed is not None]
    if not done:
        raise SheetRefused("这次抽查还没有登记结果。请先登记，再出通报。")
    ledger = writing.catalogue.ledgers[kept.ledger]
    passed = sum(bool(each.found.passed) for each in done)
    total = sum(len(items) for items in kept.pool.values())
    unit = ledger.measure_word
    lead = (
        f"{kept.month // 100}年{kept.month % 100}月，从已销号的{total}{unit}{ledger.noun}中按村（居）分层随机抽取"
        f"{len(found)}{unit}（抽取日期{day_words(kept.day)}，种子数{kept.seed}，可以据此重新抽取核对），"
        f"已抽查{len(done)}{unit}，合格{passed}{unit}，合格率{100 * passed / len(done):.1f}%。"
    )
    blocks: list[Block] = [_rate_table(rates(writing, id))]
    failed = [each for each in done if not each.found.passed]
    if failed:
        blocks += [Paragraph((Run("不合格的已退回重新整改，名单如下。"),)), _failed_table(failed)]
    items = [(kept.ledger, each.item.id) for each in found]
    return keep_sheet(
        writing, "check", f"{ledger.noun}抽查情况通报", lead, blocks, items, "各村（居）、各部门"
    )


def _rate_table(found: Sequence[Rate]) -> Table:
    rows = []
    for each in found:
        told = f"{each.rate:.1f}%" if each.rate is not None else "未查"
        numbers = (str(each.drawn), str(each.checked), str(each.passed), told)
        rows.append((Cell(each.village), *(Cell(text, "right") for text in numbers)))
    return Table(("村（居）", "抽取", "已查", "合格", "合格率"), tuple(rows), (4, 2, 2, 2, 2))


def _failed_table(failed: Sequence[CheckedItem]) -> Table:
    rows = tuple(
        (
            Cell(e.item.title),
            Cell(e.item.village or "—"),
            Cell(e.item.responsible or "—"),
            Cell(e.found.words),
        )
        for e in failed
    )
    return Table(("事项", "村（居）", "责任人", "不合格情况"), rows, (6, 2.4, 2.4, 5))
