"""Figures that were already computed, kept until a ledger they came from changes."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from contextlib import AbstractContextManager
from typing import Any

#: More kept results than any screen asks for; beyond it everything is dropped and computed anew.
LIMIT = 20_000
#: So many computations of different things may be under way; more than there are workers.
_TURNS = 64


class Results:
    """Results by request, each with the versions of the ledgers it was computed from; safe between threads."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[Hashable, object]] = {}
        self._lock = threading.Lock()
        self._turns = [threading.RLock() for _ in range(_TURNS)]

    def turn(self, request: Hashable) -> AbstractContextManager[Any]:
        """For a `with` around a computation: whoever asks for the same meanwhile waits, and then finds it kept."""
        return self._turns[hash(request) % len(self._turns)]

    def find(self, request: Hashable, versions: Hashable) -> Any | None:
        """The kept result of `request`, or None where there is none or a ledger has changed since."""
        with self._lock:
            kept = self._kept.get(request)
        return kept[1] if kept is not None and kept[0] == versions else None

    def keep(self, request: Hashable, versions: Hashable, result: Any) -> None:
        """Keep `result` for as long as `versions` stay as they are."""
        with self._lock:
            if len(self._kept) >= LIMIT:
                self._kept.clear()
            self._kept[request] = (versions, result)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()

    def __len__(self) -> int:
        return len(self._kept)
