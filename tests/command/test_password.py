"""Commands on a file with passwords: given in a file, never as an argument, and nothing opens without."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command.conftest import Cli
from zhengui import cli as commands
from zhengui.services.township import login, people
from zhengui.services.township.township import open_township
from zhengui.storage.file import slots

WHO, PASSWORD = "周敏", "青石 柳塘 白沙"


@pytest.fixture
def guarded(copy: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, str]]:
    """A file with passwords, closed, and its recovery key."""
    monkeypatch.setattr(slots, "MEMORY", 64)
    monkeypatch.setattr(slots, "PASSES", 1)
    key = people.begin_with_passwords(open_township(copy), WHO, PASSWORD)
    login.log_out(copy)
    yield copy, key
    login.log_out(copy)


def said(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(f"{text}\r\n第二行\r\n".encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_the_password_is_read_from_a_file(
    cli: Cli, guarded: tuple[Path, str], tmp_path: Path, encoding: str
) -> None:
    path, _key = guarded
    given = said(tmp_path / "密码.txt", PASSWORD, encoding)
    told = cli("figures", path, "--year", "2021", "--user", WHO, "--password-file", given)
    assert told.status == 0
    assert PASSWORD not in told.out + told.err


def test_the_recovery_key_as_it_is_typed_opens_too(
    cli: Cli, guarded: tuple[Path, str], tmp_path: Path
) -> None:
    path, key = guarded
    alike = key.replace("0", "O").replace("1", "l")
    wide = "".join(chr(ord(each) + 0xFEE0) for each in alike)
    for text, more in ((wide, []), (key.lower(), ["--user", WHO])):
        given = said(tmp_path / "密钥.txt", text)
        assert cli("figures", path, "--year", "2021", "--password-file", given, *more).status == 0
        login.log_out(path)


def test_nothing_opens_without_it(cli: Cli, guarded: tuple[Path, str], tmp_path: Path) -> None:
    path, _key = guarded
    wrong = said(tmp_path / "错.txt", "不是 这个 密码")
    empty = said(tmp_path / "空.txt", "")
    for more, words in (
        ((), "设有密码"),
        (("--user", WHO), "设有密码"),
        (("--password-file", wrong), "设有密码"),
        (("--user", WHO, "--password-file", wrong), "姓名或密码不对"),
        (("--user", "外人", "--password-file", wrong), "姓名或密码不对"),
        (("--user", WHO, "--password-file", empty), "没有读到密码"),
        (("--user", WHO, "--password-file", tmp_path / "没有.txt"), "没有找到"),
    ):
        told = cli("figures", path, "--year", "2021", *more)
        assert told.status == 1
        assert words in told.err, (more, told.err)
        assert told.out == ""


@pytest.mark.parametrize("harm", ["vault spoilt", "vault gone", "file gone", "file spoilt"])
def test_a_backup_behind_a_password_is_a_way_back_before_anybody_got_in(
    cli: Cli, guarded: tuple[Path, str], tmp_path: Path, harm: str
) -> None:
    path, _key = guarded
    given = ("--user", WHO, "--password-file", said(tmp_path / "密码.txt", PASSWORD))
    assert cli("backup", path, *given).status == 0
    login.log_out(path)
    victim = path if harm.startswith("file") else Path(f"{path}.vault")
    if harm.endswith("gone"):
        victim.unlink()
    else:
        victim.write_bytes(victim.read_bytes()[: victim.stat().st_size // 2])
    told = cli("verify", path, *given)
    assert told.status == 1
    assert "可以用来恢复的备份" in told.err
    listed = cli("restore", path, *given)
    assert listed.status == 0
    when, name, what = listed.out.strip().split("　")
    assert what in {"要先输密码", "到那一刻为止的全部登记", "保存的都在里面"}, when
    assert cli("restore", path, name, *given).status == 0
    login.log_out(path)
    assert cli("figures", path, "--year", 2021, *given).status == 0


def test_no_command_takes_a_password_among_its_arguments() -> None:
    def options(parser: argparse.ArgumentParser) -> Iterator[str]:
        for action in parser._actions:
            yield from action.option_strings
            if isinstance(action, argparse._SubParsersAction):
                for each in action.choices.values():
                    yield from options(each)

    found = {name for name in options(commands.parser()) if "pass" in name or "密码" in name}
    assert found == {"--password-file"}
