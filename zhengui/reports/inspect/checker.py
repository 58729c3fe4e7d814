"""Inspect a PDF: measure its pages once and let every rule judge them."""

from __future__ import annotations

from pathlib import Path

from zhengui.reports.inspect import body_rules, page_rules, part_rules
from zhengui.reports.inspect.ink import read
from zhengui.reports.inspect.paper import sort_out
from zhengui.reports.inspect.verdict import Verdict


def inspect_pdf(source: Path | str | bytes) -> list[Verdict]:
    """The verdict of every rule on a PDF given by its path or its bytes.

    Raises ValueError with a sentence for the user when the file is not a PDF.
    """
    paper = sort_out(read(source))
    return [*part_rules.rules(paper), *page_rules.rules(paper), *body_rules.rules(paper)]
