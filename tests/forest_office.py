"""An office with everything, with an area of its own (森林防火) and with one that ends with the year: by data alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.services.whole_office import YEAR, make_office
from zhengui.services.entry import record
from zhengui.services.township.own_catalogue import add_entries, retire
from zhengui.services.township.township import WORKING_DAY, Township, open_township

FOREST = Path(__file__).parent / "services" / "forest.toml"
RETIRED = "party_history"
PATROLS = 3
LOOKOUTS = ("北山瞭望点", "南岭瞭望点", "西坡瞭望点")
RISK = "西坡林缘"


def make_forest_office(path: Path, entered: bool = True) -> Path:
    """The office's file; with `entered`, also its patrols, an open item and a closed one, and an item of the plan."""
    township = make_office(path)
    add_entries(township, FOREST.name, FOREST.read_text(encoding="utf-8"))
    retire(township, RETIRED, YEAR + 1)
    township.keep_setting(WORKING_DAY, f"{YEAR}-12-31")
    township.close()
    if entered:
        township = open_township(path, "甲")
        _enter(township)
        township.close()
    return path


def _enter(township: Township) -> None:
    lookouts = [
        record.save(township, "lookout", {"name": name, "village": 1 + place}).id
        for place, name in enumerate(LOOKOUTS)
    ]
    for number in range(PATROLS):
        values = {"village": 1 + number, "lookout": lookouts[0], "date": date(YEAR, 3, 1 + number)}
        values["passed"] = tuple(lookouts[number:])
        record.save(township, "forest_patrol", {**values, "kind": "未见火情", "people": 4})
    risk = {"village": 1, "place": RISK, "found_on": date(YEAR, 3, 1)}
    record.save(township, "forest_risk", risk | {"due_on": date(YEAR, 4, 1), "assigned_on": date(YEAR, 3, 2)})
    days = dict.fromkeys(("assigned_on", "rectified_on", "verified_on", "closed_on"), date(YEAR, 3, 5))
    record.save(township, "forest_risk", risk | days | {"place": "北山林缘", "verifier": 1})
    item = {"part": "民生", "plan_year": YEAR, "wording": "森林防火巡查出动30人次。", "department": 1}
    goal = {
        "indicator": "forest_people",
        "operator": "至少",
        "target": 30,
        "unit": "人次",
        "status": "进行中",
    }
    record.save(township, "plan_item", item | goal | {"due_on": date(YEAR, 12, 31)})
