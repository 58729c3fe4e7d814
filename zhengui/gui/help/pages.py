"""The manual as text: its pages in their order, their sections, and where some words stand in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

from zhengui.gui.desk.place import page_kind
from zhengui.paths import resource

#: The pages under resources/help in the order of the contents, under their headings.
CONTENTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("开始", ("start", "installing", "overview", "demo")),
    ("日常登记", ("record", "find", "many", "exchange", "forms", "zero", "reporting", "worklist", "ranking")),
    ("指标和文稿", ("figures", "plan", "report", "issue")),
    ("设置", ("registers", "system")),
    ("查阅", ("areas", "sources", "keys", "commands", "questions")),
)

#: The help of each page of the window, by the part of its name before the colon.
FITTING = {
    "home": "overview",
    "area": "record",
    "figure": "figures",
    "reporting": "reporting",
    "worklist": "worklist",
    "ranking": "ranking",
    "plan": "plan",
    "forms": "forms",
    "report": "report",
    "registers": "registers",
    "system": "system",
}

_BEFORE, _AFTER = 14, 30
_BLOCKS = frozenset({"h1", "h2", "h3", "p", "li", "td", "th", "tr", "pre"})


@dataclass(frozen=True, slots=True)
class HelpSection:
    """A heading with the text under it; `anchor` is empty for what stands before the first one."""

    title: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page: the name of its file without the suffix, its title and its sections."""

    name: str
    title: str
    sections: tuple[HelpSection, ...]


@dataclass(frozen=True, slots=True)
class HelpHit:
    """Where words were found: page, section, and the text around them."""

    page: HelpPage
    section: HelpSection
    around: str


class _Reader(HTMLParser):
    """Collects headings and the text under them."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.found: list[list[str]] = [["", "", ""]]
        self._heading = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "h2":
            self.found.append(["", "", ""])
        if tag in ("h1", "h2"):
            self._heading = tag
        elif tag == "a" and self._heading == "h2":
            self.found[-1][1] = dict(attrs).get("name") or ""
        if tag in _BLOCKS:
            self.found[-1][2] += " "

    def handle_endtag(self, tag: str) -> None:
        if tag == self._heading:
            self._heading = ""

    def handle_data(self, data: str) -> None:
        if self._heading == "h1":
            self.title += data
        elif self._heading == "h2":
            self.found[-1][0] += data
        else:
            self.found[-1][2] += data


def path_of(name: str) -> Path:
    """The file of a page."""
    return resource(f"help/{name}.html")


def fitting(page: str) -> str:
    """The name of the help that fits a page of the window; the first page for one without its own."""
    return FITTING.get(page_kind(page), CONTENTS[0][1][0])


@lru_cache(maxsize=1)
def pages() -> dict[str, HelpPage]:
    """All pages by name, in the order of the contents."""
    return {name: _read(name) for _heading, names in CONTENTS for name in names}


def _read(name: str) -> HelpPage:
    reader = _Reader()
    reader.feed(path_of(name).read_text(encoding="utf-8"))
    sections = tuple(
        HelpSection(title, anchor, " ".join(text.split())) for title, anchor, text in reader.found
    )
    return HelpPage(name, reader.title, sections)


def find(words: str) -> list[HelpHit]:
    """Sections that have all the words, those with one in the heading first."""
    wanted = words.casefold().split()
    found: list[tuple[bool, HelpHit]] = []
    for page in pages().values() if wanted else ():
        for section in page.sections:
            heading = (
                f"{page.title} {section.title}".casefold() if not section.anchor else section.title.casefold()
            )
            if all(word in heading or word in section.text.casefold() for word in wanted):
                found.append(
                    (wanted[0] not in heading, HelpHit(page, section, _around(section.text, wanted[0])))
                )
    return [hit for _later, hit in sorted(found, key=lambda pair: pair[0])]


def _around(text: str, word: str) -> str:
    """A piece of the text with the word in it."""
    place = text.casefold().find(word)
    start = max(0, place - _BEFORE)
    end = max(place, 0) + len(word) + _AFTER
    return ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")
