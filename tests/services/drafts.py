"""A draft as the catalogue's outline gives it, whatever the office wrote in documents before."""

from __future__ import annotations

from zhengui.figures.period import Period
from zhengui.services.counting.compute_figures import Villages
from zhengui.services.document.edit_document import from_outline
from zhengui.services.document.outline_parts import parts_for
from zhengui.services.township.township import Township
from zhengui.storage.writing import documents


def new_document(township: Township, period: Period, villages: Villages = (), area: str = "") -> int:
    """Make a draft for a period and a scope; returns its id."""
    with township.writing() as writing:
        parts = parts_for(writing, period, villages, area)
        values = from_outline(writing, period, villages, area)
        return documents.create(writing.conn, writing.tables, values, parts, writing.operator)
