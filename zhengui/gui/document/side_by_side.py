"""Two issues, or an issue and today, side by side as HTML: figure by figure with the edits behind, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from zhengui.figures.differences import Difference
from zhengui.gui.document.differences_view import span_of
from zhengui.gui.kit.style import colour, text_size
from zhengui.services.issue.compare_documents import ComparedIssues, ParagraphRow
from zhengui.services.issue.drift import Drift, DriftEdit

#: How far the edits stand in from the figure that they changed.
INDENT = 28
#: What a link to the record behind an edit begins with; ledger/id follows.
RECORD = "record:"
_ACTIONS = {
    "create": "登记",
    "update": "修改",
    "delete": "删去",
    "restore": "恢复",
    "review": "审核",
    "report": "报送",
    "unreport": "取消报送",
    "setting": "参数",
    "definition": "口径",
}
_NONE = "—"
_DIFFERS = "≠"


def page(rows: Iterable[str], nothing: str) -> str:
    """Rows of a table as a whole page, or the words that say there are none."""
    body = "".join(rows)
    style = f"font-size:{text_size('body')}px; line-height:150%; color:{_ink('ink1')}"
    told = f'<table width="100%" cellspacing="0" cellpadding="6">{body}</table>' if body else ""
    return f'<body style="{style}">{told or f"<p>{escape(nothing)}</p>"}</body>'


def figure_rows(found: ComparedIssues, heads: tuple[str, str], all_of_them: bool) -> list[str]:
    """The figures of two issues; those that differ carry a sign."""
    chosen = [row for row in found.figures if row.differs or all_of_them]
    rows = [_row(row.title, row.before, row.after, row.differs) for row in chosen]
    return [_head("指标", *heads), *rows] if rows else []


def drift_rows(found: Drift) -> list[str]:
    """The figures and claims that would be others today, each followed by the edits that did it."""
    rows: list[str] = []
    for figure in found.figures:
        after = figure.now if figure.prints else f"{figure.now}（印出来一样）"
        rows += [_row(figure.title, figure.then, after, True), *_edits(figure.edits)]
    for claim in found.claims:
        rows += [_row(claim.title, claim.then_sentence, claim.now_sentence, True), *_edits(claim.edits)]
    return [_head("指标和断言", "签发时", "现在"), *rows] if rows else []


def sentence_rows(paragraphs: Sequence[ParagraphRow], heads: tuple[str, str], all_of_them: bool) -> list[str]:
    """Sentences against each other: at the left what is gone is struck through, at the right what is new underlined."""
    rows = []
    for paragraph in paragraphs:
        chosen = [each for each in paragraph.sentences if each.kind != "same" or all_of_them]
        rows += [_sentence(each) for each in chosen]
    head = (
        f'<tr><td width="50%"{_heading()}>{escape(heads[0])}</td><td{_heading()}>{escape(heads[1])}</td></tr>'
    )
    return [head, *rows] if rows else []


def _head(first: str, before: str, after: str) -> str:
    widths = ("36%", "32%", "32%")
    cells = "".join(
        f'<td width="{width}"{_heading()}>{escape(words)}</td>'
        for width, words in zip(widths, (first, before, after), strict=True)
    )
    return f"<tr>{cells}</tr>"


def _heading() -> str:
    return (
        f' style="background-color:{_ink("surf2")}; color:{_ink("ink2")}; font-size:{text_size("caption")}px"'
    )


def _row(title: str, before: str, after: str, differs: bool) -> str:
    sign = f'<span style="color:{_ink("warn")}">{_DIFFERS}</span> ' if differs else ""
    ground = f' style="background-color:{_ink("warnbg")}"' if differs else ""
    return (
        f"<tr><td>{sign}{escape(title)}</td>"
        f"<td>{escape(before or _NONE)}</td><td{ground}>{escape(after or _NONE)}</td></tr>"
    )


def _edits(edits: Sequence[DriftEdit]) -> list[str]:
    style = f"color:{_ink('ink2')}; padding-left:{INDENT}px"
    return [f'<tr><td colspan="3" style="{style}">{_edit(edit)}</td></tr>' for edit in edits]


def _edit(edit: DriftEdit) -> str:
    changes = "；".join(
        f"{title} {before or _NONE} → {after or _NONE}" for title, before, after in edit.changes
    )
    label = f"“{escape(edit.label)}”"
    if edit.ledger and edit.record:
        link = f"color:{_ink('act')}; text-decoration:none"
        label = f'<a href="{RECORD}{escape(edit.ledger)}/{edit.record}" style="{link}">{label}</a>'
    action = escape(_ACTIONS.get(edit.action, edit.action))
    return f"{edit.at:%Y-%m-%d %H:%M}　{escape(edit.who)}　{action}{label}　{escape(changes)}"


def _sentence(each: Difference) -> str:
    before = "".join(span_of(span.op, span.text) for span in each.spans if span.op != "added")
    after = "".join(span_of(span.op, span.text) for span in each.spans if span.op != "removed")
    return f'<tr><td width="50%">{before or _NONE}</td><td>{after or _NONE}</td></tr>'


def _ink(name: str) -> str:
    return colour(name).name()
