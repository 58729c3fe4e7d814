from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from reportlab.pdfbase.ttfonts import TTFontFace

from tests.reports.gb9704.documents import HANZI, RARE, SHIPPED, full_document, pdf
from zhengui.paths import resource
from zhengui.reports.document import Attachment, Cell, Document, Paragraph, Run, Table
from zhengui.reports.gb9704 import check_characters
from zhengui.reports.gb9704.embedding import to_unicode
from zhengui.reports.gb9704.faces import clean, faces
from zhengui.reports.gb9704.installed import face_names, installed_faces
from zhengui.reports.gb9704.items import FaceRole
from zhengui.reports.gb9704.quick_face import QuickFace

SYMBOLS = "〇㎡㎥㎞№①⑩Ⅰ％℃□☑☐✓—…“”‘’·〔〕【】《》★‰²³⁵₂⁻₋−𠮷"
FONTS = resource("fonts")
NOWHERE = "\U0001f600"


def short(text: str, **changes: object) -> Document:
    return full_document(0, blocks=(Paragraph((Run(text),)),), attachments=(), imprint=None, **changes)


def read_out(data: bytes) -> str:
    with pdfplumber.open(BytesIO(data)) as document:
        return "".join(char["text"] for page in document.pages for char in page.chars)


@pytest.mark.parametrize("role", FaceRole)
def test_every_role_has_gb2312_rare_names_and_the_symbols_of_offices(role):
    lacking = [char for char in HANZI + RARE + SYMBOLS if faces().find(role, char) is None]
    assert lacking == []


def test_rare_characters_copy_out_of_the_page_as_themselves():
    text = f"村民{RARE}签字，面积12㎡，已办☑。"
    assert text in read_out(pdf(short(text)))


def test_the_map_back_to_text_writes_surrogate_pairs():
    assert "<0002> <D872DF5A>" in to_unicode(["一", "𬭚"])


def test_characters_that_share_a_glyph_are_told_apart_in_the_text():
    glyphs = faces().first(FaceRole.FANG).glyphs
    assert glyphs[ord("·")] == glyphs[ord("•")]
    assert "甲·乙•丙" in read_out(pdf(short("甲·乙•丙")))


def test_a_character_no_face_has_is_reported_with_its_place():
    document = full_document(
        1,
        title=("关于", NOWHERE, "的报告"),
        attachments=(Attachment("表", (Table(("列",), ((Cell(f"甲{NOWHERE}"),),), (1.0,)),)),),
    )
    found = check_characters(document, system_faces=False)
    assert [(one.character, one.place) for one in found] == [
        (NOWHERE, "标题"),
        (NOWHERE, "附件1的表格第1行第1列"),
    ]
    assert found[0].around == f"关于{NOWHERE}的报告"
    assert check_characters(full_document(1), system_faces=False) == []


def test_what_no_face_has_prints_a_mark_and_still_copies_out():
    assert f"甲{NOWHERE}乙" in read_out(pdf(short(f"甲{NOWHERE}乙")))


def test_characters_without_a_shape_are_left_out():
    assert clean("甲\u200b乙\ufe0f\t丙\u00a0丁\n") == "甲乙 丙 丁 "


def test_raised_and_lowered_digits_are_as_narrow_as_their_glyphs_and_copy_out():
    measure = faces().measure(16.0, 15.79)
    assert all(measure[char] < 9 for char in "²³⁵₂⁰")
    assert "面积12m²，二氧化碳CO₂，10⁵个" in read_out(pdf(short("面积12m²，二氧化碳CO₂，10⁵个")))


def test_a_minus_is_set_and_copied_with_its_number():
    text = "增速为−5.2%，浓度10⁻³克。"
    assert text in read_out(pdf(short(text)))
    assert faces().find(FaceRole.FANG, "−") is faces().find(FaceRole.FANG, "5")


def test_letters_and_their_accents_become_one_character():
    assert clean("Cafe\u0301、lu\u0308") == "Café、lü"
    assert check_characters(short("Cafe\u0301"), system_faces=False) == []


