"""Each kind of mistake, planted in a copy of the shipped files, is told in Chinese with file and entry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.catalogue.conftest import Plant
from tests.catalogue.mistakes_of_figures import OF_FIGURES
from tests.catalogue.mistakes_of_ledgers import OF_LEDGERS
from tests.catalogue.mistakes_of_warnings import OF_WARNINGS
from zhengui.catalogue.load import load_catalogue
from zhengui.catalogue.model import Catalogue

MISTAKES = OF_LEDGERS | OF_FIGURES | OF_WARNINGS


def told(catalogue: Catalogue) -> list[str]:
    return [str(flaw) for flaw in catalogue.flaws]


@pytest.mark.parametrize("name", MISTAKES)
def test_a_planted_mistake_is_told(plant: Plant, name: str) -> None:
    file, old, new, entry, said = MISTAKES[name]
    catalogue = plant(file, old, new)
    fitting = [flaw for flaw in catalogue.flaws if entry in flaw.entry and said in flaw.message]
    assert fitting, told(catalogue)
    assert fitting[0].file == file
    assert len(catalogue.areas) >= 9
    for flaw in catalogue.flaws:
        assert re.search(r"[\u4e00-\u9fff]", flaw.message)
        assert not re.search(r"失败|异常|非法(?!液化气)|无效|！|Error|None", flaw.message)


def test_all_mistakes_of_a_file_are_told_at_once(copied: Path) -> None:
    path = copied / "party.toml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("period = ['done_on']", "period = ['done']")
    text = text.replace("unit = '周年'\n", "unit = 7\n").replace("kind = 'gap'", "kind = 'wait'")
    path.write_text(text, encoding="utf-8")
    entries = {flaw.entry for flaw in load_catalogue(copied).flaws}
    assert {"台账 notice_board", "指标 party_anniversary"} <= entries
    assert any(entry.startswith("台账 member_development 规则") for entry in entries)


def test_a_file_that_is_no_toml_stops_only_its_own_area(plant: Plant) -> None:
    catalogue = plant("safety.toml", "[area]", "[area")
    assert "safety" not in catalogue.by_area
    assert "hazard" not in catalogue.ledgers
    assert {"party", "plan", "registers"} <= set(catalogue.by_area)
    broken = next(flaw for flaw in catalogue.flaws if flaw.file == "safety.toml")
    assert "第1行" in broken.message


def test_without_the_registers_the_rest_still_loads(copied: Path) -> None:
    (copied / "registers.toml").unlink()
    catalogue = load_catalogue(copied)
    assert "drill" in catalogue.ledgers
    assert any("名册 village" in message for message in told(catalogue))


def test_a_file_in_another_encoding_is_told(copied: Path) -> None:
    path = copied / "economy.toml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    catalogue = load_catalogue(copied)
    assert any(flaw.file == "economy.toml" and "UTF-8" in flaw.message for flaw in catalogue.flaws)
    assert "economy" not in catalogue.by_area


def test_an_area_twice_keeps_the_first(copied: Path) -> None:
    (copied / "z.toml").write_text(
        (copied / "party.toml").read_text(encoding="utf-8").replace("党建引领与基层治理", "另一个领域"),
        encoding="utf-8",
    )
    catalogue = load_catalogue(copied)
    assert catalogue.by_area["party"].title == "党建引领与基层治理"
    assert any(flaw.file == "z.toml" and "已经有了" in flaw.message for flaw in catalogue.flaws)


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    catalogue = load_catalogue(tmp_path)
    assert catalogue.areas == ()
    assert "没有可用的目录文件" in told(catalogue)[0]


def test_what_is_flawed_is_left_out_and_the_rest_stays(plant: Plant) -> None:
    catalogue = plant("party.toml", "is = '光荣在党50年纪念章'", "is = '纪念章'")
    assert "medals_fifty_years" not in catalogue.indicators
    assert "members_developed" in catalogue.indicators
    assert any("{medals_fifty_years}" in message for message in told(catalogue))


def test_a_field_that_is_flawed_takes_its_rules_with_it(plant: Plant) -> None:
    catalogue = plant("party.toml", "key = 'posted_on', title = '到任日期'", "key = 'posted_on'")
    cadre = catalogue.ledgers["reserve_cadre"]
    assert "posted_on" not in cadre.by_key
    assert all("posted_on" not in rule.fields for rule in cadre.rules)
    assert len(cadre.rules) == 2
