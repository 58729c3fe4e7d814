"""Every number of any text, from a file or elsewhere, held against the ledgers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhengui.figures.consistency import JudgedNumber, LedgerBook, as_written, is_plan_heading, judge_text
from zhengui.figures.period import Period
from zhengui.services.counting.compute_figures import Villages
from zhengui.services.issue.ledger_book import book_of
from zhengui.services.township.reading import Reading, reads


@dataclass(frozen=True, slots=True)
class CheckedNumber:
    """A number of the text: in which line (from 1), as written, the clause it stands in, and the verdict."""

    line: int
    written: str
    clause: str
    judged: JudgedNumber


@reads
def check_lines(
    reading: Reading, lines: Sequence[str], period: Period, villages: Villages = ()
) -> list[CheckedNumber]:
    """Every number of the lines with its verdict, in their order."""
    book = book_of(reading, period, villages)
    return list(_checked(lines, book))


def _checked(lines: Sequence[str], book: LedgerBook) -> Iterator[CheckedNumber]:
    planned = False
    for number, line in enumerate(lines, 1):
        heading = is_plan_heading(line)
        planned = planned if heading is None else heading
        for judged in judge_text(line, book, planned):
            yield CheckedNumber(number, as_written(judged.typed), _clause(judged), judged)


def _clause(judged: JudgedNumber) -> str:
    typed = judged.typed
    after = typed.after.split("，")[0].split("、")[0].split("（")[0]
    return f"{typed.before}{typed.text}{after}".strip()
