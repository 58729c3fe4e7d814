"""What is asked again and again of one state of the file, and can't change while it is read: asked once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import sqlalchemy as sa

T = TypeVar("T")
_HERE = "zhengui.one_state"


def once(conn: sa.Connection, key: Hashable, find: Callable[[], T]) -> T:
    """The answer of `find`, remembered until the reading ends; nothing is remembered of a state that is being changed."""
    reading = conn.get_transaction()
    if reading is None or conn.get_execution_options().get("writing", False):
        return find()
    kept: tuple[object, dict[Hashable, Any]] | None = conn.info.get(_HERE)
    if kept is None or kept[0] is not reading:
        kept = conn.info[_HERE] = (reading, {})
    answers = kept[1]
    if key not in answers:
        answers[key] = find()
    found: T = answers[key]
    return found


def forget(conn: sa.Connection) -> None:
    """Let go of the answers, once the reading is over."""
    conn.info.pop(_HERE, None)
