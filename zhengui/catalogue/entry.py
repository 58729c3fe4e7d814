"""One table of a catalogue file, read key by key; what is wrong is noted in Chinese and reading goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from zhengui.catalogue.life import Life
from zhengui.catalogue.model import Flaw
from zhengui.catalogue.own import WRITTEN_IN


class Entry:
    """A TOML table with its place in the file; every reading method notes a flaw and gives a default.

    `sound` turns false with the first flaw, so the reader can leave the entry out.
    """

    __slots__ = ("data", "file", "flaws", "known", "name", "sound")

    def __init__(self, data: dict[str, Any], file: str, name: str, flaws: list[Flaw]) -> None:
        self.data = data
        self.file = file
        self.name = name
        self.flaws = flaws
        self.known: set[str] = set()
        self.sound = True

    def flaw(self, message: str) -> None:
        """Note what is wrong with this entry."""
        self.sound = False
        self.flaws.append(Flaw(self.file, self.name, message))

    def text(self, key: str, required: bool = False) -> str:
        """A string; empty where it is missing."""
        self.known.add(key)
        value = self.data.get(key)
        if value is None or value == "":
            if required:
                self.flaw(f"缺少 {key}，请补上")
            return ""
        if not isinstance(value, str):
            self.flaw(f"{key} 应是文字，请加上引号")
            return ""
        return value

    def texts(self, key: str, required: bool = False) -> tuple[str, ...]:
        """A list of strings; a single string counts as a list of one."""
        self.known.add(key)
        value = self.data.get(key)
        if value is None or value == []:
            if required:
                self.flaw(f"缺少 {key}，请补上")
            return ()
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.flaw(f"{key} 应是一串文字，请写成 ['…', '…']")
            return ()
        return tuple(value)

    def whole(self, key: str, default: int = 0) -> int:
        """A whole number."""
        value = self.whole_or_none(key)
        return default if value is None else value

    def whole_or_none(self, key: str) -> int | None:
        """A whole number, or None where it is missing."""
        self.known.add(key)
        value = self.data.get(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            self.flaw(f"{key} 应是整数，请改成数字")
            return None
        return value

    def life(self) -> Life:
        """The years it lives in: `since` and `retired`."""
        since, retired = self.whole_or_none("since"), self.whole_or_none("retired")
        if since is not None and retired is not None and since >= retired:
            self.flaw("retired 应晚于 since，请改正")
        return Life(since, retired)

    def number(self, key: str) -> Decimal | None:
        """A number as Decimal, or None where it is missing."""
        self.known.add(key)
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self.flaw(f"{key} 应是数字，请去掉引号")
            return None
        return Decimal(str(value))

    def span(self, key: str) -> tuple[int, int] | None:
        """Two whole numbers, the first not above the second, or None where they are missing."""
        self.known.add(key)
        value = self.data.get(key)
        if value is None:
            return None
        whole = isinstance(value, list) and len(value) == 2 and all(type(each) is int for each in value)
        if not whole or value[0] > value[1]:
            self.flaw(f"{key} 应是从小到大的两个整数，请写成 [-100, 0]")
            return None
        return value[0], value[1]

    def flag(self, key: str, default: bool = False) -> bool:
        """A yes or no, written true or false."""
        self.known.add(key)
        value = self.data.get(key, default)
        if not isinstance(value, bool):
            self.flaw(f"{key} 应写 true 或 false，请改正")
            return default
        return value

    def one_of(self, key: str, allowed: Iterable[str], default: str = "") -> str:
        """A string out of a closed list."""
        value = self.text(key, required=not default) or default
        if value and value not in allowed:
            self.flaw(f"{key} 不能是“{value}”，可用的有：{'、'.join(sorted(allowed))}")
        return value

    def table(self, key: str) -> Entry | None:
        """A table inside this one, or None where it is missing."""
        self.known.add(key)
        value = self.data.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.flaw(f"{key} 应是一组“名称 = 值”，请写在花括号或 [{key}] 下")
            return None
        return Entry(value, self.file, self.name, self.flaws)

    def tables(self, key: str, label: str = "") -> Iterator[Entry]:
        """The tables of a list; each is named after its own key, or after its place in the list."""
        self.known.add(key)
        value = self.data.get(key)
        if value is None:
            return
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.flaw(f"{key} 应是一组条目，请每条写一对花括号")
            return
        for place, item in enumerate(value, 1):
            own = item.get("key")
            mark = own if isinstance(own, str) and own else f"第{place}条"
            file = str(item.pop(WRITTEN_IN, self.file))
            yield Entry(item, file, self._below(label or key, mark), self.flaws)

    def _below(self, label: str, mark: str) -> str:
        """The place of an entry inside this one, as people read it."""
        return f"{self.name} {label} {mark}".strip()

    def take(self, inner: Entry | None) -> None:
        """Count the flaws of an inner table as this entry's own."""
        if inner is not None and not inner.sound:
            self.sound = False

    def finish(self) -> bool:
        """Note keys that nobody read, with the nearest known one; true if the entry may be used."""
        for key in self.data:
            if key not in self.known:
                self.flaw(f"不认识 {key}{self._suggestion(key)}，请改正或删去")
        return self.sound

    def _suggestion(self, key: str) -> str:
        import difflib  # only where something is wrong, for starting up must stay quick

        near = difflib.get_close_matches(key, sorted(self.known), n=1, cutoff=0.6)
        return f"，是 {near[0]} 吗" if near else ""
