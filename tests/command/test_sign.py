"""Signing on the command line: who has signed, signing for one, taking it back."""

from __future__ import annotations

import json
from pathlib import Path

from tests.command.conftest import Cli, is_told


def test_a_department_signs_and_takes_it_back(cli: Cli, copy: Path) -> None:
    told = json.loads(cli("sign", copy, "--year", 2021, "--json").out)
    assert told
    assert {each["state"] for each in told} == {"未会签"}
    department = told[0]["department"]
    answer = cli("sign", copy, "--year", 2021, "--department", department, "--operator", "李文娟")
    assert answer.out.startswith(f"“{department}”已会签：李文娟")
    assert f"{department}：已会签，李文娟" in cli("sign", copy, "--year", 2021).out
    assert "【没有会签的部门】" in cli("preflight", copy, "--year", 2021).out
    assert cli("sign", copy, "--year", 2021, "--department", department, "--undo").status == 0
    assert f"{department}：未会签" in cli("sign", copy, "--year", 2021).out
    assert is_told(cli("sign", copy, "--year", 2021, "--undo"))
