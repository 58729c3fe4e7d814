"""A preview in words: each row's line, and the whole in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhengui.exchange.body import numbers_in_words
from zhengui.services.entry.incoming import ImportPreview, RowDeed, RowPlan
from zhengui.services.township.reading import Reading, reads
from zhengui.values.show import show


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A row as the preview tells it: where, what will become of it, what it is called, and what changes or why not."""

    place: str
    deed: RowDeed
    label: str
    told: str


@reads
def lines_of(reading: Reading, preview: ImportPreview, most: int) -> list[PreviewLine]:
    """The first rows in words, those that need looking at before those that don't; personal data stay masked."""
    order = (RowDeed.REFUSED, RowDeed.UPDATE, RowDeed.ADD, RowDeed.LEFT, RowDeed.SAME)
    rows = sorted(preview.rows, key=lambda row: order.index(row.deed))
    several = len({row.sheet for row in rows}) > 1
    lookup = reading.lookup()
    ledger = preview.ledger

    def line(row: RowPlan) -> PreviewLine:
        place = f"{row.sheet} {row.row}" if several else str(row.row)
        names = [show(ledger[key], row.values.get(key), lookup) for key in ledger.label]
        return PreviewLine(
            place, row.deed, " ".join(name for name in names if name), _told(reading, preview, row)
        )

    return [line(row) for row in rows[:most]]


def _told(reading: Reading, preview: ImportPreview, row: RowPlan) -> str:
    if row.deed is RowDeed.REFUSED:
        return "；".join(f"{m.column}：{m.message}" for m in row.mistakes if m.severity == "error")
    if row.deed is RowDeed.UPDATE:
        told = reading.told(preview.ledger, row.changes)
        return "；".join(f"{title} {old or '（空）'} → {new}" for title, old, new in told)
    checks = "；".join(f"{m.column}：{m.message}" for m in row.mistakes)
    return row.why or checks


def counts_in_words(preview: ImportPreview) -> str:
    """新增 198 条　更新 21 条　相同不动 8 条　不能导入 6 行."""
    names = (
        (RowDeed.ADD, "新增 {} 条"), (RowDeed.UPDATE, "更新 {} 条"), (RowDeed.SAME, "相同不动 {} 条"),
        (RowDeed.LEFT, "选了不导入 {} 行"), (RowDeed.REFUSED, "不能导入 {} 行"),
    )  # fmt: skip
    told = [words.format(preview.count(deed)) for deed, words in names if preview.count(deed)]
    return "　".join(told) or "没有可以导入的行"


def rows_in_words(rows: Sequence[tuple[str, int]]) -> str:
    """The row numbers of some rows, of one sheet or several."""
    return numbers_in_words(sorted({row for _sheet, row in rows}))
