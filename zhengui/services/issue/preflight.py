"""Look a document over before it is issued: what is unknown, unfounded, contradictory, forgotten or out of step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from zhengui.catalogue.source import FIGURE, REPORT, REVIEW, Source, keys_of, of_claim, of_figure, of_part
from zhengui.catalogue.wording import chips
from zhengui.figures.display import PENDING
from zhengui.figures.finding import TITLES, Finding, blocking, in_order
from zhengui.figures.period_words import covering_months
from zhengui.figures.readable_wording import readable
from zhengui.reports.document import Heading, Paragraph
from zhengui.reports.gb9704 import check_characters
from zhengui.services.counting.compute_figures import why_not_then
from zhengui.services.document.compose_document import compose_parts
from zhengui.services.document.edit_document import open_document
from zhengui.services.document.follow_outline import outline_findings
from zhengui.services.document.printed_parts import LeftOut, printed_parts
from zhengui.services.entry.review_records import rules, unreviewed
from zhengui.services.issue.preflight_past import PastIssue, past_findings, past_issue
from zhengui.services.issue.preflight_text import place_of, text_findings
from zhengui.services.issue.sign_off import is_wanted, sheets_of
from zhengui.services.paper.composed import Composed
from zhengui.services.plan.carry_over import unsettled
from zhengui.services.plan.list_plan import retired_goals
from zhengui.services.returns.report_status import missing_reports
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.writing.documents import HEADING, ITEMS, Part

__all__ = ["TITLES", "Finding", "blocking", "check_composed", "preflight"]

#: So many villages are named before the rest is only counted.
_NAMED = 6


@dataclass(frozen=True)
class _Case:
    reading: Reading
    composed: Composed
    document: int
    parts: tuple[Part, ...]
    past: PastIssue | None
    printed: frozenset[str]

    @cached_property
    def retired(self) -> dict[str, str]:
        """The figures that are printed though they are retired by then, and why that is."""
        known = self.reading.catalogue.indicators
        found = (known[key] for key in sorted(keys_of(FIGURE, self.printed)) if key in known)
        told = {each.key: why_not_then(self.reading, each, self.composed.period) for each in found}
        return {key: why for key, why in told.items() if why}


@reads
def preflight(reading: Reading, document: int) -> list[Finding]:
    """Everything to look at before issuing, what blocks it first."""
    opened = open_document(reading, document)
    return check_composed(reading, document, compose_parts(reading, opened.document, opened.parts))


@reads
def check_composed(reading: Reading, document: int, composed: Composed) -> list[Finding]:
    """The same for a document that was composed already."""
    opened = open_document(reading, document)
    made = printed_parts(reading, composed.period, opened.parts)
    parts = made.parts
    past = past_issue(reading, opened.document)
    case = _Case(reading, composed, document, parts, past, frozenset(composed.printed()))
    found = [
        *_unknown(case),
        *_retired(case),
        *_nothing(case),
        *_gaps(case),
        *_claims(case),
        *_missing_reports(case),
        *(_not_printed(case, each) for each in made.left_out),
        *text_findings(reading, document, parts, composed),
        *past_findings(reading, past, parts, composed),
        *_unreviewed(case),
        *_unsettled(case),
        *_retired_goals(case),
        *_unsigned(case),
        *outline_findings(reading, document),
        *_characters(case),
    ]
    return in_order(found)


def _unknown(case: _Case) -> Iterator[Finding]:
    for key, figure in case.composed.figures.items():
        source = of_figure(key)
        if source in case.printed and figure.value is None:
            title = case.reading.catalogue.indicators[key].title
            yield Finding("unknown_figure", "stop", f"“{title}”还不知道", f"{figure.reason}。", source)


def _retired(case: _Case) -> Iterator[Finding]:
    """What is retired and still stands in a sentence, since the sentence speaks of something else as well."""
    for key, why in case.retired.items():
        told = f"句子里还写着停用的“{case.reading.catalogue.indicators[key].title}”"
        reason = f"{why}。同一句里还有别的数，请把说它的几个字删去。"
        yield Finding("retired_figure", "stop", told, reason, _where(case, key) or of_figure(key))


def _where(case: _Case, key: str) -> str:
    """The first part whose own words hold a figure."""
    for part in case.parts:
        if any(chip.key == key for text in (part.text, *part.variants.values()) for chip in chips(text)):
            return of_part(part.id)
    return ""


def _not_printed(case: _Case, left: LeftOut) -> Finding:
    """What speaks of nothing but the retired, and so is not printed."""
    place = place_of(left.part)
    if left.part.kind == HEADING:
        title = readable(left.part.title, case.reading.catalogue)
        told, reason = f"“{title}”这一节不印", f"{'；'.join(left.why)}。下面写的都是停用的。"
    elif left.whole:
        told, reason = f"{place}这一段不印", f"{'；'.join(left.why)}。"
    else:
        words = readable(left.words.strip(), case.reading.catalogue)
        told, reason = f"{place}里有一句不印", f"{'；'.join(left.why)}。不印的是：{words}"
    return Finding("left_out", "check", told, f"{reason}不再写的，可以删去或关掉。", of_part(left.part.id))


def _nothing(case: _Case) -> Iterator[Finding]:
    """What the records say did not happen reads as if it had, where its number stands in a sentence."""
    for key, figure in case.composed.figures.items():
        source = of_figure(key)
        if source in case.printed and figure.value == 0:
            title = case.reading.catalogue.indicators[key].title
            told = f"“{title}”是 0，句子里印成了“{figure.display}”"
            yield Finding("nothing", "check", told, "没有的事请写成一句话，或者把这半句删去。", source)


def _gaps(case: _Case) -> Iterator[Finding]:
    """What is still to be filled in on the printed pages, whatever made it; unknown figures are told by themselves."""
    unknown = {of_figure(key) for key, figure in case.composed.figures.items() if figure.value is None}
    unknown |= {of_claim(key) for key in case.composed.verdicts} | {of_figure(key) for key in case.retired}
    for block in case.composed.document.blocks:
        if not isinstance(block, Paragraph | Heading):
            continue
        runs = (*block.lead, *block.runs) if isinstance(block, Paragraph) else block.runs
        if not any(PENDING in run.text and run.source not in unknown for run in runs):
            continue
        text = "".join(run.text for run in runs)
        part = next((part for part in case.parts if part.key == block.key), None)
        where = of_part(part.id) if part is not None else ""
        if part is not None and _counts_sections(part):
            told = "这一部分一个方面也没有打开，“几个方面”写不出来"
            yield Finding("blank", "stop", told, "请打开要写的方面，或者删去这一句。", where)
        else:
            around = text[max(0, text.index(PENDING) - 12) :][:30]
            yield Finding(
                "blank", "stop", f"印出来的文字里还有{PENDING}", f"…{around}…，请补上或删去。", where
            )


def _counts_sections(part: Part) -> bool:
    return any(chip.key in ("summary_sections", "plan_sections") for chip in chips(part.text))


def _claims(case: _Case) -> Iterator[Finding]:
    for key, verdict in case.composed.verdicts.items():
        title = case.reading.catalogue.claims[key].title
        source = of_claim(key)
        if source in case.printed and not verdict.sentence:
            yield Finding("blank", "stop", f"“{title}”没有可写的话", verdict.reason, source)
        elif verdict.state == "fails":
            told = f"“{title}”不成立，已换成如实的写法"
            yield Finding("false_claim", "check", told, verdict.reason, source)
        elif verdict.state == "unknown":
            told = f"“{title}”还没有依据，已换成稳妥的写法"
            yield Finding("unknown_claim", "check", told, verdict.reason, source)


def _missing_reports(case: _Case) -> Iterator[Finding]:
    months = covering_months(case.composed.period).months()
    asked = {
        claim.measure.ledger
        for key in case.composed.verdicts
        if (claim := case.reading.catalogue.claims[key]).reports and claim.measure is not None
    }
    for ledger in sorted(asked):
        owed = missing_reports(case.reading, ledger, months, case.composed.villages)
        if owed:
            title = case.reading.catalogue.ledgers[ledger].title
            told = "、".join(f"{name}（{_months(numbers)}）" for name, numbers in owed[:_NAMED])
            rest = f"等 {len(owed)} 个" if len(owed) > _NAMED else ""
            yield Finding(
                "missing_report",
                "check",
                f"“{title}”还有 {len(owed)} 个村（居）没有报齐",
                f"{told}{rest}没有报送，请补报或做零报告。",
                str(Source(REPORT, ledger)),
            )


def _months(numbers: list[int]) -> str:
    return "、".join(f"{number % 100}月" for number in numbers)


def _unsettled(case: _Case) -> Iterator[Finding]:
    """Items of the year's own plan that were missed and about which nobody has said why."""
    composed = case.composed
    if not composed.period.is_year or composed.villages:
        return
    missed = unsettled(case.reading, composed.period.year)
    if missed:
        yield Finding(
            "unsettled_plan",
            "check",
            f"{composed.period.year}年计划有 {len(missed)} 项没有完成，也没有写原因",
            "请在年度计划的年终核对里写明原因，或结转下年。",
            "plan",
        )


