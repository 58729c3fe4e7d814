"""`python -m tests.exchange.mutated 2000`: workbooks with something broken in them never crash, hang or come in by half."""

from __future__ import annotations

import io
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

from tests.exchange import messy
from zhengui.exchange.problem import ExchangeProblem
from zhengui.services.entry import record
from zhengui.services.entry.apply_import import apply_import
from zhengui.services.entry.incoming import Wishes
from zhengui.services.entry.past_imports import take_back_import
from zhengui.services.entry.preview_import import preview_import
from zhengui.services.entry.read_sources import file_source, read_sheets
from zhengui.services.entry.return_rows import return_rows
from zhengui.services.township.township import Township, create_township
from zhengui.storage.browse import pages as browse
from zhengui.storage.browse.pages import Selection

#: Longer than this is a hang; seconds.
LONGEST = 60.0


def run(count: int, folder: Path, seed: int = 1) -> tuple[Counter[str], list[str]]:
    """Break so many workbooks and import each; what came of them, and what went wrong."""
    chance = random.Random(seed)
    township = create_township(folder / "甲.zgdb", "甲镇", "甲")
    township.working_day = date(2021, 12, 31)
    for name in ("白沙村", "石桥村", "云岭社区"):
        record.save(township, "village", {"name": name, "kind": "村", "active": True})
    seeds = [case.make(_new(folder, n)) for n, case in enumerate(messy.ALL[-45:])]
    answers: Counter[str] = Counter()
    wrong = []
    for number in range(count):
        source = chance.choice(seeds)
        path = folder / f"broken{source.suffix}"
        path.write_bytes(broken(source.read_bytes(), chance))
        begun = time.monotonic()
        try:
            answers[_import(township, path)] += 1
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what the trial looks for
            wrong.append(f"{number} ({source.name}): {type(error).__name__} {error}")
        if time.monotonic() - begun > LONGEST:
            wrong.append(f"{number} ({source.name}): took {time.monotonic() - begun:.0f} s")
    township.close()
    return answers, wrong


def _new(folder: Path, number: int) -> Path:
    made = folder / str(number)
    made.mkdir()
    return made


def _count(township: Township) -> int:
    with township.reading() as reading:
        return len(
            browse.ids_of(reading.conn, reading.tables, Selection("household", sort="", descending=False))
        )


def _import(township: Township, path: Path) -> str:
    """Import what can be imported of a file, hand the rest back, and take it all back."""
    source, before = file_source(path), _count(township)
    ledger = township.catalogue.ledgers["household"]
    try:
        sheets, others = read_sheets(township.catalogue, ledger, source)
    except ExchangeProblem as problem:
        told = problem.message
    else:
        told = ""
    if told:
        assert told.endswith("。")
        assert _count(township) == before
        return "told"
    preview = preview_import(township, "household", sheets, Wishes(), others)
    done = apply_import(township, preview, source, partial=True)
    assert _count(township) == before + done.added, "half an import"
    if done.refused:
        return_rows(preview, source, sheets, path.with_name("back.xlsx"), taken=True)
    if done.number:
        take_back_import(township, done.number)
    assert _count(township) == before
    return "imported" if done.added else "nothing in it"


def broken(content: bytes, chance: random.Random) -> bytes:
    """The content with something wrong: bytes, a piece gone or twice, its end gone, or the XML inside."""
    way = chance.randrange(6)
    if way == 5 and content.startswith(b"PK"):
        return _broken_inside(content, chance)
    made = bytearray(content)
    at = chance.randrange(len(made))
    piece = made[at : at + chance.randrange(1, 400)]
    if way == 0:
        for _time in range(chance.randrange(1, 20)):
            made[chance.randrange(len(made))] = chance.randrange(256)
    elif way == 1:
        del made[at:]
    elif way == 2:
        del made[at : at + len(piece)]
    elif way == 3:
        made[at:at] = piece
    else:
        made[at : at + len(piece)] = bytes(len(piece))
    return bytes(made)


def _broken_inside(content: bytes, chance: random.Random) -> bytes:
    """A sound archive with a part of it broken, so that the XML is what is wrong."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = chance.choice(names)
        for name in names:
            part = bytearray(old.read(name))
            if name == chosen and part:
                for _time in range(chance.randrange(1, 6)):
                    part[chance.randrange(len(part))] = chance.randrange(32, 127)
            new.writestr(name, bytes(part))
    return made.getvalue()


def main(arguments: list[str]) -> int:
    """Run the trial and print what was seen; the status is 1 where anything went wrong."""
    count = int(arguments[0]) if arguments else 2000
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        answers, wrong = run(count, Path(place), int(arguments[1]) if len(arguments) > 1 else 1)
    print(", ".join(f"{what}: {number}" for what, number in answers.most_common()))
    print(f"{count} in {time.monotonic() - begun:.0f} s, {len(wrong)} went wrong", *wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
