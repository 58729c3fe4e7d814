"""Photos are shrunk, files are kept as they are, and both belong to fields of records."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zlib
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from zhengui.catalogue.model import Condition, Measure
from zhengui.figures import period
from zhengui.storage.counting import measures
from zhengui.storage.file.database import Database
from zhengui.storage.problem import StorageProblem
from zhengui.storage.records import attachments, drafts, history
from zhengui.storage.records import record as records
from zhengui.values.file_name import file_name


def photo(width: int, height: int, kind: str = "JPEG", mode: str = "RGB", **more: object) -> bytes:
    written = io.BytesIO()
    colour = (200, 30, 30, 0)[: len(mode)] if mode != "L" else 99
    Image.new(mode, (width, height), colour).save(written, kind, **more)
    return written.getvalue()


def size_of(data: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(data)) as opened:
        return opened.size


def test_a_large_photo_is_shrunk() -> None:
    prepared = attachments.prepare("现场.PNG", photo(4000, 3000, "PNG"))
    assert (prepared.name, prepared.media_type) == ("现场.jpg", "image/jpeg")
    assert (prepared.width, prepared.height) == size_of(prepared.content) == (1600, 1200)
    assert prepared.thumbnail is not None
    assert size_of(prepared.thumbnail) == (160, 120)


def test_a_small_photo_keeps_its_size() -> None:
    assert size_of(attachments.prepare("a.jpg", photo(100, 50)).content) == (100, 50)


def test_a_photo_taken_sideways_is_turned_and_tells_no_place() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "相机"
    prepared = attachments.prepare("a.jpg", photo(200, 100, exif=exif))
    assert (prepared.width, prepared.height) == (100, 200)
    with Image.open(io.BytesIO(prepared.content)) as opened:
        assert not opened.getexif()


def test_what_is_clear_becomes_white() -> None:
    prepared = attachments.prepare("a.png", photo(10, 10, "PNG", "RGBA"))
    with Image.open(io.BytesIO(prepared.content)) as opened:
        assert opened.getpixel((5, 5)) == (255, 255, 255)


#: Openings of formats that would start a program, or take what memory they like, under the name of a photo.
HOSTILE = {
    "emf": bytes.fromhex("01000000580000000000000000000000640000006400000000000000000000006400000064000000")
    + b" EMF"
    + bytes(400),
    "dds": b"DDS " + bytes.fromhex("7c00000007100000ffff0000ffff0000") + bytes(500),
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 99 99\nshowpage\n",
    "tiff": photo(20, 20, "TIFF"),
    "ico": photo(20, 20, "ICO"),
    "cut": photo(900, 900)[:3000],
    "text": b"<html><b>photo</b></html>",
}


@pytest.mark.parametrize("kind", list(HOSTILE))
@pytest.mark.parametrize("ending", [".jpg", ".PNG", ".webp"])
def test_what_only_calls_itself_a_photo_is_refused_in_words(kind: str, ending: str) -> None:
    with pytest.raises(StorageProblem, match="不是能打开的图片"):
        attachments.prepare(f"现场{ending}", HOSTILE[kind])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP", "GIF", "WEBP"])
def test_a_photo_is_known_by_its_content(kind: str) -> None:
    prepared = attachments.prepare("现场.jpg", photo(60, 40, kind))
    assert (prepared.media_type, prepared.width) == ("image/jpeg", 60)


def test_a_picture_of_huge_dimensions_is_refused_before_it_is_decoded() -> None:
    small = bytearray(photo(10, 10, "PNG"))
    small[16:24] = struct.pack(">II", 60_000, 60_000)
    small[29:33] = struct.pack(">I", zlib.crc32(small[12:29]))
    tracemalloc.start()
    with pytest.raises(StorageProblem, match="像素超过 1 亿"):
        attachments.prepare("大.png", bytes(small))
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("..\\..\\x.exe", "x.exe"),
        ("../../etc/名单.pdf", "名单.pdf"),
        ("a\0b\r\nc.pdf", "ab c.pdf"),
        ("现场\u202egnp.exe", "现场gnp.exe"),
        ("通\ud800知\ufffe.pdf", "通知.pdf"),
        ("C:\\台账\\照片.jpg", "照片.jpg"),
        ('<b>"?*|.txt', "b.txt"),
        ("CON.txt", "_CON.txt"),
        ("nul", "_nul"),
        ("名字. . ", "名字"),
        ("", "附件"),
        ("///", "附件"),
        ("...", "附件"),
        # Linux takes 255 bytes, three for each character.
        ("字" * 300 + ".pdf", "字" * 79 + ".pdf"),
        ("x" * 300 + ".pdf", "x" * 117 + ".pdf"),
        ("😀" * 90, "😀" * 60),
    ],
)
def test_names_from_outside_are_cleaned(given: str, kept: str) -> None:
    assert file_name(given) == kept
    assert attachments.prepare(given if not given.endswith(".jpg") else "a.pdf", b"x").name != ""


def test_what_nothing_names_is_swept(database: Database) -> None:
    with database.writing() as conn:
        ids = [
            attachments.add(conn, database.tables, attachments.prepare(f"{n}.txt", b"%d" % n), "王明")
            for n in range(5)
        ]
        record = records.insert(conn, database.tables, "event", {"photo": (ids[0], ids[1])}, "王明")
        records.update(conn, database.tables, "event", record, {"photo": (ids[0],)}, "王明")
        drafts.keep(conn, database.tables, "event", None, {"photo": str(ids[2])}, "王明")
        day = timedelta(days=1)
        assert attachments.sweep(conn, database.tables, datetime.now() - day) == 0
        assert attachments.sweep(conn, database.tables, datetime.now() + day) == 2
        left = [each.id for each in attachments.about(conn, database.tables, ids)]
        assert left == ids[:3]
        assert attachments.content(conn, database.tables, ids[1]) == b"1"


def test_a_name_kept_by_an_older_program_comes_out_clean(database: Database) -> None:
    with database.writing() as conn:
        prepared = attachments.Prepared("..\\..\\x.exe", "application/octet-stream", b"x")
        number = attachments.add(conn, database.tables, prepared, "王明")
    with database.reading() as conn:
        assert attachments.about(conn, database.tables, [number])[0].name == "x.exe"


def test_another_file_stays_as_it_is() -> None:
    prepared = attachments.prepare("通知.pdf", b"%PDF-1.7 ...")
    assert (prepared.content, prepared.media_type, prepared.width) == (
        b"%PDF-1.7 ...",
        "application/pdf",
        None,
    )


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("空.pdf", b"", "空文件"),
        ("坏.jpg", b"not a photo", "不是能打开的图片"),
        ("IMG_0001.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC 照片.*另存为 JPG"),
        ("改过名.jpg", b"\0\0\0\x1cftypmif1\0\0\0\0mif1heic", "HEIC 照片"),
        ("大.zip", bytes(attachments.FILE_LIMIT + 1), "20兆"),
    ],
)
def test_what_cannot_be_kept_is_said(name: str, data: bytes, said: str) -> None:
    with pytest.raises(StorageProblem, match=said):
        attachments.prepare(name, data)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StorageProblem, match="读不出来"):
        attachments.prepare_file(tmp_path / "无.jpg")


@pytest.fixture
def kept(database: Database) -> Database:
    """Two attachments, 1 and 2."""
    with database.writing() as conn:
        for name, data in (("一.jpg", photo(300, 200)), ("二.pdf", b"%PDF")):
            attachments.add(conn, database.tables, attachments.prepare(name, data), "王明")
    return database


def test_kept_files_come_back(kept: Database) -> None:
    with kept.reading() as conn:
        second, first = attachments.about(conn, kept.tables, [2, 99, 1])
        assert (second.name, second.size, second.is_photo, second.thumbnail) == ("二.pdf", 4, False, None)
        assert (first.name, first.is_photo, first.added_by) == ("一.jpg", True, "王明")
        assert attachments.content(conn, kept.tables, 2) == b"%PDF"
        with pytest.raises(StorageProblem, match="不在文件中"):
            attachments.content(conn, kept.tables, 99)


def test_the_same_file_is_kept_once(kept: Database) -> None:
    with kept.writing() as conn:
        again = attachments.add(conn, kept.tables, attachments.prepare("二.pdf", b"%PDF"), "李芳")
        other = attachments.add(conn, kept.tables, attachments.prepare("三.pdf", b"%PDF"), "李芳")
    assert (again, other) == (2, 3)


def test_a_record_has_its_attachments_in_order_and_in_its_history(kept: Database) -> None:
    tables = kept.tables
    with kept.writing() as conn:
        record = records.insert(conn, tables, "event", {"photo": (2, 1)}, "王明")
        assert records.fetch_one(conn, tables, "event", record).values["photo"] == (2, 1)
        records.update(conn, tables, "event", record, {"photo": (2, 1)}, "王明")
        records.update(conn, tables, "event", record, {"photo": (1,)}, "王明")
        records.update(conn, tables, "event", record, {"photo": None}, "王明")
        assert records.fetch_one(conn, tables, "event", record).values["photo"] is None
        found = history.of_record(conn, tables, tables.catalogue.ledgers["event"], record)
    assert [change.changes["photo"] for change in found] == [((1,), None), ((2, 1), (1,)), (None, (2, 1))]


def test_a_figure_can_ask_for_evidence(kept: Database) -> None:
    with kept.writing() as conn:
        for files in ((1,), None, (2,)):
            records.insert(conn, kept.tables, "event", {"held_on": date(2021, 1, 1), "photo": files}, "王明")
    asked = {op: Measure("count", "event", where=(Condition("photo", op),)) for op in ("filled", "empty")}
    with kept.reading() as conn:
        found = measures.evaluate(conn, kept.tables, asked, measures.Scope(period.year(2021)), {})
    assert (found["filled"].value, found["empty"].value) == (2, 1)
