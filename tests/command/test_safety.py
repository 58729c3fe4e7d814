"""`verify`, `backup`, `restore` tell in words, and leave the file as it was where they can't do it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.command.conftest import Cli, is_told
from zhengui.services.township.township import open_township
from zhengui.storage.file.vault import key_path


def spoil(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_a_sound_file_is_told_and_left_alone(cli: Cli, copy: Path) -> None:
    before = {each: each.read_bytes() for each in copy.parent.iterdir() if each.is_file()}
    answer = cli("verify", copy)
    assert answer.status == 0, answer
    assert "完整" in answer.out
    assert before == {each: each.read_bytes() for each in copy.parent.iterdir() if each.is_file()}


def test_from_damage_back_to_work(cli: Cli, copy: Path, tmp_path: Path) -> None:
    answer = cli("backup", copy)
    assert answer.status == 0, answer
    assert cli("backup", copy, tmp_path / "stick" / "a.zgdb").status == 0
    assert cli("verify", tmp_path / "stick" / "a.zgdb").status == 0
    spoil(copy)
    verdict = cli("verify", copy)
    assert verdict.status == 1
    assert "不完整" in verdict.err
    assert "保存的都在里面" in verdict.err
    listed = cli("restore", copy)
    assert listed.status == 0
    backup = Path(listed.out.split("　")[1])
    assert backup.is_file()
    answer = cli("restore", copy, backup)
    assert answer.status == 0, answer
    assert "另存为" in answer.out
    assert cli("verify", copy).status == 0
    assert cli("figures", copy, "--year", 2021).status == 0


def test_what_cannot_be_restored_changes_nothing(cli: Cli, copy: Path, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.zgdb"
    shutil.copyfile(copy, spoilt)
    shutil.copyfile(key_path(copy), key_path(spoilt))
    spoil(spoilt)
    before = copy.read_bytes()
    for backup in (spoilt, tmp_path / "missing.zgdb"):
        assert is_told(cli("restore", copy, backup))
        assert copy.read_bytes() == before
    township = open_township(copy)
    answer = cli("restore", copy, spoilt)
    township.close()
    assert "这台电脑" in answer.err


def test_a_file_that_is_not_there(cli: Cli, tmp_path: Path) -> None:
    assert is_told(cli("restore", tmp_path / "no.zgdb"))
    answer = cli("verify", tmp_path / "no.zgdb")
    assert answer.status == 1
    assert "没有找到数据文件" in answer.err


@pytest.mark.parametrize("ending", ["", ".key"])
def test_a_lost_file_comes_back_from_its_backup(cli: Cli, copy: Path, tmp_path: Path, ending: str) -> None:
    assert cli("backup", copy, tmp_path / "a.zgdb").status == 0
    copy.with_name(copy.name + ending).unlink()
    assert cli("restore", copy, tmp_path / "a.zgdb").status == 0
    assert cli("figures", copy, "--year", 2021).status == 0
