"""Make the demo township: a database of three invented years, with pictures, and its yearly document."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from zhengui.services.township.township import WORKING_DAY, Township, create_township, open_township
from zhengui.services.whole.demo_loops import work_off
from zhengui.services.whole.demo_reports import report
from zhengui.services.whole.demo_warnings import decide_some
from zhengui.storage.file.database import SUFFIX
from zhengui.storage.file.vault import key_path
from zhengui.storage.problem import StorageProblem
from zhengui.storage.records import attachments, links
from zhengui.storage.records import record as records
from zhengui.storage.writing import plan_progress
from zhengui.values.value import Value
from zhengui.work import Progress

if TYPE_CHECKING:
    from db.demo import Batch, Demo

NAME = "云岭镇"
YEAR = 2021
OPERATOR = "演示"
#: The setting by which a file is known as a demo; it holds the seed.
MARK = "demo.seed"
#: Records at scale 1, near enough to show how far the work has come.
USUAL = 42_200
_REGISTERED = datetime(2019, 1, 2, 9, 0)
_ENTERED = datetime(YEAR, 12, 31, 16, 30)

#: The months whose rankings are issued.
RANKED = (201911, 201912, 202011, 202012, 202110, 202111)


@dataclass(frozen=True, slots=True)
class MadeDemo:
    """What was made: the files, how many records and pages, how many of the printed figures are known."""

    database: Path
    pdf: Path | None
    records: int
    pages: int
    known: int


def make_demo(
    folder: Path,
    scale: float = 1.0,
    seed: int = 2021,
    progress: Progress | None = None,
    pdf: bool = True,
) -> MadeDemo:
    """Make the demo in `folder`; an older demo there is replaced once the new one is whole.

    `progress` is told as records go in; Cancelled, which it raises, stops the work and leaves nothing behind.
    Raises StorageProblem where the file that is there isn't a demo, or the scale makes no sense.
    """
    if not 0 < scale <= 100:
        raise StorageProblem("倍数要大于 0，不超过 100。请改一个倍数。")
    database = folder / f"{NAME}演示{SUFFIX}"
    _refuse_real_data(database)
    workshop = folder / f".{NAME}演示-生成中"
    shutil.rmtree(workshop, ignore_errors=True)
    workshop.mkdir(parents=True)
    try:
        made = _make(
            workshop, database.name, _Told(progress, round(USUAL * max(scale, 0.4))), scale, seed, pdf
        )
        _replace(made.database, database)
        document = None if made.pdf is None else made.pdf.replace(folder / made.pdf.name)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return MadeDemo(database, document, made.records, made.pages, made.known)


def is_demo(township: Township) -> bool:
    """Whether the open file holds invented records."""
    return bool(township.setting(MARK))


class _Told:
    """Tells how far the work has come, and stops it where nobody waits for it any longer."""

    def __init__(self, progress: Progress | None, whole: int) -> None:
        self.progress = progress
        self.whole = whole
        self.done = 0

    def count(self, batches: Iterable[Batch], title: str) -> Iterator[dict[str, Value]]:
        """The rows of the batches, told batch by batch."""
        for batch in batches:
            yield from batch.rows
            self.done += len(batch.rows)
            self.tell(f"写入{title}")

    def tell(self, what: str) -> None:
        """Say what is being done; Cancelled where nobody waits for it."""
        if self.progress is not None:
            self.progress(min(self.done, self.whole), self.whole, what)


def _make(folder: Path, name: str, told: _Told, scale: float, seed: int, pdf: bool) -> MadeDemo:
    """Make database and document in an empty folder."""
    # The generator is only loaded where a demo is made.
    from db.demo import Demo

    township = create_township(folder / name, NAME, OPERATOR)
    try:
        demo = Demo(township.catalogue, scale, seed)
        count = _write(township, demo, told)
        told.tell("添加零报告和照片")
        report(township, demo.zero_reports(), OPERATOR, _ENTERED)
        _follow_plan(township, demo)
        work_off(township, demo, OPERATOR)
        _illustrate(township, demo)
        township.keep_setting(MARK, str(seed))
        township.keep_setting(WORKING_DAY, f"{YEAR}-12-31")
        township.database.optimise()
        _issue_rankings(township)
        township.working_day = date(YEAR, 12, 31)
        decide_some(township)
        told.tell("计算指标，排印年度文稿")
        known = _known(township)
        document, pages = _publish(township, folder) if pdf else (None, 0)
    finally:
        township.close()
    told.done = told.whole
    told.tell("完成")
    return MadeDemo(folder / name, document, count, pages, known)


def _write(township: Township, demo: Demo, told: _Told) -> int:
    """Insert every record, each ledger in a transaction of its own."""
    count = 0
    for key, batches in groupby(demo.batches(), lambda batch: batch.ledger):
        ledger = township.catalogue.ledgers[key]
        rows = told.count(batches, ledger.title)
        at = _REGISTERED if ledger.register else _ENTERED
        with township.writing() as writing:
            count += len(records.insert_many(writing.conn, writing.tables, key, rows, OPERATOR, at=at))
    return count


def _follow_plan(township: Township, demo: Demo) -> None:
    """Report on the plan's items, and share some of them out among the villages: an amount, a rate, a level."""
    from db.demo.plan_reports import SHARED, SHARED_RATES, reports
    from zhengui.services.plan import schedule_plan
    from zhengui.services.plan.track_plan import track

    with township.writing() as writing:
        for each in reports(demo.world):
            at = datetime.combine(each.day, _ENTERED.time())
            head = (each.item, each.day, OPERATOR, each.words, None, None, OPERATOR)
            plan_progress.add(writing.conn, writing.tables, *head, at=at)
    for item in track(township, YEAR):
        rate = item.goal is not None and item.goal.indicator in SHARED_RATES
        if rate or item.id == SHARED + 1:
            schedule_plan.keep(township, schedule_plan.draft(township, item, start=date(YEAR - 1, 12, 31)))