def _retired_goals(case: _Case) -> Iterator[Finding]:
    """Items of the plan that is printed whose figure will not be counted any more in the plan's year."""
    if any(part.kind == ITEMS for part in case.parts):
        year = case.composed.period.next_year if case.composed.period.is_year else case.composed.period.year
        for wording, title in retired_goals(case.reading, year):
            told = f"计划“{wording}”的目标对着停用的“{title}”"
            reason = f"{year}年不再统计这个指标，这一项要靠填报进展来跟踪。请换一个指标，或改写目标。"
            yield Finding("retired_goal", "check", told, reason, "plan")


def _unreviewed(case: _Case) -> Iterator[Finding]:
    keys = keys_of(FIGURE, case.printed)
    asked = rules(case.reading)
    for ledger, count in unreviewed(case.reading, case.composed.period, case.composed.villages, keys).items():
        title = case.reading.catalogue.ledgers[ledger].title
        counts = "没有计入" if asked.get(ledger) == "hold" else "已经计入"
        yield Finding(
            "unreviewed",
            "check",
            f"“{title}”有 {count} 条记录等待审核",
            f"这些记录{counts}，请先审核；文末会注明。",
            str(Source(REVIEW, ledger)),
        )


def _unsigned(case: _Case) -> Iterator[Finding]:
    """Departments that have not signed, or whose signature was taken back by a change, where signing is wanted."""
    if not is_wanted(case.reading, case.document):
        return
    for sheet in sheets_of(case.reading, case.document, case.composed):
        if not sheet.stands:
            told = "；".join(sheet.taken_back[:3])
            more = f"等 {len(sheet.taken_back)} 处" if len(sheet.taken_back) > 3 else ""
            reason = (
                f"{sheet.who}会签以后，{told}{more}，请再看一遍。"
                if sheet.who
                else "请该部门核对自己的数字和段落后会签。"
            )
            yield Finding("unsigned", "check", f"“{sheet.department}”{sheet.state}", reason, "sign")


def _characters(case: _Case) -> Iterator[Finding]:
    for missing in check_characters(case.composed.document):
        told = f"“{missing.character}”字库里没有，印出来会缺字"
        where = f"在{missing.place}：…{missing.around}…。请换一个写法。"
        yield Finding("missing_character", "check", told, where)
