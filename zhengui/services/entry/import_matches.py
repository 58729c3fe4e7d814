"""How the columns and values of a kind of file were matched: remembered by its titles, named, changed, forgotten."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from zhengui.catalogue.model import Field, Ledger
from zhengui.exchange.match import plain_title
from zhengui.exchange.problem import ExchangeProblem
from zhengui.services.entry.incoming import LEAVE
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.records import settings

#: Settings by number.
KEY = "import.match."
#: A file is of a remembered kind if it shares so much of its titles.
_ALIKE = 0.7
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class ImportMatch:
    """A kind of file for one ledger: `titles` are its columns, `columns` field keys by title ("" stays out), `values`
    what is read for a text, by field key, LEAVE for rows that stay out; `fixed` texts for fields without a column.
    """

    number: int
    name: str
    ledger: str
    titles: tuple[str, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)


@reads
def all_matches(reading: Reading, ledger: str = "") -> list[ImportMatch]:
    """What is remembered for a ledger, or for all, in the order in which it was."""
    stored = settings.read_all(reading.conn, reading.tables, KEY)
    found = [_match(int(key.removeprefix(KEY)), value) for key, value in stored.items()]
    return sorted((m for m in found if not ledger or m.ledger == ledger), key=lambda match: match.number)


@reads
def match_for(reading: Reading, ledger: str, titles: Sequence[str]) -> ImportMatch | None:
    """What is remembered for a file with these titles: the likest, where it is like enough; None else."""
    wanted = _plain(titles)
    scored = [
        (_likeness(wanted, _plain(match.titles)), match.number, match)
        for match in all_matches(reading, ledger)
    ]
    best = max(scored, default=None, key=lambda each: each[:2])
    return best[2] if best is not None and best[0] >= _ALIKE else None


@writes(Right.ENTER)
def keep_match(writing: Writing, match: ImportMatch) -> ImportMatch:
    """Remember a match; one of exactly the same titles is replaced, and `number` 0 stands for a new one."""
    known = all_matches(writing)
    same = [m for m in known if m.ledger == match.ledger and _plain(m.titles) == _plain(match.titles)]
    number = match.number or (same[0].number if same else max((m.number for m in known), default=0) + 1)
    kept = replace(match, number=number)
    stored = {
        "name": kept.name,
        "ledger": kept.ledger,
        "titles": list(kept.titles),
        "columns": dict(kept.columns),
        # A sign of the program's own is no text of the office, which a setting keeps without unseen characters.
        "values": {
            key: {text: None if told == LEAVE else told for text, told in texts.items()}
            for key, texts in kept.values.items()
        },
        "fixed": dict(kept.fixed),
    }
    settings.write(writing.conn, writing.tables, f"{KEY}{number}", stored, writing.operator)
    return kept


@writes(Right.ENTER)
def forget_match(writing: Writing, number: int) -> None:
    """Forget a match."""
    settings.remove(writing.conn, writing.tables, f"{KEY}{number}")


def _match(number: int, stored: Mapping[str, Any]) -> ImportMatch:
    return ImportMatch(
        number,
        stored["name"],
        stored["ledger"],
        tuple(stored["titles"]),
        stored.get("columns", {}),
        {
            key: {text: LEAVE if told is None else told for text, told in texts.items()}
            for key, texts in stored.get("values", {}).items()
        },
        stored.get("fixed", {}),
    )


def _plain(titles: Sequence[str]) -> frozenset[str]:
    return frozenset(plain_title(title) for title in titles if title)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def read_match(path: Path, ledger: Ledger) -> ImportMatch:
    """A match from a file that people wrote, with fields by title or key; raises ExchangeProblem with a sentence.

    {"columns": {"户主姓名": "户主", "备注2": ""}, "values": {"村（居）": {"东方村": "东风村", "外镇": null}}}
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise ExchangeProblem(f"“{path.name}”太大，不是列的配法。请核对文件。")
        given = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ExchangeProblem(f"“{path.name}”打不开。请核对文件是否还在。") from error
    except (ValueError, RecursionError) as error:
        raise ExchangeProblem(f"“{path.name}”不是列的配法。请核对引号、逗号和括号。") from error
    parts = [
        given.get(name, {}) if isinstance(given, dict) else None for name in ("columns", "values", "fixed")
    ]
    if any(not isinstance(part, dict) for part in parts):
        raise ExchangeProblem(f"“{path.name}”里要有“columns”“values”“fixed”三部分中的一部分。请照说明改写。")
    columns, values, fixed = parts
    assert columns is not None
    assert values is not None
    assert fixed is not None
    known = {title: _field(ledger, str(name)).key if name else "" for title, name in columns.items()}
    mapped: dict[str, dict[str, str]] = {}
    for name, texts in values.items():
        if not isinstance(texts, dict):
            raise ExchangeProblem(f"“{path.name}”里“{name}”的取值要写成“原来的：改为的”。请照说明改写。")
        mapped[_field(ledger, name).key] = {
            str(text): LEAVE if instead is None else str(instead) for text, instead in texts.items()
        }
    given_fixed = {_field(ledger, name).key: str(text) for name, text in fixed.items()}
    return ImportMatch(0, path.stem, ledger.key, tuple(columns), known, mapped, given_fixed)


def written_match(match: ImportMatch, ledger: Ledger) -> str:
    """A match as a file that people can read and change, the way `read_match` takes it."""

    def title(key: str) -> str:
        found = ledger.by_key.get(key)
        return found.title if found is not None else ""

    given = {
        "columns": {name: title(key) for name, key in match.columns.items()},
        "values": {
            title(key): {text: None if told == LEAVE else told for text, told in texts.items()}
            for key, texts in match.values.items()
        },
        "fixed": {title(key): text for key, text in match.fixed.items()},
    }
    return json.dumps(given, ensure_ascii=False, indent=2) + "\n"


def _field(ledger: Ledger, name: str) -> Field:
    if name in ledger.by_key:
        return ledger.by_key[name]
    wanted = plain_title(name)
    found = next((f for f in ledger.live_fields if plain_title(f.title) == wanted), None)
    if found is None:
        raise ExchangeProblem(f"台账“{ledger.title}”没有“{name}”这个字段。请按台账的字段名称改写配法。")
    return found