def test_every_shipped_face_may_be_embedded_and_has_a_licence():
    fonts = resource("fonts")
    for path in sorted(fonts.glob("*.ttf")):
        assert face_names(path), path.name
    readme = (fonts / "README.md").read_text("utf-8")
    for path in sorted(fonts.glob("*.ttf")):
        row = next(line for line in readme.splitlines() if line.startswith(f"| {path.name}"))
        assert any(licence.name in row for licence in fonts.glob("*.txt")), row


def named_copy(path, name: str, rights: int = 0) -> None:
    """A copy of a shipped face under another family name and with other embedding rights."""
    data = bytearray(resource("fonts/folio.ttf").read_bytes())
    count = struct.unpack(">H", data[4:6])[0]
    tables = {
        bytes(data[12 + 16 * n : 16 + 16 * n]): struct.unpack(">LL", data[20 + 16 * n : 28 + 16 * n])
        for n in range(count)
    }
    place = tables[b"OS/2"][0]
    data[place + 8 : place + 10] = struct.pack(">H", rights)
    encoded = name.encode("utf-16-be")
    table = struct.pack(">HHH", 0, 1, 18) + struct.pack(">6H", 3, 1, 0x409, 1, len(encoded), 0) + encoded
    start, length = tables[b"name"]
    assert len(table) <= length
    data[start : start + len(table)] = table
    path.write_bytes(bytes(data))


def test_installed_faces_are_found_by_name_unless_their_rights_forbid_it(tmp_path):
    named_copy(tmp_path / "a.ttf", "仿宋_GB2312")
    named_copy(tmp_path / "b.ttf", "黑体", rights=0x2)
    named_copy(tmp_path / "c.ttf", "楷体", rights=0x100)
    (tmp_path / "d.ttf").write_bytes(b"\0\1\0\0broken")
    assert installed_faces((tmp_path, tmp_path / "none")) == {FaceRole.FANG: (tmp_path / "a.ttf", 0)}


def test_only_the_settings_decide_whether_system_faces_are_used():
    assert SHIPPED.system_faces is False
    assert faces(False).first(FaceRole.FANG).key == "fang.ttf#0"


def known(of: TTFontFace) -> dict[str, object]:
    """What is asked of a face."""
    asked = "name bbox ascent descent capHeight stemV italicAngle unitsPerEm numGlyphs defaultWidth"
    tables = {
        "glyphs": of.charToGlyph,
        "widths": of.charWidths,
        "metrics": list(of.hmetrics),
        "at": of.glyphPos,
    }
    return {key: getattr(of, key) for key in asked.split()} | tables


@pytest.mark.parametrize("path", sorted(FONTS.glob("*.ttf")), ids=lambda path: path.stem)
def test_a_face_that_is_read_as_wholes_knows_what_reportlab_knows(path):
    assert known(QuickFace(str(path))) == known(TTFontFace(str(path)))


def test_a_face_with_listed_glyphs_and_one_with_an_odd_table_are_read_like_reportlab_does():
    path = FONTS / "folio.ttf"
    listed = with_listed_glyphs(path)
    assert known(QuickFace(BytesIO(listed))) == known(TTFontFace(BytesIO(listed)))
    odd = with_listed_glyphs(path, length=20)  # the table says it ends before its glyphs do
    assert known(QuickFace(BytesIO(odd))) == known(TTFontFace(BytesIO(odd)))


def with_listed_glyphs(path: Path, length: int = 0) -> bytes:
    """The face with a table of characters that lists the glyphs of a to c, and counts d on from a."""
    head = struct.pack(">7H", 4, length or 46, 0, 6, 4, 1, 2)
    segments = struct.pack(">3HH3H3H3H", 0x63, 0x64, 0xFFFF, 0, 0x61, 0x64, 0xFFFF, 0, 0xFFA0, 1, 6, 0, 0)
    table = head + segments + struct.pack(">3H", 3, 0, 5)
    cmap = struct.pack(">HHHHL", 0, 1, 3, 1, 12) + table
    at, size = TTFontFace(str(path)).get_table_pos("cmap")
    data = path.read_bytes()
    assert len(cmap) <= size
    return data[:at] + cmap + data[at + len(cmap) :]
