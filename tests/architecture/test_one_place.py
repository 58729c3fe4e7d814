"""An area, a ledger or a type of field more names itself nowhere else in the code: one place per layer."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import PACKAGE, modules, syntax
from zhengui.catalogue.model import REFERENCE_TYPES, FieldType
from zhengui.paths import resource

#: Where types of registers are named, layer by layer, and why there.
OF_REGISTERS = {
    "catalogue/ledgers.py": "which types there are, and what they have in common",
    "catalogue/check_ledgers.py": "what a rule asks of its fields",
    "catalogue/closed_loop.py": "the fields that a closed loop adds",
    "values/naming.py": "what tells people of one name apart, in its order",
    "gui/ledger/columns.py": "how wide a column of each type is",
    "gui/form/step_dialog.py": "the rows of a dialog, made as fields",
    "gui/worklist/check_dialogs.py": "the rows of a dialog, made as fields",
}
#: Shipped ledgers that a verb of the program is about, and which verb that is.
OF_VERBS = {
    **dict.fromkeys(
        ("village", "department", "official", "household", "person", "enterprise"),
        "the registers that the program's own tables refer to",
    ),
    "contact_duty": "包保: duties are handed over",
    "monitored_household": "包保: who has to be visited",
    "visit": "包保 and the calendar: visits that were made",
    "meeting": "the calendar: meetings",
    "plan_item": "年度计划",
    "assessment_item": "绩效考核: single deeds",
    "vaccination_target": "接种日程",
    "vaccination_progress": "接种日程",
    "hazard": "the tour through the demo township",
    "letter": "a word that offices say otherwise, and the self-test",
    "evening_talk": "a word that offices say otherwise",
    "notebook": "no ledger: a drawing",
    "sweep": "no ledger: what is swept away",
}
#: Areas that are a part of the frame rather than work: the registers and the plan.
FRAME = {"registers", "plan"}


def shipped() -> tuple[set[str], set[str]]:
    """The keys of the shipped areas and of their ledgers."""
    areas, ledgers = set(), set()
    for path in Path(resource("catalogue")).glob("*.toml"):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        areas |= {data["area"]["key"]} if "area" in data else set()
        ledgers |= {each["key"] for each in data.get("ledger", ())}
    return areas, ledgers


def named(path: Path) -> Iterator[str]:
    """The strings that stand in a module by themselves."""
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def places() -> dict[str, Path]:
    return {path.relative_to(PACKAGE).as_posix(): path for path in modules()}


def test_no_area_is_named_in_code() -> None:
    areas, ledgers = shipped()
    for name, path in places().items():
        assert not set(named(path)) & (areas - FRAME - ledgers), name


def test_a_ledger_is_named_only_by_the_verb_that_is_about_it() -> None:
    _areas, ledgers = shipped()
    found = {word for path in places().values() for word in named(path)} & (ledgers - FRAME)
    assert found == set(OF_VERBS)


def test_types_of_registers_are_named_at_one_place_of_each_layer() -> None:
    """The others ask what types have in common: `REFERENCE_TYPES`, `SHORT_TYPES`, `PEOPLE_TYPES`, `LONG_TYPES`."""
    wanted = {f"FieldType.{each.name}" for each in REFERENCE_TYPES - {FieldType.REF}}
    found = {
        name
        for name, path in places().items()
        if any(
            isinstance(node, ast.Attribute) and ast.unparse(node) in wanted for node in ast.walk(syntax(path))
        )
    }
    assert found == set(OF_REGISTERS)


def test_types_are_named_as_types() -> None:
    """Not by what they are called in a file."""
    called = re.compile(r"\.type(\.value)? (==|!=|in|not in) [(\[{]?[\"']")
    assert [name for name, path in places().items() if called.search(path.read_text(encoding="utf-8"))] == []
