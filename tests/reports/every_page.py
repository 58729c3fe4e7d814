"""Print every kind of page and variant that an office can, each to its own PDF, to be judged and to be looked at.

    python -m tests.reports.every_page FOLDER [part of a name]

Of the demo township as of its last day: the year's document in all its forms, what is written for villages and departments,
lists, cards, the book of evidence. `pdftoppm -r 50 -png FILE.pdf NAME` turns one into pictures.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf

import dev
from tests.reports.whole_demo import judged
from zhengui.catalogue.closed_loop import LOOP_STATES
from zhengui.catalogue.model import FieldType
from zhengui.figures.period import year
from zhengui.reports.document import Document
from zhengui.services.document.compose_document import lay_out
from zhengui.services.issue.bind_evidence import bind_figures
from zhengui.services.loops import circular, duties, sheets, spot_check
from zhengui.services.paper import ledger_sheet, plan_sheet, schedule_sheet
from zhengui.services.paper.publish_word import word_of
from zhengui.services.plan.schedule_plan import can_share, draft
from zhengui.services.plan.target_schedule import target_schedule
from zhengui.services.plan.tell_plan import tell
from zhengui.services.plan.track_plan import track
from zhengui.services.returns import remind_missing
from zhengui.services.township import overview
from zhengui.services.township.page_settings import ReportSettings
from zhengui.services.township.township import Township, open_township
from zhengui.services.watch import rank_month, ranking_sheet, weekly_reminder
from zhengui.services.whole import record_card
from zhengui.storage.browse import pages as browse
from zhengui.storage.browse.pages import Selection
from zhengui.storage.records import record as records

YEAR = 2021
TODAY = date(YEAR, 12, 31)
SHIPPED = ReportSettings(system_faces=False)
COPIES = "县委办公室，县人大常委会办公室，县政府办公室，县政协办公室，县纪委监委"
JOINT = "云岭镇人民政府、中共云岭镇委员会、云岭镇人大主席团、云岭镇武装部"
MANY = "、".join(
    f"云岭镇{name}村民委员会"
    for name in "东山 西河 南坪 北岗 上湾 下坝 石桥 青松 红旗 新塘 柳林 金湖".split() * 3
)
#: How the year's document is printed, by the name of the form.
NUMBER = "云政发〔2021〕12号"
RED = replace(SHIPPED, red_head=True, number=NUMBER, imprint=True, copies_to=COPIES)
SECRET = replace(RED, copy_number="000012", secrecy="机密★3年", urgency="特急")
FORMS = {
    "standard": SHIPPED,
    "meeting": replace(SHIPPED, meeting=True),
    "review": replace(SHIPPED, watermark="征求意见稿"),
    "cover": replace(SHIPPED, cover=True, contents=True, watermark="讨论稿"),
    "red": replace(RED, signer="张立国", sealed=True),
    "signers": replace(RED, signer="张立国、李明、欧阳建华、王卫"),
    "secret": SECRET,
    "remark": replace(RED, remark="此件公开发布"),
    "addressee": replace(RED, addressee=f"{MANY}："),
    "joint2": replace(RED, issuers="中共云岭镇委员会、云岭镇人民政府", sealed=True),
    "joint4": replace(RED, issuers=JOINT, signer="张立国、李明", sealed=True),
    "joint4-unsealed": replace(RED, issuers=JOINT),
    "everything": replace(
        SECRET,
        cover=True,
        contents=True,
        signer="张立国、李明",
        issuers=JOINT,
        remark="此件公开发布",
        sealed=True,
        watermark="送审稿",
        bold_third=True,
    ),
}


class Press:
    """A township and a folder; each kind of page is a method that writes one PDF or several."""

    def __init__(self, township: Township, folder: Path) -> None:
        self.township, self.folder = township, folder

    def put(self, name: str, data: bytes) -> tuple[str, bytes]:
        (self.folder / f"{name}.pdf").write_bytes(data)
        return name, data

    def forms(self) -> Iterator[tuple[str, bytes]]:
        for name, settings in FORMS.items():
            published = lay_out(self.township, year(YEAR), settings=settings)
            yield self.put(f"form-{name}", published.pdf)
            (self.folder / f"form-{name}.docx").write_bytes(word_of(published))

    def short_forms(self) -> Iterator[tuple[str, bytes]]:
        """One area's document, a few pages, in the forms whose last page matters."""
        for name, settings in FORMS.items():
            published = lay_out(self.township, year(YEAR), area="safety", settings=settings)
            yield self.put(f"short-{name}", published.pdf)
            (self.folder / f"short-{name}.docx").write_bytes(word_of(published))

    def one_village(self) -> Iterator[tuple[str, bytes]]:
        with self.township.reading() as reading:
            village = overview.villages(reading)[0].id
        yield self.put("form-village", lay_out(self.township, year(YEAR), (village,), settings=SHIPPED).pdf)

    def loops(self) -> Iterator[tuple[str, bytes]]:
        ids: dict[str, list[int]] = {}
        with self.township.reading() as reading:
            for state in LOOP_STATES:
                chosen = Selection("hazard", None, (), state=state, today=TODAY)
                ids[state] = list(browse.ids_of(reading.conn, reading.tables, chosen))
        every = [one for own in ids.values() for one in own]
        open_ones = [one for state in LOOP_STATES[1:-1] for one in ids[state]]
        closed = ids[LOOP_STATES[-1]]
        for name, kind, own in (
            ("assign-1", "assign", closed[:1]), ("assign-9", "assign", closed[:9]), ("assign-60", "assign", closed[:60]),
            ("urge", "urge", open_ones[:8]), ("close-1", "close", closed[:1]), ("close-5", "close", closed[:5]),
        ):  # fmt: skip
            if own:
                yield self.put(f"loop-{name}", sheets.make_sheet(self.township, kind, "hazard", own).pdf)
        assert every
        yield self.put("loop-circular", circular.make_circular(self.township, year(YEAR)).pdf)
        one = circular.make_circular(self.township, year(YEAR), ["hazard"])
        yield self.put("loop-circular-hazard", one.pdf)
        with self.township.reading() as reading:
            drawn = next(
                each
                for each in spot_check.draws(reading)
                if any(one.passed is not None for one in each.items)
            )
        yield self.put("loop-spot-check", spot_check.make_check_sheet(self.township, drawn.id).pdf)

    def rankings(self) -> Iterator[tuple[str, bytes]]:
        for key in self.township.catalogue.rankings:
            month = rank_month.month_ranking(self.township, key, YEAR * 100 + 11)
            ranking_sheet.save_ranking(self.township, month, self.folder / "made.pdf")
            yield self.put(f"ranking-{key}", (self.folder / "made.pdf").read_bytes())

    def duty_cards(self) -> Iterator[tuple[str, bytes]]:
        loads = duties.loads(self.township)
        for name, load in (("most", loads[0]), ("fewest", loads[-1])):
            yield self.put(f"duty-card-{name}", duties.card(self.township, load.official))
        late = next(load for load in loads if load.late or load.soon)
        yield self.put("duty-visits", duties.visiting_list(self.township, late.official))

    def timetables(self) -> Iterator[tuple[str, bytes]]:
        lines = target_schedule(self.township, on=date(YEAR, 6, 1))
        yield self._saved("timetable-targets", schedule_sheet.target_sheet(self.township, lines))
        with self.township.reading() as reading:
            items = [item for item in track(reading, YEAR + 1, TODAY) if can_share(item)]
            kept = [draft(reading, item) for item in items[:3]]
        for number, (item, schedule) in enumerate(zip(items, kept, strict=False), 1):
            yield self._saved(
                f"timetable-{number}",
                schedule_sheet.item_sheet(self.township, tell(self.township, item).brief, schedule),
            )

    def _saved(self, name: str, document: Document) -> tuple[str, bytes]:
        schedule_sheet.save_sheet(self.township, document, self.folder / "made.pdf")
        return self.put(name, (self.folder / "made.pdf").read_bytes())

    def plans(self) -> Iterator[tuple[str, bytes]]:
        for name, sheet in (
            ("plan-quarter", plan_sheet.quarter_sheet(self.township, YEAR, 3)),
            ("plan-year", plan_sheet.year_sheet(self.township, YEAR)),
        ):
            plan_sheet.save_pdf(self.township, sheet, self.folder / "made.pdf")
            yield self.put(name, (self.folder / "made.pdf").read_bytes())

    def reminders(self) -> Iterator[tuple[str, bytes]]:
        found = weekly_reminder.weekly_reminder(self.township, year(YEAR))
        weekly_reminder.save_reminder(self.township, found, self.folder / "made.pdf")
        yield self.put("reminder-week", (self.folder / "made.pdf").read_bytes())
        owed = remind_missing.owed(self.township, YEAR, ("hazard", "cleanup", "inspection", "dispute"))
        if owed:
            notice = remind_missing.compose_reminder(self.township, YEAR, owed)
            yield self.put("reminder-missing", remind_missing.reminder_pdf(self.township, notice))

    def lists(self) -> Iterator[tuple[str, bytes]]:
        """A ledger as its table is printed: a narrow one, and a wide one that goes across the page."""
        for key, wide in (("letter", 120.0), ("hazard", 160.0)):
            ledger = self.township.catalogue.ledgers[key]
            fields = [each for each in ledger.fields if each.type is not FieldType.ATTACHMENT][:7]
            with self.township.reading() as reading:
                ids = list(browse.ids_of(reading.conn, reading.tables, Selection(key, None, ())))[:40]
                found = records.fetch(reading.conn, reading.tables, key, ids)
            rows = tuple(
                tuple("" if (value := each.values.get(f.key)) is None else str(value) for f in fields)
                for each in found
            )
            header, widths = tuple(f.title for f in fields), (wide,) * len(fields)
            lead = f"{YEAR}年，共 {len(rows)} {ledger.measure_word}。"
            made = ledger_sheet.ListSheet(f"{ledger.title}台账", lead, header, widths, rows)
            ledger_sheet.save_pdf(self.township, made, self.folder / "made.pdf")
            yield self.put(f"list-{key}", (self.folder / "made.pdf").read_bytes())

    def cards(self) -> Iterator[tuple[str, bytes]]:
        for register in ("village", "household", "official", "enterprise"):
            with self.township.reading() as reading:
                first = list(browse.ids_of(reading.conn, reading.tables, Selection(register, None, ())))
            if first:
                card = record_card.card_of(self.township, register, first[0], year(YEAR))
                record_card.save_pdf(self.township, card, self.folder / "made.pdf")
                yield self.put(f"card-{register}", (self.folder / "made.pdf").read_bytes())

    def book(self) -> Iterator[tuple[str, bytes]]:
        composed = lay_out(self.township, year(YEAR), settings=SHIPPED).composed
        keys = [key for key in composed.figures if f"figure:{key}" in composed.printed()]
        bind_figures(self.township, keys, year(YEAR), self.folder / "evidence.pdf")
        yield "evidence", (self.folder / "evidence.pdf").read_bytes()


def tell_faults(press: Press, wanted: str) -> Iterator[str]:
    """Print the kinds whose name holds `wanted`; a line for each file, and one for each fault."""
    for kind, make in vars(Press).items():
        if kind.startswith("_") or kind == "put" or wanted not in kind:
            continue
        for name, data in make(press):
            faults = judged(name, data, read_aloud=kind != "book")
            with pikepdf.open(BytesIO(data)) as opened:
                pages = len(opened.pages)
            yield f"{name}: {pages} pages, {len(data) // 1000} kB, {len(faults)} faults"
            yield from (f"fault: {each}" for each in faults)


def main() -> int:
    """Print, judge, tell; 1 where a judge finds a fault."""
    folder, wanted = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
    folder.mkdir(parents=True, exist_ok=True)
    found = 0
    with tempfile.TemporaryDirectory() as made:
        source = dev.demo()
        path = Path(made) / source.name
        for each in (source, source.with_name(f"{source.name}.key")):
            shutil.copy(each, path.with_name(each.name))
        township = open_township(path)
        township.working_day, township.operator = TODAY, "李明"
        try:
            for line in tell_faults(Press(township, folder), wanted):
                print(line, flush=True)
                found += line.startswith("fault")
        finally:
            township.close()
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
