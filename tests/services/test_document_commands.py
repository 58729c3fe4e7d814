"""The commands for documents say in plain words what they found and leave whole files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.test_issue_document import short_document
from zhengui.cli import run
from zhengui.services.entry.record import save
from zhengui.services.township.township import Township, open_township


def test_check_issue_drift_and_evidence(
    written: Township, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    short_document(written)
    written.close()  # one writer for a file: the commands open it themselves
    year = [str(written.path), "--year", "2021"]
    assert run(["preflight", *year]) == 0
    assert "必须处理" not in capsys.readouterr().out
    assert run(["drift", *year]) == 1
    assert "还没有签发" in capsys.readouterr().err
    assert run(["issue", *year, "--pdf", str(tmp_path / "a.pdf")]) == 0
    assert "第 1 次签发" in capsys.readouterr().out
    again = open_township(written.path)
    save(again, "letter", {"copies": 5000}, 13)
    again.close()
    assert run(["drift", *year]) == 0
    told = capsys.readouterr().out
    assert "会有 1 个指标不一样，涉及 1 处改动" in told
    assert "107→5,000" in told
    assert run(["issue", *year, "--pdf", str(tmp_path / "b.pdf")]) == 1
    assert "写明原因" in capsys.readouterr().err
    assert run(["issue", *year, "--pdf", str(tmp_path / "b.pdf"), "--reason", "份数更正"]) == 0
    assert (tmp_path / "a.pdf").read_bytes() != (tmp_path / "b.pdf").read_bytes()
    assert run(["evidence", *year, "--pdf", str(tmp_path / "e.pdf"), "--figures", "letters", "78"]) == 0
    assert "2 个指标、30 条记录" in capsys.readouterr().out


def test_what_blocks_issuing_is_listed(
    written: Township, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written.close()
    year = [str(written.path), "--year", "2021"]
    assert run(["preflight", *year]) == 1
    assert "必须处理【未知的数】" in capsys.readouterr().out
    assert run(["issue", *year, "--pdf", str(tmp_path / "a.pdf")]) == 1
    assert "还不能签发，请先处理" in capsys.readouterr().err
    assert not (tmp_path / "a.pdf").exists()