def _issue_rankings(township: Township) -> None:
    """Issue the rankings of the last months of each year, as far as there is something to rank by."""
    from zhengui.services.watch.rank_month import issue_month

    last = township.working_day
    for key in township.catalogue.rankings:
        for month in RANKED:
            # On the third day of the month after, as offices do.
            township.working_day = date(month // 100 + month % 100 // 12, month % 100 % 12 + 1, 3)
            with contextlib.suppress(StorageProblem):
                issue_month(township, key, month)
    township.working_day = last


def _illustrate(township: Township, demo: Demo) -> None:
    """Add the pictures, and let their records have them from the start."""
    with township.writing() as writing:
        for (ledger, position, field), drawn in groupby(
            demo.pictures(), lambda picture: (picture.ledger, picture.position, picture.field)
        ):
            ready = [attachments.prepare(picture.name, picture.content) for picture in drawn]
            ids = [attachments.add(writing.conn, writing.tables, each, OPERATOR) for each in ready]
            links.replace(writing.conn, ledger, position, field, ids)


def _known(township: Township) -> int:
    """How many of the printed figures have a value."""
    from zhengui.figures.period import year
    from zhengui.services.counting.compute_figures import compute

    printed = [key for key, each in township.catalogue.indicators.items() if each.n is not None]
    return sum(figure.value is not None for figure in compute(township, year(YEAR), keys=printed).values())


def _publish(township: Township, folder: Path) -> tuple[Path, int]:
    from zhengui.figures.period import year
    from zhengui.services.document.compose_document import publish

    path = folder / f"{NAME}{YEAR}年工作总结及{YEAR + 1}年工作计划.pdf"
    return path, publish(township, year(YEAR), path).pages


def _refuse_real_data(database: Path) -> None:
    """Raise StorageProblem unless the place is free or taken by an earlier demo."""
    problem = StorageProblem(
        f"“{database.parent}”里已有“{database.name}”，但它不是演示数据，没有改动。请换一个文件夹。"
    )
    if not database.exists():
        if key_path(database).exists():
            raise problem
        return
    try:
        township = open_township(database)
    except StorageProblem:
        raise problem from None
    try:
        if not is_demo(township):
            raise problem
    finally:
        township.close()


def _replace(made: Path, database: Path) -> None:
    """Put the new file and its key in the place of the old ones."""
    for old in (database, *(database.with_name(database.name + end) for end in ("-wal", "-shm"))):
        old.unlink(missing_ok=True)
    key_path(made).replace(key_path(database))
    made.replace(database)
