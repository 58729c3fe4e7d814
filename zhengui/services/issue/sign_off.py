"""会签: each department signs its own figures and paragraphs of a draft; what changes afterwards takes that back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from zhengui.catalogue.source import CLAIM, of_claim, of_figure, of_text, source_of
from zhengui.figures.sign_off import SignedPiece, changes
from zhengui.reports.document import Heading, Level, Paragraph, Run
from zhengui.services.document.compose_document import compose_document
from zhengui.services.issue.frozen_content import freeze
from zhengui.services.paper.composed import Composed
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.problem import StorageProblem
from zhengui.storage.writing import documents, signatures

#: The setting that says whether the office wants every draft signed.
WANTED = "sign_off.wanted"
#: Who answers for what belongs to no area.
OFFICE = "党政办"
_AROUND = 18


@dataclass(frozen=True, slots=True)
class SignOffSheet:
    """What a department answers for, and its signature: `who` is empty where it never signed.

    `taken_back` says what changed since; a signature stands where there is one and nothing did.
    """

    department: str
    pieces: tuple[SignedPiece, ...]
    who: str = ""
    at: datetime | None = None
    taken_back: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether the department has signed what there is now."""
        return bool(self.who) and not self.taken_back

    @property
    def state(self) -> str:
        """The state in a word."""
        return "已会签" if self.stands else "会签后有改动" if self.who else "未会签"


@reads
def sheets(reading: Reading, document: int) -> list[SignOffSheet]:
    """The departments of a draft in the order in which it tells of them."""
    return sheets_of(reading, document, compose_document(reading, document))


@reads
def sheets_of(reading: Reading, document: int, composed: Composed) -> list[SignOffSheet]:
    """The same of a document that was composed already."""
    signed = signatures.of_document(reading.conn, reading.tables, document)
    found = []
    for department, pieces in _by_department(reading, composed).items():
        stored = signed.get(department)
        if stored is None:
            found.append(SignOffSheet(department, tuple(pieces.values())))
            continue
        told = tuple(changes(_thawed(stored.pieces), pieces))
        found.append(SignOffSheet(department, tuple(pieces.values()), stored.who, stored.at, told))
    return found


@reads
def is_wanted(reading: Reading, document: int = 0) -> bool:
    """Whether drafts are to be signed: the office wants it, or somebody has signed this one."""
    if reading.setting(WANTED) == "yes":
        return True
    return bool(document and signatures.of_document(reading.conn, reading.tables, document))


@writes(Right.MANAGE)
def want(writing: Writing, wanted: bool) -> None:
    """Say whether the office wants every draft signed before it is issued."""
    writing.keep_setting(WANTED, "yes" if wanted else "no")


@writes(Right.WRITE)
def sign(writing: Writing, document: int, department: str) -> SignOffSheet:
    """Sign for a department as the operator; StorageProblem where it has no part in the draft, or that is issued."""
    stored = documents.find(writing.conn, writing.tables, document)
    if stored.state == documents.ISSUED:
        raise StorageProblem("这份文稿已经签发，不能再会签。要改先“修订”。")
    found = next((each for each in sheets(writing, document) if each.department == department), None)
    if found is None:
        raise StorageProblem(f"这份文稿里没有“{department}”的数字和段落，不用会签。")
    if not writing.operator:
        raise StorageProblem("会签要留下姓名。请先在系统里写明操作人。")
    pieces = json.dumps([[p.key, p.title, p.shown, p.ground] for p in found.pieces], ensure_ascii=False)
    signatures.sign(writing.conn, writing.tables, document, department, writing.operator, pieces)
    return next(each for each in sheets(writing, document) if each.department == department)


@writes(Right.WRITE)
def take_back(writing: Writing, document: int, department: str) -> None:
    """Take a department's signature back."""
    signatures.take_back(writing.conn, writing.tables, document, department)


def keep_signatures(writing: Writing, document: int, issue: int, composed: Composed) -> None:
    """Keep with an issue the signatures that stood."""
    found = [
        (sheet.department, sheet.who, sheet.at)
        for sheet in sheets_of(writing, document, composed)
        if sheet.stands and sheet.at is not None
    ]
    signatures.keep_in_issue(writing.conn, writing.tables, issue, found)


@reads
def signatures_of_issue(reading: Reading, issue: int) -> list[tuple[str, str, datetime]]:
    """Who had signed an issue, as (department, who, when)."""
    return signatures.of_issue(reading.conn, reading.tables, issue)


def _by_department(reading: Reading, composed: Composed) -> dict[str, dict[str, SignedPiece]]:
    """Every piece of the draft under those who answer for it: the area it stands in, else the areas of its figures."""
    areas, known = reading.catalogue.by_area, _known(reading, composed)
    found: dict[str, dict[str, SignedPiece]] = {}
    section = ""
    for block in composed.document.blocks:
        if isinstance(block, Heading):
            if block.level is Level.FIRST:
                section = ""
            elif block.level is Level.SECOND:
                section = block.key if block.key in areas else ""
            continue
        if not isinstance(block, Paragraph) or not block.key:
            continue
        sources = [run.source for run in (*block.lead, *block.runs) if run.source in known]
        own = {areas[section].department} if section else {_owner(reading, source) for source in sources}
        for department in sorted(own or {OFFICE}):
            pieces = found.setdefault(department or OFFICE, {})
            text = _text(block)
            pieces[text.key] = text
            for source in sources:
                if section or _owner(reading, source) == department:
                    pieces[source] = known[source]
    return found


def _owner(reading: Reading, source: str) -> str:
    led, catalogue = source_of(source), reading.catalogue
    declared = catalogue.claims[led.key] if led.kind == CLAIM else catalogue.indicators[led.key]
    return catalogue.by_area[declared.area].department or OFFICE


def _known(reading: Reading, composed: Composed) -> dict[str, SignedPiece]:
    """The figures and claims of a draft by their sources, each with the records behind it."""
    content = freeze(reading, composed)
    behind: dict[str, list[object]] = {}
    for records in content.records:
        pairs = list(zip(records.ids, records.versions, strict=True))
        behind.setdefault(records.figure, []).append((records.role, records.ledger, pairs))
    found = {}
    for figure in content.figures:
        ground = f"{figure.display} {figure.value} {_digest(behind.get(figure.key))}"
        source = of_figure(figure.key)
        found[source] = SignedPiece(source, f"“{figure.title}”", figure.display, ground)
    for claim in content.claims:
        source = of_claim(claim.key)
        ground = f"{claim.sentence} {_digest(behind.get(source))}"
        found[source] = SignedPiece(source, f"“{claim.title}”", claim.sentence, ground)
    return found


def _text(block: Paragraph) -> SignedPiece:
    """A paragraph's own wording, without what its figures print."""
    whole = "".join(_wording((*block.lead, *block.runs)))
    shown = "".join(run.text for run in (*block.lead, *block.runs))
    title = f"“{shown[:_AROUND]}{'…' if len(shown) > _AROUND else ''}”这一段"
    return SignedPiece(of_text(block.key), title, shown, _digest(whole))


def _wording(runs: tuple[Run, ...]) -> Iterator[str]:
    return (f"{{{run.source}}}" if run.source else run.text for run in runs)


def _digest(what: object) -> str:
    return hashlib.sha256(repr(what).encode()).hexdigest()[:16]


def _thawed(text: str) -> Mapping[str, SignedPiece]:
    return {key: SignedPiece(key, title, shown, ground) for key, title, shown, ground in json.loads(text)}
