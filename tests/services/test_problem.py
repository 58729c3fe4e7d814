"""A sentence on the screen is the program's own, whatever language the system or a library speaks."""

from __future__ import annotations

import ast
import errno
from pathlib import Path

import pytest

import zhengui
from zhengui.services.problem import ExchangeProblem, StorageProblem, own_sentence
from zhengui.whole_file import write_whole

PACKAGE = Path(zhengui.__file__).parent


@pytest.mark.parametrize(
    "problem",
    [
        StorageProblem("磁盘满了，请腾出空间。"),
        ExchangeProblem("这个文件不是电子表格。请选择 .xlsx 文件。"),
        ValueError("结束日期不能早于开始日期。"),
        ValueError("“10月1日至7日”的结束早于开始，请核对。"),
        ValueError("5月4日既写了放假又写了上班，请核对。"),
    ],
)
def test_our_own_sentences_are_shown_as_they_are(problem: Exception) -> None:
    assert own_sentence(problem) == str(problem)


@pytest.mark.parametrize(
    "problem",
    [
        KeyError("云岭镇"),
        RuntimeError("窗口没有画出来。"),
        ValueError("invalid literal for int() with base 10: '一千'"),
        ValueError("time data '二〇二一年。' does not match format '%Y'"),
        UnicodeEncodeError("cp1252", "云岭镇", 0, 3, "character maps to <undefined>"),
        ZeroDivisionError("division by zero"),
    ],
)
def test_chinese_in_an_error_s_text_makes_it_no_sentence(problem: Exception) -> None:
    assert own_sentence(problem) is None


def windows_error(kind: type[OSError], number: int, text: str) -> OSError:
    return kind(number, text, "D:\\文稿\\总结.pdf.part", None, "D:\\文稿\\总结.pdf")


@pytest.mark.parametrize(
    ("problem", "wanted"),
    [
        (windows_error(PermissionError, errno.EACCES, "拒绝访问。"), "可能正被别的程序打开"),
        (windows_error(OSError, errno.ENOSPC, "磁盘空间不足。"), "磁盘空间不够"),
        (windows_error(FileNotFoundError, errno.ENOENT, "系统找不到指定的路径。"), "没有找到"),
        (windows_error(OSError, errno.EIO, "由于 I/O 设备错误，无法运行此项请求。"), "没有读写成功"),
    ],
)
def test_what_the_system_says_of_a_file_is_said_anew(problem: OSError, wanted: str) -> None:
    told = own_sentence(problem)
    assert told is not None
    assert wanted in told
    assert "总结.pdf" in told
    assert ".part" not in told
    assert "Errno" not in told
    assert str(problem.strerror) not in told


class WindowsError(FileNotFoundError):
    """What Windows raises, with its own number."""

    def __init__(self, name: str, number: int) -> None:
        super().__init__(errno.ENOENT, "系统找不到指定的路径。", name)
        self.winerror = number


@pytest.mark.parametrize("number", [3, 206])
def test_a_path_that_windows_finds_too_long_is_not_said_to_be_missing(number: int) -> None:
    deep = "D:\\" + "年度总结归档\\" * 40 + "总结.pdf"
    told = own_sentence(WindowsError(deep, number))
    assert told is not None
    assert f"一共 {len(deep)} 个字" in told
    assert told.startswith("“总结.pdf”")
    short = own_sentence(WindowsError("D:\\文稿\\总结.pdf", number))
    assert short is not None
    assert "没有找到" in short


@pytest.mark.parametrize("ending", [".part", ".restoring"])
def test_a_disk_that_cannot_be_written_to_is_told_of_the_file_itself(ending: str) -> None:
    told = own_sentence(OSError(errno.EROFS, "Read-only file system", f"/media/光盘/云岭镇.zgdb{ending}"))
    assert told == "“/media/光盘/云岭镇.zgdb”所在的磁盘不能写入。请换一个文件夹。"


def test_saving_over_a_file_that_is_open_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "总结.pdf"
    target.write_bytes(b"old")

    def held(source: Path, place: Path) -> None:
        raise PermissionError(errno.EACCES, "拒绝访问。", str(source), None, str(place))

    monkeypatch.setattr("os.replace", held)
    with pytest.raises(PermissionError) as caught:
        write_whole(target, b"new")
    assert own_sentence(caught.value) == (
        f"“{target}”不能读写。它可能正被别的程序打开，或没有权限，请关闭后再试，或换一个文件夹。"
    )
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target], "nothing half written stays behind"


def test_every_problem_of_the_program_has_one_root() -> None:
    """A class of errors that no sentence is made of would reach people as a fault of the program."""
    apart = {"Problem", "Cancelled"}
    found = [
        (path.name, node.name)
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and node.name not in apart
        if any(ast.unparse(base) in ("Exception", "ValueError", "RuntimeError") for base in node.bases)
        if not any(ast.unparse(base) == "Problem" for base in node.bases)
    ]
    # These never reach a person: they turn a way of doing into another, or are made a sentence where a file is opened.
    never = {"NotOurs", "FaceRefused", "NoVault", "SlotRefused", "NoPhoto", "OddTable"}
    assert {name for _file, name in found} == never
