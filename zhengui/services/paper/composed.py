"""A composed document: what will be printed, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from zhengui.catalogue.model import Catalogue
from zhengui.catalogue.source import of_claim, of_figure
from zhengui.figures.claims import ClaimVerdict
from zhengui.figures.figure import Figure
from zhengui.figures.period import Period
from zhengui.reports.document import Document
from zhengui.services.counting.compute_figures import Villages

#: Marks in the outline's title where a line may end.
BREAK = "|"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at before printing: where it comes from, what it is, and why."""

    source: str
    title: str
    reason: str

    def __str__(self) -> str:
        return f"{self.title}。{self.reason}" if self.reason else self.title


@dataclass(frozen=True, slots=True)
class Composed:
    """The document with what it rests on: the figures and verdicts it prints, by key, and last year's it compares.

    `items` are the lines or sentences that each part of plan items prints, by the key of the part.
    """

    document: Document
    period: Period
    figures: Mapping[str, Figure]
    verdicts: Mapping[str, ClaimVerdict]
    villages: Villages = ()
    before: Mapping[str, Figure] = field(default_factory=dict)
    items: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def printed(self) -> set[str]:
        """The sources of all printed runs: figure:key and claim:key."""
        return {run.source for run in self.document.runs() if run.source}

    def remarks(self, catalogue: Catalogue) -> list[Remark]:
        """What a careful clerk looks at before printing: unknown figures, and claims that are not made."""
        printed = self.printed()
        told = [
            Remark(of_figure(key), f"{catalogue.indicators[key].title}：未知", figure.reason)
            for key, figure in self.figures.items()
            if of_figure(key) in printed and figure.value is None
        ]
        words = {"fails": "不成立，已换成如实的写法", "unknown": "暂不能写，已换成稳妥的写法"}
        told += [
            Remark(of_claim(key), f"“{catalogue.claims[key].title}”{words[verdict.state]}", verdict.reason)
            for key, verdict in self.verdicts.items()
            if verdict.state in words
        ]
        return told
