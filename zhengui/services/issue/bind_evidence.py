"""佐证材料: bind for chosen figures a book of what they count, the records and their photos."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from zhengui.catalogue.model import Indicator, Measure
from zhengui.catalogue.source import of_figure, source_of
from zhengui.figures.display import in_document
from zhengui.figures.figure import mark_of
from zhengui.figures.numerals import chinese
from zhengui.figures.period import Period
from zhengui.reports.document import (
    Block,
    Cell,
    Document,
    Heading,
    Level,
    Paragraph,
    Picture,
    Pictures,
    Run,
    Table,
)
from zhengui.reports.gb9704 import render
from zhengui.reports.page_settings import PageSettings
from zhengui.services.counting.compute_figures import VALUE, Villages, compute, measures_of
from zhengui.services.issue.evidence_rows import EvidenceTable, table_of
from zhengui.services.township import personal
from zhengui.services.township.reading import Reading, reads
from zhengui.services.township.rights import Right
from zhengui.storage.counting.measured_rows import row_ids
from zhengui.storage.problem import StorageProblem
from zhengui.storage.query.predicates import Scope
from zhengui.storage.records import attachments
from zhengui.storage.records.edits_since import Point
from zhengui.storage.writing import documents, issues
from zhengui.whole_file import write_whole
from zhengui.work import Progress

#: So many photos of one figure are printed; the rest is counted.
MOST_PHOTOS = 24
#: Headings are numbered in Chinese numerals up to here.
MOST_FIGURES = 999
_NUMBER, _COUNTED = "序号", "计入"


@dataclass(frozen=True, slots=True)
class BoundBook:
    """A bound book: its pages, and on which page (from 1) each figure begins."""

    pages: int
    first_pages: dict[str, int]
    records: int
    photos: int


@dataclass(slots=True)
class _Binding:
    """What is being bound: the scope, whether personal data are masked, and how far it has come."""

    reading: Reading
    scope: Scope
    masked: bool
    most_photos: int
    progress: Progress | None
    point: Point | None = None
    frozen: dict[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    how: dict[str, str] = field(default_factory=dict)
    records: set[tuple[str, int]] = field(default_factory=set)
    photos: int = 0

    def tell(self, done: int, whole: int, what: str) -> None:
        """Say how far it has come; Cancelled where nobody waits for it."""
        if self.progress is not None:
            self.progress(done, whole, what)


@reads(Right.EXPORT)
def bind_issue(
    reading: Reading,
    issue_id: int,
    path: Path,
    keys: Sequence[str] = (),
    masked: bool = True,
    progress: Progress | None = None,
    most_photos: int = MOST_PHOTOS,
) -> BoundBook:
    """Bind the evidence of an issue, with the records as they were then; no keys: all figures of its text."""
    issue = issues.find(reading.conn, reading.tables, issue_id)
    content = issues.content_of(reading.conn, reading.tables, issue_id)
    scope = Scope(issue.period, issue.villages)
    binding = _Binding(
        reading, scope, masked or not personal.may_see(reading), most_photos, progress, issue.point
    )
    binding.frozen = {(each.figure, each.role): each.ids for each in content.records}
    for figure in content.figures:
        shown = figure.display + mark_of(figure.how)
        binding.shown[figure.key], binding.how[figure.key] = shown, figure.how
    printed = {source for block in content.blocks for _text, source in block.runs}
    wanted = [
        figure.key
        for figure in content.figures
        if (figure.key in keys if keys else of_figure(figure.key) in printed)
    ]
    date = f"{issue.at.year}年{issue.at.month}月{issue.at.day}日"
    return _bind(binding, wanted, issue.title, date, path)


@reads(Right.EXPORT)
def bind_document(
    reading: Reading,
    document: int,
    path: Path,
    keys: Sequence[str] = (),
    masked: bool = True,
    progress: Progress | None = None,
    most_photos: int = MOST_PHOTOS,
) -> BoundBook:
    """Bind the evidence of a document as it stands; no keys: every figure that it prints."""
    from zhengui.services.document.compose_document import compose_document

    stored = documents.find(reading.conn, reading.tables, document)
    composed = compose_document(reading, document)
    printed = composed.printed()
    wanted = [key for key in composed.figures if (key in keys if keys else of_figure(key) in printed)]
    return bind_figures(
        reading,
        wanted,
        stored.period,
        path,
        stored.villages,
        composed.document.title_text,
        masked or not personal.may_see(reading),
        progress,
        most_photos,
    )


@reads(Right.EXPORT)
def bind_figures(
    reading: Reading,
    keys: Iterable[str],
    period: Period,
    path: Path,
    villages: Villages = (),
    title: str = "",
    masked: bool = True,
    progress: Progress | None = None,
    most_photos: int = MOST_PHOTOS,
) -> BoundBook:
    """Bind the evidence of some figures of a period and scope."""
    wanted = list(dict.fromkeys(keys))
    binding = _Binding(
        reading, Scope(period, villages), masked or not personal.may_see(reading), most_photos, progress
    )
    for key, figure in compute(reading, period, villages, wanted).items():
        binding.shown[key] = in_document(reading.catalogue.indicators[key], figure.value) + figure.mark
        binding.how[key] = figure.how
    today = reading.today
    name = title or f"{reading.profile().name}{period.title}"
    return _bind(binding, wanted, name, f"{today.year}年{today.month}月{today.day}日", path)


def _bind(binding: _Binding, keys: Sequence[str], title: str, date: str, path: Path) -> BoundBook:
    if not keys:
        raise StorageProblem("没有选中指标。请至少选一个，再装订佐证材料。")
    if len(keys) > MOST_FIGURES:
        raise StorageProblem(f"一册最多装订 {MOST_FIGURES} 个指标。请分成几册。")
    blocks: list[Block] = [_foreword(binding, len(keys))]
    for place, key in enumerate(keys):
        indicator = binding.reading.catalogue.indicators[key]
        binding.tell(place, len(keys) * 2, indicator.title)
        blocks += _chapter(binding, indicator, place + 1)
    document = Document(
        title=(title, "佐证材料"),
        blocks=tuple(blocks),
        office=binding.reading.profile().office,
        date=date,
    )
    buffer = BytesIO()
    settings = PageSettings(cover=True, contents=True)
    rendered = render(document, buffer, settings, _pages_told(binding))
    write_whole(path, buffer.getvalue())
    first: dict[str, int] = {}
    for spot in rendered.spots:
        first.setdefault(source_of(spot.source).key, spot.page + 1)
    binding.tell(len(keys) * 2, len(keys) * 2, "完成")
    return BoundBook(rendered.pages, first, len(binding.records), binding.photos)


def _pages_told(binding: _Binding) -> Progress:
    """Pages are the second half of the work."""

    def tell(page: int, pages: int, _what: str = "", /) -> None:
        binding.tell(pages + page, pages * 2, f"排印第 {page} 页")

    return tell


def _foreword(binding: _Binding, count: int) -> Paragraph:
    masked = "个人信息已作遮盖处理。" if binding.masked else "内含个人信息，请妥善保管。"
    frozen = "记录按签发时的内容列出。" if binding.point is not None else ""
    period = binding.scope.period.title
    return Paragraph((Run(f"本册收录{period}{count}个指标的口径、数值和原始记录。{frozen}{masked}"),))


def _chapter(binding: _Binding, indicator: Indicator, number: int) -> Iterator[Block]:
    """One figure: its value, how it is computed, its records, their photos."""
    key = indicator.key
    source = of_figure(key)
    shown = binding.shown[key]
    runs = (Run(f"{indicator.title}："), Run(shown, source))
    yield Heading(Level.FIRST, f"{chinese(number)}、", runs, key)
    how = binding.how[key].rstrip("。")
    yield Paragraph((Run(f"口径：{how}。数值："), Run(shown, source), Run("。")))
    tables = list(_tables(binding, indicator))
    if not tables:
        yield Paragraph((Run("这个数由规则或设定得出，没有逐条记录。"),))
    for role, table, counted in tables:
        binding.records |= {(table.ledger.key, row.id) for row in table.rows}
        noun = f"{table.ledger.title}记录{len(table.rows)}条"
        whole = f"，其中计入{len(counted)}条" if counted is not None else ""
        lead = "基数：" if role != VALUE and counted is None else ""
        yield Paragraph((Run(f"{lead}{noun}{whole}。"),))
        if table.rows:
            yield _printed(table, counted)
    yield from _photos(binding, [table for _role, table, _counted in tables])


def _tables(binding: _Binding, indicator: Indicator) -> Iterator[tuple[str, EvidenceTable, set[int] | None]]:
    """The records by measure; a share of one ledger is one table that marks the part that counts."""
    reading = binding.reading
    found = [
        (role, measure, _ids(binding, indicator.key, role, measure))
        for role, measure in measures_of(indicator)
    ]
    if len(found) == 2 and found[0][1].ledger == found[1][1].ledger:
        part, (role, measure, whole) = found[0], found[1]
        ids = sorted({*part[2], *whole})
        yield role, table_of(reading, part[1], ids, binding.masked, binding.point), set(part[2])
        return
    for role, measure, ids in found:
        yield role, table_of(reading, measure, ids, binding.masked, binding.point), None


def _ids(binding: _Binding, key: str, role: str, measure: Measure) -> list[int]:
    if binding.point is not None:
        return list(binding.frozen.get((key, role), ()))
    reading = binding.reading
    return row_ids(reading.conn, reading.tables, measure, binding.scope, reading.parameters)


def _printed(table: EvidenceTable, counted: set[int] | None) -> Table:
    header = [_NUMBER, *(column.title for column in table.columns)]
    widths = [1.2, *table.widths]
    aligns = ["right" if column.is_number else "left" for column in table.columns]
    rows = []
    for place, row in enumerate(table.rows, start=1):
        cells = [Cell(str(place), "centre")]
        cells += [Cell(text, align) for text, align in zip(row.cells, aligns, strict=True)]
        if counted is not None:
            cells.append(Cell("是" if row.id in counted else "", "centre"))
        rows.append(tuple(cells))
    if counted is not None:
        header.append(_COUNTED)
        widths.append(1.2)
    # Where only some of the records count, what all of them come to says nothing.
    totals = () if counted is not None or not any(table.totals) else _totals(table, aligns)
    return Table(tuple(header), tuple(rows), tuple(widths), totals)


def _totals(table: EvidenceTable, aligns: Sequence[str]) -> tuple[Cell, ...]:
    own = (Cell(text, align) for text, align in zip(table.totals, aligns, strict=True))
    return (Cell("合计", "centre"), *own)


def _photos(binding: _Binding, tables: Sequence[EvidenceTable]) -> Iterator[Block]:
    """The photos of the records, so many at most, each with the number of its row."""
    listed = [
        (place, file)
        for table in tables
        for place, row in enumerate(table.rows, start=1)
        for file in row.files
    ]
    if not listed:
        return
    reading = binding.reading
    pictures: list[Picture] = []
    files = {file for _, file in listed}
    known = {each.id: each for each in attachments.about(reading.conn, reading.tables, files)}
    images = [pair for pair in listed if _is_image(known.get(pair[1]))]
    for place, file in images[: binding.most_photos]:
        data = attachments.content(reading.conn, reading.tables, file)
        pictures.append(Picture(data, f"序号 {place}"))
    binding.photos += len(pictures)
    if pictures:
        yield Pictures(tuple(pictures))
    left = len(listed) - len(pictures)
    if left:
        yield Paragraph((Run(f"另有附件{left}份，存于台账，可随时调阅。"),))


def _is_image(attachment: attachments.KeptAttachment | None) -> bool:
    return attachment is not None and attachment.media_type.startswith("image/")
