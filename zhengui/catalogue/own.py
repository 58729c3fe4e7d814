"""The office's own entries, laid over the shipped catalogue: an update of the program touches none of them."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from zhengui.catalogue.model import Flaw
from zhengui.catalogue.path import choice_path, dotted

Data = dict[str, Any]
#: Marks a table with the file that it was written in, where that is another than the one it was laid into.
WRITTEN_IN = "\0file"
#: What an entry of an own file that is no area of its own belongs to, by the name of its list.
_OF_AREA = ("ledger", "indicator", "claim", "parameter", "warning", "ranking")
CHOICE = "choice"
RETIRED = ("area", "ledger", "field", CHOICE, "indicator", "claim", "warning", "ranking", "section")


#: The shared list of choices that nobody writes: what the rankings of all files are called.
RANKING_TITLES = "rankings"


def ranking_titles(files: Mapping[str, Data]) -> tuple[str, ...]:
    """What the rankings are called, an office's own among them, each once, in the order of their areas."""
    ordered = sorted(files.values(), key=_order)
    listed = (each for data in ordered for each in data.get("ranking", ()) if isinstance(each, dict))
    return tuple(dict.fromkeys(str(each["title"]) for each in listed if each.get("title")))


def _order(data: Data) -> int:
    area = data.get("area")
    order = area.get("order") if isinstance(area, dict) else None
    return order if isinstance(order, int) else 0


def not_read(name: str, mistake: tomllib.TOMLDecodeError) -> Flaw:
    """What is told of a file that is no TOML: the line and column out of the parser's English message."""
    import re  # only where something is wrong

    found = re.search(r"line (\d+), column (\d+)", str(mistake))
    where = f"第{found[1]}行第{found[2]}列" if found else "文件末尾"
    return Flaw(name, "", f"写法不对，读不下去（{where}），请核对引号、括号和等号")


def lay_over(files: dict[str, Data], own: Mapping[str, str], flaws: list[Flaw]) -> None:
    """Add the own files to the parsed shipped ones, entry by entry; what fits nowhere is noted.

    An own file may be a whole area like a shipped one. Besides, or instead, it may hold lists of entries for areas
    that are there: `ledger`, `indicator`, `claim`, `parameter`, `warning`, `ranking` with `area`; `field` with `ledger`; `choice` with
    `ledger`, `field`, `value` and perhaps `since`; `paragraph` with `area`; `retire` with `kind`, `key`, `year`.
    """
    parsed: dict[str, Data] = {}
    for name, text in own.items():
        try:
            parsed[name] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as mistake:
            flaws.append(not_read(name, mistake))
    for name, data in parsed.items():
        if "area" in data:
            whole = {
                key: value
                for key, value in data.items()
                if key not in ("field", "choice", "paragraph", "retire")
            }
            files[name] = whole
    laid = [_Overlay(files, name, data, flaws) for name, data in parsed.items()]
    for each in laid:
        each.lay()
    for each in laid:  # what is retired may stand in a file that comes later
        each.retire()


def with_retirement(text: str, kind: str, key: str, year: int) -> str:
    """A file of retirements with one more, in place of an older one of the same entry."""
    return "\n".join(
        part for part in (without_retirement(text, kind, key), _written(kind, key, year)) if part
    )


def without_retirement(text: str, kind: str, key: str) -> str:
    """A file of retirements without the one of an entry; empty where it was the only one."""
    listed = [
        each for each in tomllib.loads(text).get("retire", []) if (each["kind"], each["key"]) != (kind, key)
    ]
    return "\n".join(_written(each["kind"], each["key"], each["year"]) for each in listed)


def _written(kind: str, key: str, year: int) -> str:
    named = json.dumps(key, ensure_ascii=False)  # a choice may have marks in it
    return f'[[retire]]\nkind = "{kind}"\nkey = {named}\nyear = {year}\n'


def written_in(data: Data) -> dict[str, str]:
    """The own files that entries of an area were written in, as area/key of the entry or of the field."""
    area = data.get("area")
    key = area.get("key") if isinstance(area, dict) else None
    entries = [entry for kind in _OF_AREA for entry in data.get(kind, ()) if isinstance(entry, dict)]
    fields = [field for entry in entries for field in entry.get("field", ()) if isinstance(field, dict)]
    return {
        f"{key}/{each.get('key', '')}": str(each[WRITTEN_IN])
        for each in (*entries, *fields)
        if WRITTEN_IN in each
    }


