"""What a user asks of one ledger's table: a state, a search, filters, or the recycle bin."""

from __future__ import annotations

from dataclasses import dataclass, field

from zhengui.gui.ledger.column_filter import WantedValues


@dataclass
class Wish:
    """What the user asked of one ledger's table; kept while the program runs."""

    state: str = ""
    search: str = ""
    filters: dict[str, WantedValues] = field(default_factory=dict)
    bin: bool = False

    @property
    def narrow(self) -> bool:
        """Whether anything is filtered here, besides period and villages."""
        return bool(self.state or self.search or self.filters)
