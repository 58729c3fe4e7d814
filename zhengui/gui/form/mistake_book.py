"""Which mistakes are told and when: of a field once it was left, of all fields once saving was tried."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from zhengui.gui.form.notice_bar import NoticeBar
from zhengui.gui.form.sheet import RecordSheet
from zhengui.services.entry import record
from zhengui.services.township.township import Township
from zhengui.values.check import Mistake


class MistakeBook:
    """The mistakes of the record in the form.

    Before the first try to save only fields that were edited and left are judged; after it (`strict`) all are.
    """

    def __init__(self) -> None:
        self.touched: set[str] = set()
        self.strict = False
        self._told: dict[str, Mistake] = {}
        self._elsewhere: list[Mistake] = []
        self._refused: tuple[Mistake, ...] = ()

    def forget(self) -> None:
        """Begin anew with another record."""
        self.touched.clear()
        self.strict = False
        self._told.clear()
        self._elsewhere.clear()
        self._refused = ()

    @property
    def errors(self) -> list[str]:
        """The fields to be changed before the record can be saved, in no order."""
        return [key for key, mistake in self._told.items() if mistake.severity == "error"]

    @property
    def elsewhere(self) -> list[Mistake]:
        """Mistakes of fields that the form does not show."""
        return self._elsewhere

    def judge(self, township: Township, sheet: RecordSheet, record_id: int | None) -> None:
        """Check what stands in the form and tell it at the fields."""
        values, unread = sheet.collect()
        checked = record.check(township, sheet.ledger.key, values, record_id)
        found = [m for m in checked if m.field not in _keys(unread)]
        self.tell(sheet, [*unread, *found, *self._refused])

    def refused(self, sheet: RecordSheet, found: Sequence[Mistake]) -> None:
        """Tell what only saving has found; it stands until something is typed."""
        self._refused = tuple(found)
        self.tell(sheet, found)

    def tell(self, sheet: RecordSheet, found: Sequence[Mistake]) -> None:
        """Show mistakes at their fields; an error goes before a remark."""
        self._told.clear()
        self._elsewhere = [m for m in found if m.field not in sheet.rows and m.severity == "error"]
        for mistake in sorted(found, key=lambda m: m.severity != "error"):
            if mistake.field in sheet.rows and (self.strict or mistake.field in self.touched):
                self._told.setdefault(mistake.field, mistake)
        for key, row in sheet.rows.items():
            row.show_mistake(self._told.get(key))

    def tell_count(self, bar: NoticeBar, on_next: Callable[[], None]) -> None:
        """Say over the fields how many have to be changed, once saving was tried."""
        if not self.strict:
            return
        count = len(self.errors) + len(self._elsewhere)
        if not count:
            bar.hide()
        elif self.errors:
            bar.say("over", f"还有 {count} 处要改，改好才能保存", ("下一处 F8", on_next))
        else:
            first = self._elsewhere[0]
            bar.say("over", f"{first.title}：{first.message}")

    def typing(self, sheet: RecordSheet, key: str) -> None:
        """Say nothing about a field while it is being typed in."""
        self.touched.add(key)
        self._refused = ()
        self._told.pop(key, None)
        sheet.rows[key].show_mistake(None)


def _keys(mistakes: Sequence[Mistake]) -> set[str]:
    return {mistake.field for mistake in mistakes}
