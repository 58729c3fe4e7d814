"""`report`, `preflight`, `issue`, `drift` and `evidence` take period, villages and area as the window does."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from tests.command.conftest import Cli
from tests.fresh import copied
from tests.services.drafts import new_document
from tests.services.written_office import VILLAGES, add, make_office
from zhengui.figures.period import Period, year
from zhengui.services.document import edit_document as write
from zhengui.services.township.page_settings import ReportSettings, keep_settings
from zhengui.services.township.township import open_township

HALF = Period(date(2021, 1, 1), date(2021, 6, 30))
#: What is asked of a document: the arguments, and the same as period, villages and area.
SCOPES = {
    "year": (("--year", "2021"), year(2021), (), ""),
    "half": (("--from", "2021-01-01", "--to", "2021-06-30"), HALF, (), ""),
    "villages": (("--year", "2021", "--village", "青石村", "--village", "白沙村"), year(2021), (1, 2), ""),
    "area": (("--year", "2021", "--area", "安全稳定"), year(2021), (), "safety"),
    "all": (
        ("--year", "2021", "--to", "2021-06-30", "--area", "safety", "--village", "云门社区", "--village", "白沙村"),
        HALF, (1, 3), "safety",
    ),
}  # fmt: skip
TEXT = "发放公开信{letters|exact}，检查{places_checked}。"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with a short document of each scope, which the commands find again."""
    township = make_office(tmp_path_factory.mktemp("scopes"), (2021,))
    for _given, period, villages, area in SCOPES.values():
        document = new_document(township, period, villages, area)
        opened = write.open_document(township, document)
        kept = next(part for part in opened.parts if part.kind == "paragraph")
        for part in opened.parts:
            if part is not kept and part.key not in ("summary", kept.key.partition(".")[0]):
                write.switch(township, document, part.id, on=False)
        write.switch(township, document, kept.id, on=True)
        write.set_text(township, document, kept.id, TEXT)
    keep_settings(township, ReportSettings(attachments=False, charts=False))
    township.close()
    return township.path


def told(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(BytesIO(pdf.read_bytes()))
    return "".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "")


def letters(period: Period, villages: tuple[int, ...]) -> int:
    """As `make_office` writes them: one a month in turn for the villages."""
    months = [number % 12 + 1 for number in range(12) if not villages or number % 3 + 1 in villages]
    return 107 * sum(month <= period.end.month for month in months)


@pytest.mark.parametrize("scope", SCOPES)
def test_a_document_of_a_scope_goes_its_whole_way(
    cli: Cli, written: Path, tmp_path: Path, scope: str
) -> None:
    path = copied(written, tmp_path)
    given, period, villages, area = SCOPES[scope]
    (tmp_path / "pages").mkdir()
    pages = tmp_path / "pages"
    made = cli("report", path, *given, "--pdf", pages / "report.pdf")
    assert made.status == 0, made.err
    count = letters(period, villages)
    assert f"发放公开信{count}份" in told(pages / "report.pdf")
    looked = cli("preflight", path, *given)
    assert (looked.status, looked.err) == (0, "")
    before = cli("drift", path, *given)
    assert (before.status, before.out) == (1, "")
    assert "还没有签发" in before.err
    drafted = cli("evidence", path, *given, "--pdf", pages / "draft.pdf")
    assert drafted.status == 0, drafted.err
    issued = cli("issue", path, *given, "--pdf", pages / "issue.pdf")
    assert issued.status == 0, issued.err
    assert f"发放公开信{count}份" in told(pages / "issue.pdf")
    for other in SCOPES.values():
        answer = cli("drift", path, *other[0])
        assert (answer.status == 0) == (other[1:] == (period, villages, area)), other[0]
    proved = cli("evidence", path, *given, "--pdf", pages / "evidence.pdf", "--figures", "letters")
    assert proved.status == 0, proved.err
    assert f"1 个指标、{count // 107} 条记录" in proved.out
    township = open_township(path)
    add(township, "letter", {"village": 1, "date": date(2021, 6, 30), "copies": 5, "suggestions": 0})
    documents = [each for each in write.all_documents(township) if each.area == area]
    township.close()
    changed = cli("drift", path, *given)
    assert "1 个指标不一样，涉及 1 处改动" in changed.out
    assert "新增 白沙村 2021-06-30" in changed.out
    if scope == "year":
        all_of_them = [part for name in VILLAGES for part in ("--village", name)]
        assert cli("drift", path, "--year", "2021", *all_of_them).out == changed.out
    assert len({(each.period, each.villages) for each in documents}) == len(documents), "none was begun anew"


@pytest.mark.parametrize(
    "given",
    [
        ("--year", "2021", "--village", "没有村"),
        ("--year", "2021", "--village", "白沙村", "--village", ""),
        ("--year", "2021", "--area", "nowhere"),
        ("--from", "2021-06-30", "--to", "2021-01-01"),
        ("--from", "2021-06-30"),
        ("--year", "21"),
    ],
)
@pytest.mark.parametrize("command", ["report", "preflight", "issue", "drift", "evidence"])
def test_a_scope_that_is_none_is_told_and_leaves_nothing(
    cli: Cli, written: Path, tmp_path: Path, command: str, given: tuple[str, ...]
) -> None:
    pdf = tmp_path / "out.pdf"
    place = () if command in ("preflight", "drift") else ("--pdf", pdf)
    answer = cli(command, written, *given, *place)
    assert answer.status == 1
    assert answer.out == ""
    assert answer.err.strip().endswith("。")
    assert not pdf.exists()
