"""`check`: every number of a text or Word file held against the ledgers."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from docx import Document

from tests.command.conftest import Cli

RIGHT = "全年发放公开信1200余份。依据镇发〔2021〕3号文件，3月5日召开会议。投入资金38万元。"
WRONG = "全年发放公开信1300余份，安装路灯26盏。"
PLAN = "二、2022年工作计划\n发放公开信5000份。"


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "文稿.txt"
    path.write_text(text, encoding)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_that_agrees(cli: Cli, office: Path, tmp_path: Path, encoding: str) -> None:
    answer = cli("check", office, written(tmp_path, RIGHT + "\n" + PLAN, encoding), "--year", 2021)
    assert (answer.status, answer.err) == (0, "")
    assert "第 1 段  一致  1200余份（发放公开信，台账为1200余份）：全年发放公开信1200" in answer.out
    assert "第 1 段  没有出处  38万元：投入资金38万元" in answer.out
    assert "共 3 个数：一致 1 个，不一致 0 个，没有出处 2 个。" in answer.out


def test_a_number_that_contradicts_ends_with_one(cli: Cli, office: Path, tmp_path: Path) -> None:
    answer = cli("check", office, written(tmp_path, WRONG), "--year", 2021, "--json")
    assert (answer.status, answer.err) == (1, "")
    first, second = json.loads(answer.out)
    assert first == {
        "line": 1,
        "text": "1300余份",
        "clause": "全年发放公开信1300余份",
        "verdict": "contradicts",
        "indicator": "letters",
        "title": "发放公开信",
        "value": "1287",
        "display": "1200余份",
        "scope": None,
    }
    assert (second["text"], second["verdict"], second["indicator"]) == ("26盏", "no_source", None)


def test_a_word_file_with_a_table(cli: Cli, office: Path, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("一、2021年工作总结")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "发放公开信", "1387份"
    document.add_paragraph("发放公开信1287份。")
    path = tmp_path / "文稿.docx"
    document.save(str(path))
    answer = cli("check", office, path, "--year", 2021)
    assert answer.status == 1
    assert "第 3 段  一致  1287份" in answer.out


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "旧的 .doc 格式"),
        ("坏.docx", b"PK\x03\x04" + bytes(100), "已损坏"),
        ("图.png", b"\x89PNG\xff\xff\xff\x00", "不是文本"),
    ],
)
def test_what_is_no_text_is_told(
    cli: Cli, office: Path, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    answer = cli("check", office, path, "--year", 2021)
    assert answer.status == 1
    assert told in answer.err
    assert answer.out == ""


def test_a_word_file_that_unpacks_to_a_giant_harms_nothing(cli: Cli, office: Path, tmp_path: Path) -> None:
    good, path = tmp_path / "好.docx", tmp_path / "炸弹.docx"
    Document().save(str(good))
    block = bytes(10_000_000)
    with (
        zipfile.ZipFile(good) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            with new.open(name, "w", force_zip64=True) as part:
                for piece in [block] * 80 if name == "word/document.xml" else [old.read(name)]:
                    part.write(piece)
    assert path.stat().st_size < 20_000_000
    answer = cli("check", office, path, "--year", 2021)
    assert answer.status == 1
    assert "展开后太大" in answer.err


def test_a_file_that_is_not_there(cli: Cli, office: Path, tmp_path: Path) -> None:
    answer = cli("check", office, tmp_path / "没有.txt", "--year", 2021)
    assert answer.status == 1
    assert "打不开" in answer.err
