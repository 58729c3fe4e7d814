"""Lets the log know who looked at whole personal numbers, each once."""

from __future__ import annotations

from zhengui.services.township import personal
from zhengui.services.township.township import Township


class SeenNumbers:
    """The numbers that were looked at since the form was made."""

    def __init__(self, township: Township) -> None:
        self._township = township
        self._seen: set[tuple[str, int, str]] = set()

    def note(self, ledger_key: str, record_id: int | None, field: str) -> None:
        """Note it, where the office has people with passwords and this one may see the number at all."""
        if record_id is None:
            return
        seen = (ledger_key, record_id, field)
        if self._township.account is None or seen in self._seen or not self._may_see():
            return
        self._seen.add(seen)
        if self._township.database.held_by is None:
            personal.note_seen(self._township, *seen)

    def _may_see(self) -> bool:
        with self._township.reading() as reading:
            return personal.may_see(reading)