class _Overlay:
    """One own file on its way into the others."""

    def __init__(self, files: dict[str, Data], name: str, data: Data, flaws: list[Flaw]) -> None:
        self._files, self._name, self._data, self._flaws = files, name, data, flaws

    def lay(self) -> None:
        steps: tuple[tuple[str, Callable[[Data], None]], ...] = (
            *(((key, self._into_area(key)) for key in _OF_AREA) if "area" not in self._data else ()),
            ("field", self._field),
            ("choice", self._choice),
            ("paragraph", self._paragraph),
        )
        for key, step in steps:
            for entry in self._entries(key):
                step(dict(entry))
        whole = {"area", "section", "kinds", "titles", "outline", *_OF_AREA}
        known = {key for key, _step in steps} | {"retire"} | whole
        for key in self._data:
            if key not in known:
                self._note("", f"不认识 {key}，请改正或删去")

    def retire(self) -> None:
        """Say of entries, of whatever file, from which year on they are used no more."""
        for entry in self._entries("retire"):
            self._retire(entry)

    def _entries(self, key: str) -> Iterator[Data]:
        listed = self._data.get(key, [])
        if isinstance(listed, list) and all(isinstance(each, dict) for each in listed):
            yield from listed
        else:
            self._note(key, f"{key} 应是一组条目，请每条写在 [[{key}]] 下")

    def _note(self, entry: str, message: str) -> None:
        self._flaws.append(Flaw(self._name, entry, message))

    def _area(self, key: object) -> Data | None:
        return next(
            (
                data
                for data in self._files.values()
                if isinstance(data.get("area"), dict) and data["area"].get("key") == key
            ),
            None,
        )

    def _found(self, kind: str, key: object) -> Data | None:
        """The entry of a list (ledger, indicator, claim) with this key, in whatever area."""
        for data in self._files.values():
            for entry in data.get(kind, ()):
                if isinstance(entry, dict) and entry.get("key") == key:
                    return entry
        return None

    def _into_area(self, kind: str) -> Callable[[Data], None]:
        def step(entry: Data) -> None:
            key = entry.pop("area", None)
            area = self._area(key)
            if area is None:
                self._note(
                    f"{kind} {entry.get('key', '')}".strip(),
                    f"没有领域 {key or '（没写 area）'}，请核对 area",
                )
                return
            area.setdefault(kind, []).append({**entry, WRITTEN_IN: self._name})

        return step

    def _field(self, entry: Data) -> None:
        key = entry.pop("ledger", None)
        ledger = self._found("ledger", key)
        if ledger is None:
            self._note(
                f"field {entry.get('key', '')}".strip(), f"没有台账 {key or '（没写 ledger）'}，请核对 ledger"
            )
            return
        ledger.setdefault("field", []).append({**entry, WRITTEN_IN: self._name})

    def _choice(self, entry: Data) -> None:
        ledger, field, value = (entry.get(name) for name in ("ledger", "field", "value"))
        label = f"choice {value or ''}".strip()
        declared = self._found("ledger", ledger)
        if declared is None:
            self._note(label, f"没有台账 {ledger or '（没写 ledger）'}，请核对 ledger")
            return
        asked = next((each for each in declared.get("field", ()) if each.get("key") == field), None)
        if asked is None or "choices" not in asked:
            self._note(label, f"台账 {ledger} 里没有选择类字段 {field or '（没写 field）'}，请核对 field")
            return
        if not isinstance(value, str) or not value.strip():
            self._note(label, "缺少 value，请写出要增加的选项")
            return
        listed = self._choices(asked["choices"])
        if value in listed:
            self._note(label, f"选项“{value}”已经有了，请删去这一条")
            return
        asked["choices"] = [*listed, value]
        if "since" in entry:
            asked.setdefault("choice_since", {})[value] = entry["since"]

    def _choices(self, given: object) -> list[str]:
        """A field's own list, or the shared one that it names."""
        if given == RANKING_TITLES:
            return list(ranking_titles(self._files))
        if isinstance(given, str):
            for data in self._files.values():
                shared = data.get("kinds", {}).get(given)
                if shared is not None:
                    return list(shared)
            return []
        return list(given) if isinstance(given, list) else []

    def _paragraph(self, entry: Data) -> None:
        key = entry.pop("area", None)
        area = self._area(key)
        if area is None or not isinstance(area.get("section"), dict):
            self._note(
                f"paragraph {entry.get('key', '')}".strip(),
                f"领域 {key or '（没写 area）'} 没有总结的一节，请核对 area",
            )
            return
        listed = area["section"].setdefault("paragraph", [])
        place = next((n for n, each in enumerate(listed) if each.get("key") == entry.get("key")), None)
        marked = {**entry, WRITTEN_IN: self._name}
        if place is None:
            listed.append(marked)
        else:
            listed[place] = marked

    def _retire(self, entry: Data) -> None:
        kind, key, year = (entry.get(name) for name in ("kind", "key", "year"))
        label = f"retire {key or ''}".strip()
        if kind not in RETIRED:
            self._note(label, f"kind 不能是“{kind}”，可用的有：{'、'.join(RETIRED)}")
            return
        if not isinstance(year, int) or isinstance(year, bool):
            self._note(label, "year 应是整数，写从哪一年起不再用")
            return
        if kind == CHOICE:
            self._retire_choice(str(key), year, label)
            return
        found = self._retirable(str(kind), str(key))
        if found is None:
            self._note(label, f"没有要停用的 {key}，请核对 kind 和 key")
            return
        found["retired"] = year

    def _retirable(self, kind: str, key: str) -> Data | None:
        if kind == "area":
            area = self._area(key)
            return area["area"] if area else None
        if kind == "section":
            area = self._area(key)
            section = area.get("section") if area else None
            return section if isinstance(section, dict) else None
        if kind == "field":
            return self._declared_field(key)
        return self._found(kind, key)

    def _declared_field(self, key: str) -> Data | None:
        """The entry of a field, written as ledger.field."""
        ledger, field = dotted(key)
        declared = self._found("ledger", ledger) or {}
        return next((each for each in declared.get("field", ()) if each.get("key") == field), None)

    def _retire_choice(self, key: str, year: int, label: str) -> None:
        """A choice is written as ledger.field.choice; its year is kept beside the field's choices."""
        field, choice = choice_path(key)
        asked = self._declared_field(field)
        if asked is None or choice not in self._choices(asked.get("choices")):
            self._note(label, f"没有要停用的 {key}，请核对 kind 和 key")
            return
        asked.setdefault("choice_retired", {})[choice] = year
