"""Which year's plan is looked at: the working year's being carried out, or the next one's being drafted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhengui.gui.desk.desk import Desk


@dataclass
class PlanShown:
    """What the parts of the plan's page share."""

    desk: Desk
    draft: bool = False

    @property
    def year(self) -> int:
        """The year whose plan is shown."""
        return self.desk.scope.year + self.draft

    def judged_on(self) -> date | None:
        """The day of judging where less than the whole year is looked at."""
        period = self.desk.scope.period
        return None if period.is_year else period.end
