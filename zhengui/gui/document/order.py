"""The order of a document's parts: what belongs to a heading, where a part can move to, and how each is numbered."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from zhengui.figures.numerals import chinese
from zhengui.services.plan.list_plan import goes_on, is_told
from zhengui.storage.writing.documents import HEADING, ITEMS, PARAGRAPH, Part

#: A place before all parts.
FRONT = None


def block_of(parts: Sequence[Part], part: int) -> list[Part]:
    """A part with, if it is a heading, all that stands under it."""
    at = index_of(parts, part)
    block = [parts[at]]
    if parts[at].kind == HEADING:
        for each in parts[at + 1 :]:
            if each.kind == HEADING and each.level <= parts[at].level:
                break
            block.append(each)
    return block


def index_of(parts: Sequence[Part], part: int) -> int:
    """Where a part stands; ValueError where it is not there."""
    for at, each in enumerate(parts):
        if each.id == part:
            return at
    raise ValueError(part)


def before(parts: Sequence[Part], at: int) -> int | None:
    """The part that something put at place `at` would follow."""
    return parts[at - 1].id if at > 0 else FRONT


def step_up(parts: Sequence[Part], part: int) -> tuple[bool, int | None]:
    """Whether a part can move up, and after which part it would stand then."""
    at = index_of(parts, part)
    if parts[at].kind != HEADING:
        return (at > 0, before(parts, at - 1)) if at else (False, FRONT)
    for place in range(at - 1, -1, -1):
        each = parts[place]
        if each.kind == HEADING and each.level <= parts[at].level:
            return each.level == parts[at].level, before(parts, place)
    return False, FRONT


def step_down(parts: Sequence[Part], part: int) -> tuple[bool, int | None]:
    """Whether a part can move down, and after which part it would stand then."""
    block = block_of(parts, part)
    at = index_of(parts, part) + len(block)
    if at >= len(parts):
        return False, FRONT
    following = parts[at]
    if parts[index_of(parts, part)].kind != HEADING:
        return True, following.id
    if following.kind != HEADING or following.level != block[0].level:
        return False, FRONT
    return True, block_of(parts, following.id)[-1].id


def numbers(
    parts: Sequence[Part], items: Mapping[int, Sequence[str]], silent: Collection[int] = ()
) -> dict[int, str]:
    """The printed number of each heading and of each paragraph with a title.

    `items` counts the plan items, `silent` are parts that are not printed though they are on.
    """
    found: dict[int, str] = {}
    counts = [0] * 5
    off_from, last = 0, ""
    for part in parts:
        heading = part.kind == HEADING
        if off_from and heading and part.level <= off_from:
            off_from = 0
        if off_from or not part.on or part.id in silent:
            off_from = off_from or (part.level if heading else 0)
            continue
        if heading:
            counts[part.level] += 1
            counts[part.level + 1 :] = [0] * (4 - part.level)
            found[part.id] = _written(part.level, counts[part.level])
        elif part.kind == ITEMS:
            lines = len(items.get(part.id, ()))
            # Items that are told go on in their paragraph, or have one of their own where it isn't printed.
            counts[3] += int(bool(lines) and not goes_on(last, part.key)) if is_told(part.text) else lines
        elif part.title:
            counts[3] += 1
            found[part.id] = f"{counts[3]}."
        if part.kind == PARAGRAPH:
            last = part.key
    return found


def _written(level: int, count: int) -> str:
    return {1: f"{chinese(count)}、", 2: f"（{chinese(count)}）", 3: f"{count}.", 4: f"（{count}）"}[level]
