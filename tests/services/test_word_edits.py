"""What was edited in Word comes back: exactly those edits, figures bound where their text stands, nothing lost."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.services.drafts import new_document
from tests.services.test_edit_document import printed
from zhengui import cli
from zhengui.catalogue.wording import chips
from zhengui.figures.edited_wording import carry_over, segments
from zhengui.figures.period import year
from zhengui.reports.word.read import NotAWordFile, read_paragraphs
from zhengui.services.document import edit_document as write
from zhengui.services.document.compose_document import compose_document, lay_out_document
from zhengui.services.document.word_edits import WordChange, changes_from_word, take_all_over, take_over
from zhengui.services.issue.preflight import preflight
from zhengui.services.paper.publish_word import word_of
from zhengui.services.township.township import Township, open_township
from zhengui.storage.problem import StorageProblem

#: A number that is not in the first words of its line.
_NUMBER = re.compile(r"(?<=.{6})(?<!\d)\d+")
BODY, HEADINGS = "Body Text", ("Heading 1", "Heading 2", "Heading 3", "Heading 4")


@pytest.fixture
def document(written: Township) -> int:
    return new_document(written, year(2021))


class Edited:
    """The Word file of a document, opened by another library to be edited."""

    def __init__(self, township: Township, document: int) -> None:
        self.file = docx.Document(BytesIO(word_of(lay_out_document(township, document))))

    @property
    def body(self) -> list[Any]:
        return [one for one in self.file.paragraphs if one.style.name == BODY and one.text]

    def find(self, words: str) -> Any:
        return next(one for one in self.file.paragraphs if words in one.text)

    def replace(self, words: str, other: str) -> None:
        line = self.find(words)
        put(line, line.text.replace(words, other))

    def data(self) -> bytes:
        buffer = BytesIO()
        self.file.save(buffer)
        return buffer.getvalue()


def put(line: Any, text: str) -> None:
    """Give a paragraph another text in its first run, as an editor that joins runs would."""
    for run in line.runs[1:]:
        run._r.getparent().remove(run._r)
    line.runs[0].text = text


def written_anew(data: bytes, folder: Path) -> bytes:
    """A Word file as LibreOffice writes it, through its own format and back, so that every paragraph is written anew."""
    path, out = folder / "改.docx", folder / "out"
    path.write_bytes(data)
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    for source, kind in ((path, "odt"), (out / "改.odt", "docx")):
        command = ["soffice", home, "--headless", "--convert-to", kind, "--outdir", str(out), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
    return (out / "改.docx").read_bytes()


def says(township: Township, document: int) -> list[str]:
    """The printed lines without the numbers in front, which are counted anew."""
    return [bare(line) for line in printed(township, document).split("\n")]


def bare(line: str) -> str:
    return re.sub(
        r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d{1,2}[.．](?!\d))",
        "",
        re.sub(r"\s", "", line),
    )


def file_says(data: bytes) -> list[str]:
    return [bare(one.text) for one in read_paragraphs(data) if one.kind in ("title", "heading", "body")]


def bound(township: Township, document: int) -> list[str]:
    found = [chip.text for part in write.open_document(township, document).parts for chip in chips(part.text)]
    return sorted(found)


def test_an_untouched_file_brings_nothing(written: Township, document: int) -> None:
    assert changes_from_word(written, document, Edited(written, document).data()) == []


def test_words_come_back_and_every_figure_stays_bound(written: Township, document: int) -> None:
    before = bound(written, document)
    edited = Edited(written, document)
    edited.replace("连同往年结转", "连同往年结转、逐一建立清单的")
    [change] = changes_from_word(written, document, edited.data())
    assert (change.kind, change.lost) == ("changed", ())
    assert "消除安全隐患数" in change.kept or change.kept
    take_over(written, document, change, {})
    assert says(written, document) == file_says(edited.data())
    assert bound(written, document) == before


def test_a_changed_number_is_typed_by_hand_from_then_on(written: Township, document: int) -> None:
    figure = compose_document(written, document).figures["hazards_removed"].display
    edited = Edited(written, document)
    digits = re.search(r"\d+", figure)[0]  # type: ignore[index]
    edited.replace(f"消除安全隐患{figure}", f"消除安全隐患{figure.replace(digits, digits + '7')}")
    [change] = changes_from_word(written, document, edited.data())
    assert change.lost == (written.catalogue.indicators["hazards_removed"].title,)
    take_over(written, document, change, {})
    assert "{hazards_removed}" not in bound(written, document)
    assert says(written, document) == file_says(edited.data())
    told = [finding.kind for finding in preflight(written, document)]
    assert "contradiction" in told or "typed_number" in told


def test_each_is_taken_alone_and_taken_back(written: Township, document: int) -> None:
    start = says(written, document)
    edited = Edited(written, document)
    edited.replace("取缔非法液化气点", "依法取缔非法液化气点")
    edited.replace("连同往年结转", "连同以前年度结转")
    last = edited.body[-1]
    added = deepcopy(last._p)
    last._p.addprevious(added)
    put(next(one for one in edited.body if one._p is added), "这一段是领导在稿子上添的话。")
    changes = changes_from_word(written, document, edited.data())
    assert [change.kind for change in changes] == ["changed", "added"]
    edit = take_over(written, document, changes[1], {})
    assert "这一段是领导在稿子上添的话。" in says(written, document)
    assert len(changes_from_word(written, document, edited.data())) == 1
    write.take_back(written, edit)
    assert says(written, document) == start


def test_paragraphs_are_added_in_order_removed_and_moved(written: Township, document: int) -> None:
    edited = Edited(written, document)
    body = edited.body
    gone = body[3].text
    body[3]._p.getparent().remove(body[3]._p)
    mover, target = body[6]._p, body[9]._p
    moved = body[6].text
    target.addnext(mover)
    for words in ("添第三句。", "添第二句。", "添第一句。"):
        new = deepcopy(body[10]._p)
        body[10]._p.addnext(new)
        put(next(one for one in edited.body if one._p is new), words)
    changes = changes_from_word(written, document, edited.data())
    kinds = sorted(change.kind for change in changes)
    assert kinds == ["added", "added", "added", "moved", "removed"]
    assert next(change.before for change in changes if change.kind == "removed") == gone
    assert next(change.before for change in changes if change.kind == "moved") == moved
    take_all_over(written, document, changes)
    assert says(written, document) == file_says(edited.data())


def test_title_addressee_date_and_office(written: Township, document: int) -> None:
    write.set_head(written, document, addressee="县人民政府")
    edited = Edited(written, document)
    edited.replace("工作总结及", "全年工作总结及")
    edited.replace("县人民政府：", "县委、县人民政府：")
    date = next(one for one in edited.file.paragraphs if one.style.name == "成文日期")
    put(date, "2022年1月5日")
    office = next(one for one in edited.file.paragraphs if one.style.name == "发文机关署名")
    put(office, "别的机关")
    changes = changes_from_word(written, document, edited.data())
    assert [change.kind for change in changes] == ["head"] * 4
    assert [bool(change.hindrance) for change in changes] == [False, False, False, True]
    take_all_over(written, document, changes)
    made = compose_document(written, document).document
    assert "全年工作总结及" in made.title_text
    assert (made.addressee, made.date) == ("县委、县人民政府", "2022年1月5日")
    assert "{year}" in write.open_document(written, document).document.title
    with pytest.raises(StorageProblem, match="系统"):
        take_over(written, document, changes[3], {})


def random_edits(edited: Edited, chance: random.Random, count: int) -> None:
    """So many edits as leaders make them: words, numbers, sentences, paragraphs in and out."""
    lines = [one for one in edited.body if len(one.text) > 30]
    numbered = [one for one in lines if _NUMBER.search(one.text)]
    chance.shuffle(lines)
    chance.shuffle(numbered)
    changed = {id(one._p) for one in numbered[: count // 6]}
    others = [one for one in lines if id(one._p) not in changed]
    assert len(changed) == count // 6
    assert len(others) >= count - count // 6
    for line in numbered[: count // 6]:
        put(line, _NUMBER.sub(lambda found: str(int(found[0]) + 11), line.text, count=1))
    for number, line in enumerate(others[: count - count // 6]):
        text, kind = line.text, number % 5
        middle = text.index("，") if "，" in text else len(text) // 2
        if kind == 0:
            put(line, f"{text[:middle]}，切实加强组织领导{text[middle:]}")
        elif kind == 1:
            put(line, text.rstrip("。") + "。同时抓好宣传引导。")
        elif kind == 2:
            new = deepcopy(line._p)
            line._p.addnext(new)
            put(
                next(one for one in edited.body if one._p is new), f"第{number}处是新添的一段，内容另行报告。"
            )
        elif kind == 3:
            line._p.getparent().remove(line._p)
        else:
            put(line, f"{text[: middle - 2]}{text[middle:]}")


def exactly(township: Township, document: int, data: bytes, wanted: list[str]) -> None:
    """A file with thirty edits brings back those thirty, and taken over they make its text."""
    changes = changes_from_word(township, document, data)
    assert len(changes) == 30
    assert [change for change in changes if change.hindrance] == []
    take_all_over(township, document, changes)
    assert says(township, document) == wanted
    assert changes_from_word(township, document, data) == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_thirty_edits_come_back_exactly(written: Township, document: int, seed: int) -> None:
    edited = Edited(written, document)
    random_edits(edited, random.Random(seed), 30)
    exactly(written, document, edited.data(), file_says(edited.data()))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this computer")
def test_thirty_edits_come_back_from_another_program(
    written: Township, document: int, tmp_path: Path
) -> None:
    edited = Edited(written, document)
    random_edits(edited, random.Random(4), 30)
    exactly(written, document, written_anew(edited.data(), tmp_path), file_says(edited.data()))


def test_tracked_changes_are_read_as_accepted(written: Township, document: int) -> None:
    edited = Edited(written, document)
    line = edited.find("取缔非法液化气点")
    text = line.text
    put(line, text)
    removed = deepcopy(line.runs[0]._r)
    removed.t_lst[0].text = "已删去的话"
    gone = docx.oxml.OxmlElement("w:del")
    gone.append(removed)
    put_in = docx.oxml.OxmlElement("w:ins")
    new = deepcopy(line.runs[0]._r)
    new.t_lst[0].text = "修订时插入的话。"
    put_in.append(new)
    line._p.append(gone)
    line._p.append(put_in)
    [change] = changes_from_word(written, document, edited.data())
    assert change.after.endswith("修订时插入的话。")
    assert "已删去" not in change.after


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no archive", b"%PDF-1.7"])
def test_what_is_no_word_file_is_told_so(written: Township, document: int, data: bytes) -> None:
    with pytest.raises(NotAWordFile):
        read_paragraphs(data)
    with pytest.raises(StorageProblem, match="docx"):
        changes_from_word(written, document, data)


def test_a_number_that_grew_is_another_number() -> None:
    found = segments("共{a}人、{b}户。", lambda chip: {"a": "1234", "b": "12"}[chip.key])
    same = carry_over(found, "全年共1234人、12户。")
    assert same.texts["text"] == "全年共{a}人、{b}户。"
    grown = carry_over(found, "共12345人、12户。")
    assert grown.texts["text"] == "共12345人、{b}户。"
    assert [chip.key for chip in grown.lost] == ["a"]


def test_the_change_shows_both_sides() -> None:
    change = WordChange(1, "changed", "排查隐患", "排查整改隐患")
    assert [(span.op, span.text) for span in change.spans] == [
        ("same", "排查"),
        ("added", "整改"),
        ("same", "隐患"),
    ]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this computer")
def test_a_file_edited_in_another_program_comes_back(
    written: Township, document: int, tmp_path: Path
) -> None:
    edited = Edited(written, document)
    edited.replace("连同往年结转", "连同往年结转、逐一建立清单的")
    [change] = changes_from_word(written, document, written_anew(edited.data(), tmp_path))
    assert change.after == edited.find("逐一建立清单").text
    assert change.lost == ()


def test_the_command_lists_the_changes_and_takes_them(
    written: Township, document: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited = Edited(written, document)
    edited.replace("连同往年结转", "连同往年结转、逐一建立清单的")
    path = tmp_path / "改.docx"
    path.write_bytes(edited.data())
    command = ["read-word", str(written.path), "--year", "2021", str(path)]
    assert cli.run(command) == 0
    assert "共 1 处" in capsys.readouterr().out
    assert "逐一建立清单" not in printed(written, document)
    written.close()  # one writer for a file
    assert cli.run([*command, "--take"]) == 0
    assert "采用了 1 处" in capsys.readouterr().out
    again = open_township(written.path)
    assert "逐一建立清单" in printed(again, document)
    again.close()
    assert cli.run([*command[:-1], str(tmp_path / "没有.docx")]) == 1
    assert "打不开" in capsys.readouterr().err
