"""The manual is honest: what the program has is described, and what the manual points to is there."""

from __future__ import annotations

import argparse
import ast
import importlib.util
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.architecture.test_words import HALF_WIDTH, HARD_WORDS, STRAIGHT_QUOTES
from zhengui import gui
from zhengui.catalogue.load import load_catalogue
from zhengui.cli import parser
from zhengui.gui.desk import tabs as rail_tabs
from zhengui.gui.desk.actions import ACTIONS
from zhengui.gui.help import pages as help_pages
from zhengui.paths import resource

HELP = resource("help")
GUI = Path(gui.__file__).parent
NAMES = [name for _heading, names in help_pages.CONTENTS for name in names]

SEQUENCE = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+)+(?:\w+)|F\d{1,2}|Esc|Del")
#: Qt's names of keys as the manual writes them; the same name where there is none here.
WRITTEN = {
    "Return": "回车", "Enter": "回车", "Escape": "Esc", "Backtab": "Tab", "Del": "Delete", "Backspace": "退格", "Space": "空格",
    "Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "PageUp": "PgUp", "PageDown": "PgDn", "PgDown": "PgDn",
}  # fmt: skip


class Page(HTMLParser):
    """What a page links to, shows and says."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.pictures: list[tuple[str, str]] = []
        self.anchors: set[str] = set()
        self.open: list[str] = []
        self.text = ""
        self.feed(help_pages.path_of(name).read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "a" and "name" in given:
            self.anchors.add(given["name"])
        if tag == "img":
            self.pictures.append((given["src"], given.get("alt", "")))
        if tag == "td":
            self.text += " "
        if tag not in ("meta", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data.replace("\xa0", " ")


PAGES = {name: Page(name) for name in NAMES}


def written(key: str) -> str:
    """A key as the manual writes it."""
    return "+".join(WRITTEN.get(part, part) for part in key.split("+"))


def constants(path: Path) -> list[str]:
    """The strings in a module, without what is filled in."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def bound_sequences() -> set[str]:
    """Every sequence such as Ctrl+S that stands as a string of its own in the window's code."""
    return {text for path in GUI.rglob("*.py") for text in constants(path) if SEQUENCE.fullmatch(text)}


def handled_keys() -> set[str]:
    """Every key that a widget of the window handles itself, such as Qt.Key.Key_F2."""
    found = {
        key
        for path in GUI.rglob("*.py")
        for key in re.findall(r"Qt\.Key\.Key_(\w+)", path.read_text(encoding="utf-8"))
    }
    return found - {"Enter"}  # the other 回车


def keys_of_manual() -> set[str]:
    """Every key that the page of the keyboard shows as one."""
    source = help_pages.path_of("keys").read_text(encoding="utf-8")
    shown = re.findall(r'<span class="key">(.*?)</span>', source)
    return {key.replace("&nbsp;", "") for key in shown} | {"回车"} & set(re.findall("回车", source))


def test_the_window_s_code_is_read_for_its_keys() -> None:
    assert {"Ctrl+K", "F1", "Ctrl+S", "F8", "Ctrl+PgUp"} <= bound_sequences()
    assert {"F2", "Delete", "Escape"} <= handled_keys()


@pytest.mark.parametrize("sequence", sorted(bound_sequences()))
def test_every_shortcut_is_in_the_manual(sequence: str) -> None:
    assert written(sequence) in keys_of_manual()


@pytest.mark.parametrize("id", ACTIONS)
def test_every_action_s_keys_are_in_the_manual(id: str) -> None:
    assert {written(key) for key in ACTIONS[id].keys} <= keys_of_manual()


def test_the_nine_numbered_shortcuts_are_in_the_manual() -> None:
    assert {"Ctrl+1", "Ctrl+9"} <= keys_of_manual()


@pytest.mark.parametrize("key", sorted(handled_keys()))
def test_every_key_that_does_something_is_in_the_manual(key: str) -> None:
    alone = {part for shown in keys_of_manual() for part in shown.split("+")}
    assert written(key) in alone


@pytest.mark.parametrize("key", sorted(keys_of_manual()))
def test_no_key_of_the_manual_has_gone_from_the_program(key: str) -> None:
    """Keys of Qt itself are named; any other must still stand in the code."""
    of_qt = {
        "Tab",
        "Shift+Tab",
        "Ctrl+A",
        "Ctrl+C",
        "Ctrl+V",
        "Shift+空格",
        "Shift",
        "空格",
        "Alt+↓",
        "Alt+↑",
    }
    of_qt |= {"Shift+回车", "Alt+回车", "Ctrl+回车", "Ctrl+滚轮"} | {f"Ctrl+{n}" for n in (1, 9)}
    of_qt |= {f"Ctrl+{arrow}" for arrow in "←→↑↓"}  # the sheet's own, told apart by the arrow alone
    of_actions = {written(k) for action in ACTIONS.values() for k in action.keys}
    known = {written(k) for k in bound_sequences() | handled_keys()} | of_actions
    assert key in known | of_qt


