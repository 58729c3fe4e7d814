"""What the starters do before there is a window or a command: which of both, under which name, with no output at all."""

from __future__ import annotations

import argparse
import builtins
import sys
from multiprocessing import spawn
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from zhengui import app, cli, paths


@pytest.mark.parametrize("name", ["云岭镇.zgdb", "云岭镇.ZGDB", "备份.Zgdb"])
def test_a_data_file_opens_the_window_whatever_its_capitals(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path | None] = []
    monkeypatch.setattr(app, "open_window", lambda path: opened.append(path) or 0)
    assert app.main([name]) == 0
    assert opened == [Path(name)]


def test_a_starter_without_output_runs_a_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert app.main(["catalogue"]) == 0
    assert app.main(["figures", str(tmp_path / "missing.zgdb"), "--year", "2021"]) == 1


def frozen(monkeypatch: pytest.MonkeyPatch, platform: str, starter: str) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(sys, "executable", starter)


def test_help_names_the_program_that_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli.parser().prog == "main.py"
    frozen(monkeypatch, "win32", "/programs/zhengui.exe")
    assert cli.parser().prog == "zhengui-cli.exe"
    frozen(monkeypatch, "linux", "/opt/zhengui/zhengui")
    assert cli.parser().prog == "zhengui"


def test_the_window_is_opened_by_the_window_s_starter(monkeypatch: pytest.MonkeyPatch) -> None:
    assert paths.window_starter()[-1] == "main.py"
    frozen(monkeypatch, "win32", "/programs/zhengui-cli.exe")
    assert Path(paths.window_starter()[0]).name == "zhengui.exe"
    frozen(monkeypatch, "linux", "/opt/zhengui/zhengui")
    assert paths.window_starter() == ["/opt/zhengui/zhengui"]


def test_an_installed_command_that_goes_wrong_itself_is_told_in_chinese_and_keeps_a_report(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_given: argparse.Namespace) -> int:
        raise RuntimeError("王小明 110101199003075015")

    asked = SimpleNamespace(parse_args=lambda _words: argparse.Namespace(command="figures", run=broken))
    monkeypatch.setattr(cli, "parser", lambda: asked)
    monkeypatch.setenv("ZHENGUI_HOME", str(tmp_path))
    with pytest.raises(RuntimeError):
        cli.run(["figures"])
    frozen(monkeypatch, sys.platform, sys.executable)
    assert cli.run(["figures"]) == 1
    told = capsys.readouterr().err
    assert "程序出了问题" in told
    assert "交给维护人员" in told
    assert "Traceback" not in told
    (report,) = (tmp_path / "故障报告").iterdir()
    assert report.name in told
    assert "test_app.py" in report.read_text(encoding="utf-8")
    assert "王小明" not in told + report.read_text(encoding="utf-8")


def without_qt(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *more: Any, **named: Any) -> Any:
        if name == "zhengui.gui.frame.start":
            raise ImportError("DLL load failed while importing QtCore", name="PySide6.QtCore")
        return real(name, *more, **named)

    monkeypatch.setattr(builtins, "__import__", refuse)


def test_a_missing_library_of_the_window_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    without_qt(monkeypatch)
    assert app.open_window(None) == 1
    told = capsys.readouterr().err
    assert "PySide6.QtCore" in told
    assert "main.py --help" in told


def test_on_windows_it_is_told_in_a_box_that_needs_no_qt(monkeypatch: pytest.MonkeyPatch) -> None:
    boxes: list[tuple[str, str]] = []

    class User32:
        @staticmethod
        def MessageBoxW(_owner: None, text: str, title: str, _kind: int) -> int:  # noqa: N802
            boxes.append((title, text))
            return 1

    import ctypes

    monkeypatch.setattr(ctypes, "WinDLL", lambda _name: User32, raising=False)
    without_qt(monkeypatch)
    frozen(monkeypatch, "win32", "/programs/zhengui.exe")
    assert app.open_window(None) == 1
    ((title, text),) = boxes
    assert title == "政规"
    assert "请重新安装一次" in text
    assert "PySide6.QtCore" in text


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    from zhengui import __version__

    with pytest.raises(SystemExit) as left:
        cli.run(["--version"])
    assert left.value.code == 0
    assert capsys.readouterr().out.strip() == f"政规 {__version__}"


def test_a_folder_that_cannot_be_written_is_told_before_the_window(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    in_the_way = tmp_path / "home"
    in_the_way.write_text("a file where the folder should be", encoding="utf-8")
    monkeypatch.setenv("ZHENGUI_HOME", str(in_the_way / "data"))
    assert app.open_window(None) == 1
    told = capsys.readouterr().err
    assert "不能写入" in told
    assert "请检查这个文件夹的权限" in told


def test_a_full_disk_is_told_before_the_window(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZHENGUI_HOME", str(tmp_path))

    def full(path: Path, _data: bytes) -> None:
        path.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert app.open_window(None) == 1
    assert "清理磁盘" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_portable_copy_keeps_its_data_beside_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("ZHENGUI_HOME", raising=False)
    frozen(monkeypatch, "win32", str(tmp_path / "zhengui.exe"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert paths.user_folder() == tmp_path / "local" / "Zhengui"
    (tmp_path / "便携版.txt").write_text("", encoding="utf-8")
    assert paths.user_folder() == tmp_path / "数据"


def test_a_child_of_the_frozen_program_is_known_by_its_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert app.is_helper(spawn.get_command_line(pipe_handle=3))
    assert app.is_helper(["zhengui", "-B", "-c", "from multiprocessing.resource_tracker import main;main(3)"])
    for clerk in ([], ["云岭镇.zgdb"], ["figures", "云岭镇.zgdb", "--year", "2021"]):
        assert not app.is_helper(["zhengui.exe", *clerk])
