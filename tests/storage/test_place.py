"""A data file on another computer is refused with the reason; nothing is made there."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.storage.small import small_catalogue
from zhengui.storage.file import opening, place
from zhengui.storage.file.database import Database
from zhengui.storage.problem import PathTooLong, StorageProblem

CATALOGUE = small_catalogue()


@pytest.mark.parametrize(
    ("name", "drive", "remote"),
    [
        (r"\\server\share\云岭镇.zgdb", 0, True),
        ("//server/share/云岭镇.zgdb", 0, True),
        (r"\\?\UNC\server\share\云岭镇.zgdb", 0, True),
        (r"Z:\台账\云岭镇.zgdb", 4, True),
        (r"D:\台账\云岭镇.zgdb", 3, False),
        (r"E:\云岭镇.zgdb", 2, False),
        (r"\\?\C:\很长的路径\云岭镇.zgdb", 3, False),
    ],
)
def test_windows_paths(name: str, drive: int, remote: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(place, "_drive_type", lambda root: asked.append(root) or drive)
    assert place._on_network_drive(name) is remote
    assert all(len(root) == 3 and root.endswith(":\\") for root in asked)


@pytest.mark.skipif(sys.platform == "win32", reason="how Linux tells it")
@pytest.mark.parametrize(
    ("kind", "remote"), [("cifs", True), ("nfs4", True), ("ext4", False), ("vfat", False)]
)
def test_the_nearest_mount_counts(
    kind: str, remote: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "共享 文件夹"
    folder.mkdir()
    mounts = tmp_path / "mounts"
    named = str(folder).replace(" ", "\\040")
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\n//server/x {named} {kind} rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(place, "_MOUNTS", mounts)
    assert place._on_network_mount(folder / "deep" / "云岭镇.zgdb") is remote
    assert not place._on_network_mount(tmp_path / "云岭镇.zgdb")


@pytest.mark.skipif(sys.platform == "win32", reason="how Linux tells it")
@pytest.mark.parametrize(
    ("partition", "removable", "stick"), [(True, "1", True), (False, "1", True), (True, "0", False)]
)
def test_a_stick_is_known_by_its_disk(
    partition: bool, removable: str, stick: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = tmp_path / "devices" / "sdb"
    device = disk / "sdb1" if partition else disk
    device.mkdir(parents=True)
    (disk / "removable").write_text(f"{removable}\n", encoding="ascii")
    if partition:
        (device / "partition").write_text("1\n", encoding="ascii")
    number = tmp_path.stat().st_dev
    numbers = tmp_path / "block"
    numbers.mkdir()
    (numbers / f"{os.major(number)}:{os.minor(number)}").symlink_to(device)
    monkeypatch.setattr(place, "_DEVICES", numbers)
    assert place._on_removable_device(tmp_path) is stick
    assert not place._on_removable_device(tmp_path / "not there")


@pytest.mark.parametrize(("drive", "stick"), [(2, True), (3, False), (4, False)])
def test_windows_says_what_a_drive_is(drive: int, stick: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(place, "_drive_type", lambda _root: drive)
    assert place.is_on_stick(Path("云岭镇.zgdb")) is stick


def test_neither_made_nor_opened_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "云岭镇.zgdb"
    Database.create(path, CATALOGUE).close()
    before = path.read_bytes()
    monkeypatch.setattr(place, "is_on_network", lambda _path: True)
    with pytest.raises(StorageProblem, match="复制到这台电脑的硬盘上"):
        Database.open(path, CATALOGUE)
    with pytest.raises(StorageProblem, match="网络"):
        Database.create(tmp_path / "新的.zgdb", CATALOGUE)
    assert path.read_bytes() == before
    assert not (tmp_path / "新的.zgdb").exists()
    assert not (tmp_path / "新的.zgdb.key").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="SQLite's own limit; Windows has another")
def test_a_file_too_deep_in_folders_is_told_so(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["很长很长的文件夹名称" * 4] * 4)
    deep.mkdir(parents=True)
    path = deep / "云岭镇.zgdb"
    with pytest.raises(PathTooLong, match=f"一共 {len(str(path))} 个字，太长，打不开。请放到近一些"):
        Database.create(path, CATALOGUE)
    assert not list(deep.iterdir())
    near = tmp_path / "云岭镇.zgdb"
    Database.create(near, CATALOGUE).close()
    for ending in ("", ".key"):
        near.with_name(near.name + ending).rename(deep / (near.name + ending))
    with pytest.raises(PathTooLong):
        Database.open(path, CATALOGUE)


@pytest.mark.parametrize(("letters", "fits"), [(200, True), (260, False)])
def test_windows_counts_characters(letters: int, fits: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path("/" + "长" * letters)
    monkeypatch.setattr(sys, "platform", "win32")
    assert (place.too_long(path) is None) is fits
    missed = opening.missing(path)
    assert isinstance(missed, PathTooLong) is not fits
    assert fits or "太长" in str(missed)
