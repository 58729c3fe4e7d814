"""What the cells of a form stand for as text, to be passed on with the form from one office to another."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields

from zhengui.services.problem import StorageProblem
from zhengui.storage.writing.county_forms import FormMark

_TYPES: dict[str, type] = {"decimals": int, "masked": bool, "village": int}


def write_marks(marks: Sequence[FormMark]) -> list[dict[str, object]]:
    """Marks as plain values, what is as usual left out."""
    usual = FormMark("", "", "", "")
    return [
        {
            f.name: value
            for f in fields(FormMark)
            if (value := getattr(mark, f.name)) != getattr(usual, f.name)
        }
        for mark in marks
    ]


def read_marks(text: str) -> list[FormMark]:
    """Marks from JSON; StorageProblem names the entry that makes no sense."""
    try:
        given = json.loads(text)
    except ValueError as error:
        raise StorageProblem(
            f"对应的文件第 {getattr(error, 'lineno', 1)} 行写得不对，请核对括号和引号。"
        ) from error
    if not isinstance(given, list):
        raise StorageProblem("对应的文件要是一个列表，一处一项。")
    return [_mark(number, each) for number, each in enumerate(given, 1)]


def _mark(number: int, given: object) -> FormMark:
    names = {f.name for f in fields(FormMark)}
    if not isinstance(given, dict) or not {"sheet", "place", "kind", "of"} <= set(given) <= names:
        unknown = "、".join(sorted(set(given) - names)) if isinstance(given, dict) else ""
        told = f"不认识“{unknown}”" if unknown else "要写明 “sheet”、“place”、“kind”、“of”"
        raise StorageProblem(f"第 {number} 项{told}。请对照列出来的写法。")
    for name, value in given.items():
        if not isinstance(value, _TYPES.get(name, str)):
            raise StorageProblem(f"第 {number} 项的“{name}”写得不对。请对照列出来的写法。")
    return FormMark(**given)
