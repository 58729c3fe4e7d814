"""What a pasted block will do to the cells it goes to: each change before and after, each mistake beside its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from zhengui.catalogue.model import Ledger
from zhengui.gui.form.field_context import TownshipContext
from zhengui.gui.kit.dialogs import Dialog
from zhengui.gui.kit.plain_table import PlainTable
from zhengui.gui.ledger.pending import TypedCell
from zhengui.services.entry.steps import CellsLook
from zhengui.values.show import show

#: So many changed cells are shown one by one.
MOST_SHOWN = 500
_COLUMNS = (("哪一条", 230), ("栏目", 120), ("改前", 170), ("改后", 170), ("要改的地方", 0))


@dataclass(frozen=True, slots=True)
class PasteLine:
    """One cell of the preview: its record and column in words, before, after, and what is wrong with it."""

    record: str
    title: str
    before: str
    after: str
    wrong: str


def lines_of(
    ledger: Ledger,
    cells: Mapping[int, Mapping[str, TypedCell]],
    looks: CellsLook,
    office: TownshipContext,
) -> list[PasteLine]:
    """The cells that will change or can't be read, those with mistakes first."""
    lines = []
    for id, row in cells.items():
        look = looks.records.get(id)
        rules = {mistake.field: mistake.message for mistake in look.wrong} if look else {}
        # A rule may be broken by what was not pasted; then it is told with the first cell that was.
        others = "；".join(message for key, message in rules.items() if key not in row)
        for key, typed in row.items():
            field = ledger[key]
            told = typed.unread or rules.get(key, "")
            if told or (look is not None and key in look.changes):
                before = looks.before.get(id, {}).get(key)
                shown = show(field, before, office.lookup) if before is not None else ""
                lines.append(
                    PasteLine(looks.labels.get(id, ""), field.title, shown, typed.text, told or others)
                )
                others = ""
    return sorted(lines, key=lambda line: not line.wrong)


class PastePreview(Dialog):
    """Nothing is written before 粘贴 is pressed; afterwards one step takes all of it back."""

    def __init__(self, parent: QWidget, lines: Sequence[PasteLine], whole: int, over: int) -> None:
        wrong = sum(bool(line.wrong) for line in lines)
        changed = len({line.record for line in lines}), len(lines)
        super().__init__(
            parent,
            f"要改动 {changed[0]} 条记录的 {changed[1]} 格",
            _told(whole - len(lines), wrong, over),
            f"粘贴 {whole} 格",
            "不粘贴",
            960,
            520,
            title="粘贴",
        )
        self.table = PlainTable(_COLUMNS, "粘贴以后会怎样", self)
        shown = lines[:MOST_SHOWN]
        self.table.show_rows(
            [(x.record, x.title, x.before or "（空）", x.after or "（空）", x.wrong) for x in shown],
            ["over" if x.wrong else "" for x in shown],
        )
        self.rows.addWidget(self.table, 1)
        if len(lines) > MOST_SHOWN:
            self.add_words(f"另有 {len(lines) - MOST_SHOWN} 格没有列出。")


def _told(same: int, wrong: int, over: int) -> str:
    told = [f"{same} 格和现在相同，不动。"] if same else []
    if wrong:
        told.append(f"{wrong} 格有要改的地方：粘贴后标成红色，那一条等改好了才写入。")
    if over:
        told.append(f"多出的 {over} 行这里放不下，粘贴后可以导入为新记录。")
    return "".join(told)
