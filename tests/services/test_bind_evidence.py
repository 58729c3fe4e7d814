"""The book shows for each figure what it is, its records and photos; as issued, masked unless allowed, at any size."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from PIL import Image

from tests.services.test_issue_document import issued, short_document
from tests.services.written_office import add
from zhengui.figures.period import year
from zhengui.services.entry import attach
from zhengui.services.entry.record import delete, save
from zhengui.services.issue.bind_evidence import bind_document, bind_figures, bind_issue
from zhengui.services.issue.evidence_rows import mask_name
from zhengui.services.township.township import Township
from zhengui.storage.problem import StorageProblem
from zhengui.work import Cancelled


def text_of(path: Path) -> str:
    with pdfplumber.open(path) as pdf:
        return "".join((page.extract_text() or "").replace("\n", "").replace(" ", "") for page in pdf.pages)


def test_a_book_has_cover_contents_and_a_chapter_for_each_figure(written: Township, tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    bound = bind_document(written, short_document(written), path)
    text = text_of(path)
    assert "佐证材料" in text
    assert "目录" in text.replace("　", "")
    assert len(bound.first_pages) == 7
    with pdfplumber.open(path) as pdf:
        assert len(pdf.pages) == bound.pages
        for key, page in bound.first_pages.items():
            title = written.catalogue.indicators[key].title
            assert title in (pdf.pages[page - 1].extract_text() or "").replace("\n", "").replace(" ", "")
    assert "个人信息已作遮盖处理" in text
    assert bound.records == 18 * 2 + 30, "letters, inspections, and the hazards of both years"


def test_an_issue_s_book_shows_the_records_as_they_were(written: Township, tmp_path: Path) -> None:
    number = issued(written)
    before = bind_issue(written, number, tmp_path / "before.pdf", ["letters"])
    save(written, "letter", {"copies": 9999}, 13)
    delete(written, "letter", [14])
    after = bind_issue(written, number, tmp_path / "after.pdf", ["letters"])
    assert before == after
    assert text_of(tmp_path / "before.pdf") == text_of(tmp_path / "after.pdf")
    live = bind_figures(written, ["letters"], year(2021), tmp_path / "live.pdf")
    assert live.records == before.records - 1
    assert "9,999" in text_of(tmp_path / "live.pdf")


def test_a_share_marks_the_part_that_counts(written: Township, tmp_path: Path) -> None:
    bound = bind_figures(written, ["hazard_rate"], year(2021), tmp_path / "share.pdf")
    text = text_of(tmp_path / "share.pdf")
    assert bound.records == 30
    assert "隐患记录30条，其中计入20条" in text


def test_names_and_numbers_are_masked_unless_allowed(written: Township, tmp_path: Path) -> None:
    petition = {
        "received_on": date(2021, 5, 4),
        "village": 1,
        "level": "镇级",
        "petitioner": "欧阳明",
        "matter": "修路",
    }
    add(written, "petition", petition)
    bind_figures(written, ["petitions_received"], year(2021), tmp_path / "masked.pdf")
    bind_figures(written, ["petitions_received"], year(2021), tmp_path / "open.pdf", masked=False)
    assert "欧阳明" not in text_of(tmp_path / "masked.pdf")
    assert "欧阳明" in text_of(tmp_path / "open.pdf")
    assert mask_name("张三丰 白沙村") == "张** 白沙村"


def photo(colour: str) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (320, 240), colour).save(buffer, "JPEG")
    return buffer.getvalue()


def test_photos_are_bound_and_the_rest_is_counted(written: Township, tmp_path: Path) -> None:
    files = [attach.add(written, f"{colour}.jpg", photo(colour)) for colour in ("red", "green", "blue")]
    save(
        written,
        "hazard",
        {
            "found_on": date(2021, 2, 1),
            "village": 1,
            "field": "校园",
            "grade": "一般",
            "place": "操场",
            "detail": "积水",
            "photo": tuple(files),
        },
    )
    bound = bind_figures(written, ["hazards_found"], year(2021), tmp_path / "b.pdf", most_photos=2)
    assert bound.photos == 2
    assert "另有附件1份" in text_of(tmp_path / "b.pdf")
    with pdfplumber.open(tmp_path / "b.pdf") as pdf:
        assert sum(len(page.images) for page in pdf.pages) == 2


def stop(_done: int, _whole: int, _what: str = "", /) -> None:
    raise Cancelled


def test_stopping_leaves_no_file(written: Township, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        bind_figures(written, ["letters"], year(2021), tmp_path / "b.pdf", progress=stop)
    with pytest.raises(StorageProblem, match="没有选中"):
        bind_figures(written, [], year(2021), tmp_path / "b.pdf")
    assert not list(tmp_path.glob("*.pdf*"))


def test_ten_thousand_records_in_one_book(written: Township, tmp_path: Path) -> None:
    rows = [
        {
            "village": n % 3 + 1,
            "date": date(2021, n % 12 + 1, n % 28 + 1),
            "copies": n % 90,
            "suggestions": n % 4,
        }
        for n in range(10_000)
    ]
    add(written, "letter", *rows)
    told: list[int] = []
    bound = bind_figures(
        written,
        ["letters"],
        year(2021),
        tmp_path / "big.pdf",
        progress=lambda done, whole, what="", /: told.append(done),
    )
    assert bound.records == 10_018
    assert bound.pages > 200
    assert len(told) > 100