def test_every_tab_is_in_the_manual() -> None:
    whole = "".join(page.text for page in PAGES.values())
    catalogue = load_catalogue()
    tabs = [tab.title for group in rail_tabs.groups(catalogue) for tab in group.tabs]
    tabs += [tab.title for tab in rail_tabs.PINNED]
    assert len(tabs) >= 13
    assert [title for title in tabs if title not in whole] == []


def test_every_tab_has_a_page_of_help_that_fits() -> None:
    catalogue = load_catalogue()
    tabs = [tab.page for group in rail_tabs.groups(catalogue) for tab in group.tabs]
    kinds = {page.partition(":")[0] for page in [*tabs, *(tab.page for tab in rail_tabs.PINNED), "figure"]}
    assert kinds - set(help_pages.FITTING) == set()
    assert set(help_pages.FITTING.values()) <= set(NAMES)


def test_every_ledger_is_in_the_manual_with_what_it_is_for() -> None:
    text = PAGES["areas"].text
    ledgers = load_catalogue().ledgers.values()
    assert [
        ledger.title for ledger in ledgers if ledger.life.retired is None and ledger.title not in text
    ] == []
    assert [
        ledger.title for ledger in ledgers if ledger.life.retired is None and ledger.about not in text
    ] == []


def commands() -> dict[str, argparse.ArgumentParser]:
    """The parsers of all commands."""
    (choices,) = (a.choices for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
    return dict(choices)


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_and_option_is_in_the_manual_and_in_readme(name: str) -> None:
    text = PAGES["commands"].text
    (row,) = (line for line in text.splitlines() if line.split()[:1] == [name])
    options = [o for a in commands()[name]._actions for o in a.option_strings if o.startswith("--")]
    # How a password is given is the same everywhere, and told once.
    everywhere = [option for option in options if option in ("--help", "--user", "--password-file")]
    assert [option for option in everywhere if option != "--help" and option not in text] == []
    assert [option for option in options if option not in everywhere and option not in row] == []
    readme = Path(HELP.parents[1] / "README.md").read_text(encoding="utf-8")
    assert f"`main.py {name}" in readme


def test_the_contents_are_the_pages_there_are() -> None:
    assert {path.stem for path in HELP.glob("*.html")} == set(NAMES)
    assert len(NAMES) == len(set(NAMES))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_a_title_and_ends_what_it_begins(name: str) -> None:
    page = help_pages.pages()[name]
    assert page.title
    assert all(section.title and section.anchor for section in page.sections[1:])
    assert PAGES[name].open == []


@pytest.mark.parametrize("name", NAMES)
def test_links_and_pictures_lead_somewhere(name: str) -> None:
    for link in PAGES[name].links:
        parts = urlsplit(link)
        assert not parts.scheme, "the program opens nothing on the network"
        target = Path(parts.path).stem or name
        assert target in PAGES
        assert not parts.fragment or parts.fragment in PAGES[target].anchors
    for source, words in PAGES[name].pictures:
        assert (HELP / source).is_file()
        assert words


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_stands_close_to_its_words(name: str) -> None:
    """In a plain paragraph a picture's line is as much too high as the lines of text are apart: an empty half page."""
    text = (HELP / f"{name}.html").read_text(encoding="utf-8")
    whole = re.findall(r'<p class="picture"><img [^>]*></p>\n<p class="cap">[^<]', text)
    assert len(whole) == text.count("<img ")


def test_every_picture_of_the_manual_is_shown() -> None:
    shown = {Path(source).name for page in PAGES.values() for source, _words in page.pictures}
    assert {path.name for path in (HELP / "pictures").glob("*.png")} == shown


def test_every_picture_is_taken_by_the_script() -> None:
    script = HELP.parents[1] / "packaging" / "screenshots.py"
    named = {text.strip("/") for text in constants(script)}
    assert {path.stem for path in (HELP / "pictures").glob("*.png")} <= named


@pytest.mark.parametrize("name", NAMES)
def test_the_manual_s_words_are_plain(name: str) -> None:
    lines = PAGES[name].text.splitlines()
    # 非法 is the law's own word for what is closed down, and stands in a ledger's description.
    hard = [line for line in lines if HARD_WORDS.search(line.replace("非法", ""))]
    assert not hard
    assert not [line for line in lines if HALF_WIDTH.search(line) or STRAIGHT_QUOTES.search(line)]


def test_the_tables_of_ledgers_are_those_that_the_script_writes() -> None:
    """Whoever changes the catalogue runs packaging/manual_tables.py."""
    spec = importlib.util.spec_from_file_location(
        "manual_tables", HELP.parents[1] / "packaging/manual_tables.py"
    )
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    for name, text in script.pages(load_catalogue()).items():
        assert help_pages.path_of(name).read_text(encoding="utf-8") == text, name
    guide = (HELP.parents[1] / "docs/catalogue.md").read_text(encoding="utf-8")
    assert script.with_icons(script.with_shapes(guide)) == guide
    assert "band_count" in guide
