"""What the ledgers say of a period and a choice of villages, as the book that a typed text is held against."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

from zhengui.catalogue.model import Catalogue
from zhengui.figures.consistency import LedgerBook
from zhengui.figures.figure import Figure
from zhengui.figures.naming_words import narrower_words, wording_words
from zhengui.figures.period import Period
from zhengui.services.counting.compute_figures import Villages, compute
from zhengui.services.township.reading import Reading
from zhengui.storage.query.references import labels

Amount = Decimal | int | None


def book_of(
    reading: Reading, period: Period, villages: Villages = (), figures: Mapping[str, Figure] | None = None
) -> LedgerBook:
    """The book of a period; other years and single villages are computed when a text speaks of them.

    It answers as long as the state that it was made from is open.
    """
    known = figures if figures is not None else compute(reading, period, villages)

    @cache
    def of_year(key: str, year: int) -> Amount:
        if year > reading.today.year or year < period.year - 20:
            return None
        return compute(reading, _in_year(period, year), villages, [key])[key].value

    @cache
    def of_village(key: str, village: int) -> Amount:
        return compute(reading, period, (village,), [key])[key].value

    base = _words_of(reading.catalogue)
    return replace(
        base,
        year=period.year,
        values={key: figure.value for key, figure in known.items()},
        villages={name: id for id, name in labels(reading.conn, reading.tables, "village").items()},
        of_year=of_year,
        of_village=of_village,
        own_span=() if period.is_year else own_span(period),
    )


def _in_year(period: Period, year: int) -> Period:
    """The same span in another year."""
    step = year - period.year
    return Period(_moved(period.start, step), _moved(period.end, step))


def _moved(day: date, years: int) -> date:
    """The same day so many years on; the end of a February stays the end."""
    year = day.year + years
    last = calendar.monthrange(year, day.month)[1]
    at_end = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, day.month, last if at_end else min(day.day, last))


def own_span(period: Period) -> tuple[str, ...]:
    """How a text calls a span that is less than a year: 上半年, 1至6月, 截至6月底."""
    first, last = period.start.month, period.end.month
    words = [period.title.removeprefix(f"{period.year}年"), f"截至{last}月", f"截止{last}月"]
    words += [f"{first}{mark}{last}月" for mark in ("至", "—", "-", "到", "～")]
    if first == last:
        words.append(f"{first}月")
    return tuple(word for word in words if word)


def _words_of(catalogue: Catalogue) -> LedgerBook:
    """The part of a book that only the catalogue decides."""
    return LedgerBook(
        0, catalogue.indicators, {}, words=wording_words(catalogue), narrower=narrower_words(catalogue)
    )
