"""The self-test's checks of the computer: each passes on a good one, and each can fail with something to do."""

from __future__ import annotations

import shutil
from collections import namedtuple
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from zhengui.catalogue.model import Flaw
from zhengui.services.whole import selftest
from zhengui.services.whole.selftest import CheckOutcome, tried, verdict, write_result

Usage = namedtuple("Usage", "total used free")


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert tried("磁盘空间", lambda: selftest._space(tmp_path)).passed
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: Usage(10**12, 10**12, 10**8))
    found = tried("磁盘空间", lambda: selftest._space(tmp_path))
    assert not found.passed
    assert found.words == "存放数据的磁盘只剩 0.1 GB，备份可能写不下。请清理磁盘。"


def test_a_clock_set_back_is_told() -> None:
    assert tried("时钟", lambda: selftest._clock(datetime.now())).passed
    found = tried("时钟", lambda: selftest._clock(datetime(2009, 1, 1)))
    assert not found.passed
    assert "校准" in found.words


def test_a_cut_catalogue_asks_for_the_installer(monkeypatch: pytest.MonkeyPatch) -> None:
    flaws = tuple(Flaw("party.toml", f"字段 {number}", "写法不对") for number in range(9))
    monkeypatch.setattr(selftest, "load_catalogue", lambda: SimpleNamespace(flaws=flaws))
    found = tried("目录", selftest._catalogue)
    assert not found.passed
    assert found.words.startswith("随程序的目录文件有损坏（party.toml），请重新运行一次安装程序。（共 9 处：")
    assert found.words.count("写法不对") == selftest.SOME


def test_a_missing_face_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from zhengui.reports.gb9704 import faces

    assert tried("字体", selftest._fonts).passed
    monkeypatch.setattr(faces, "FONTS", tmp_path)
    found = tried("字体", selftest._fonts)
    assert not found.passed
    assert "fang.ttf" in found.words
    assert "安装程序" in found.words


def test_a_spoilt_face_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from zhengui.reports.gb9704 import faces

    for path in faces.FONTS.glob("*.ttf"):
        # Windows lets nobody but an administrator make links.
        shutil.copyfile(path, tmp_path / path.name)
    (tmp_path / "fang.ttf").write_bytes(b"\0" * 1000)
    monkeypatch.setattr(faces, "FONTS", tmp_path)
    found = tried("字体", selftest._fonts)
    assert (found.passed, found.words) == (False, "随程序的字体有损坏，请重新运行一次安装程序。")


def test_a_computer_without_the_usual_faces_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    from zhengui.reports.gb9704 import installed

    monkeypatch.setattr(installed, "installed_faces", lambda _folders: {})
    found = tried("系统字体", selftest._system_faces)
    assert found.passed
    assert "随程序的字体" in found.words


def test_the_result_is_a_text_for_people(tmp_path: Path) -> None:
    outcomes = [CheckOutcome("数据库", True, "正常"), CheckOutcome("字体", False, "缺少随程序的字体。")]
    assert verdict(outcomes[:1]) == "全部通过"
    path = write_result(tmp_path, outcomes, ["屏幕：1366×768"])
    text = path.read_text(encoding="utf-8-sig")
    assert "没通过　字体：缺少随程序的字体。" in text
    assert "屏幕：1366×768" in text
    assert "请把上面的内容发给维护人员" in text
    assert str(Path.home()) not in text
