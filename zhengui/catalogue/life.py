"""Which years an entry of the catalogue lives in, asked at this one place: 2021 stays as it was when 2022 changes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Life:
    """From `since` on, up to but without `retired`; None is without a bound."""

    since: int | None = None
    retired: int | None = None

    def touches(self, first: int, last: int) -> bool:
        """Whether it lives in any of these years."""
        return (self.since is None or self.since <= last) and (self.retired is None or self.retired > first)


ALWAYS = Life()
