"""What can be done with the plan's items from its page, each with its dialog and its way back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from zhengui.figures import period as periods
from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.dialogs import ask
from zhengui.gui.kit.trouble import sentence, show_trouble
from zhengui.gui.kit.waiting import run_waiting
from zhengui.gui.plan.dialogs import SheetDialog
from zhengui.gui.plan.facts import Details
from zhengui.gui.plan.report_dialog import ReportDialog
from zhengui.gui.plan.rows import PlanRow
from zhengui.gui.plan.share_dialog import ShareDialog
from zhengui.services.entry.record import Mistakes, load, save
from zhengui.services.plan import report_progress, schedule_plan, share_ways
from zhengui.services.plan.list_plan import DONE, LEDGER
from zhengui.storage.problem import StorageProblem
from zhengui.values.value import Value


class PlanDeeds:
    """Acts on an item; questions open over `host`."""

    def __init__(self, desk: Desk, host: QWidget) -> None:
        self._desk, self._host = desk, host

    def report(self, row: PlanRow, village: int | None = None) -> None:
        """Ask how far the item is, and write it down."""
        township, desk = self._desk.township, self._desk
        given = (row.item, township.today(), desk.scope.all_villages, township.operator)
        asked = ReportDialog(self._host, *given, village=village)
        if asked.exec() != QDialog.DialogCode.Accepted:
            return
        day = asked.read_day()
        assert day is not None
        told = (asked.told.toPlainText(), asked.read_value(), asked.read_village(), asked.who.text().strip())
        try:
            number = report_progress.add_report(township, row.item.id, day, *told)
        except StorageProblem as error:
            show_trouble(self._host, error)
            return
        desk.say("已登记进展", lambda: self._take_back_report(number))
        desk.saved.emit(LEDGER)

    def _take_back_report(self, number: int) -> None:
        report_progress.remove_report(self._desk.township, number)
        self._desk.saved.emit(LEDGER)

    def share(self, details: Details) -> None:
        """Ask how to share an item out, or what is left of it anew."""
        township, item = self._desk.township, details.row.item
        held = details.schedule is not None
        of_people = share_ways.of_a_share(township, item)
        indicators = {each.key: each.title for each in share_ways.weighable(township, item.due.year)}
        asked = ShareDialog(self._host, held, self._desk.scope.all_villages, of_people, indicators)
        if asked.exec() != QDialog.DialogCode.Accepted:
            return
        by = str(asked.by.currentData())
        try:
            if held:
                made = schedule_plan.reallocate(township, item, own_goals=not by, by=by or "population")
            else:
                assert asked.step is not None
                own = asked.weights() if by == "own" else None
                made = schedule_plan.draft(township, item, by, str(asked.step.currentData()), own)
            number = schedule_plan.keep(township, made)
        except StorageProblem as error:
            show_trouble(self._host, error)
            return
        words = "已重新分配" if held else f"已分解到 {len(made.parts)} 个村（居）"
        self._desk.say(words, lambda: self._take_back_share(number))
        self._desk.saved.emit(LEDGER)

    def _take_back_share(self, schedule: int) -> None:
        schedule_plan.take_back(self._desk.township, schedule)
        self._desk.saved.emit(LEDGER)

    def finish(self, row: PlanRow) -> None:
        """Enter an item as done today."""
        township, item = self._desk.township, row.item.id
        before, _version = load(township, LEDGER, item)
        old = {key: before.get(key) for key in ("status", "done_on")}
        try:
            save(township, LEDGER, {"status": DONE, "done_on": township.today()}, item)
        except (Mistakes, StorageProblem) as error:
            show_trouble(self._host, error)
            return
        self._desk.say("已登记完成", lambda: self._put_back(item, old))
        self._desk.saved.emit(LEDGER)

    def _put_back(self, item: int, old: Mapping[str, Value]) -> None:
        save(self._desk.township, LEDGER, old, item)
        self._desk.saved.emit(LEDGER)

    def sheet(self, year: int) -> None:
        """Ask which progress sheet is wanted, and save it."""
        from zhengui.services.paper import plan_sheet

        township, desk = self._desk.township, self._desk
        asked = SheetDialog(self._host, year, township.today())
        if asked.exec() != QDialog.DialogCode.Accepted:
            return
        quarter, kind = int(asked.sheet.currentData()), str(asked.kind.currentData())
        name = f"{township.profile().name}{asked.sheet.currentText()}.{kind}"
        kinds = {"pdf": "PDF (*.pdf)", "xlsx": "Excel 表格 (*.xlsx)"}
        chosen, _kind = QFileDialog.getSaveFileName(self._host, "存进度表", name, kinds[kind])
        if not chosen:
            return
        path = Path(chosen)

        def work(_progress: object) -> str:
            sheet = (
                plan_sheet.quarter_sheet(township, year, quarter)
                if quarter
                else plan_sheet.year_sheet(township, year)
            )
            if kind == "pdf":
                return f"{plan_sheet.save_pdf(township, sheet, path)} 页"
            return f"{plan_sheet.save_workbook(sheet, path)} 行"

        run_waiting(
            self._host,
            desk.background,
            "正在做进度表",
            work,
            lambda told: desk.offer_file(f"进度表已存好，{told}：{path.name}", path),
            lambda error: desk.say(sentence(error)),
        )

    def turn_year(self) -> None:
        """Open the next year, after saying what that does."""
        from zhengui.services.township.working_year import working_year
        from zhengui.services.whole import open_next_year

        township, desk = self._desk.township, self._desk
        year = working_year(township)
        why = open_next_year.may_open(township)
        if why:
            show_trouble(self._host, StorageProblem(why))
            return
        text = (
            f"工作领域、台账和设置照旧沿用，{year + 1} 年计划转为执行，"
            f"{year + 1} 年文稿以 {year} 年的文字起头，每段都标上“沿用的写法，请重新看过”。"
            f"{year} 年的记录和文稿不动，随时可以翻看。"
        )
        if not ask(self._host, f"现在开启 {year + 1} 年吗？", text, f"开启 {year + 1} 年", "先不开启"):
            return
        turned = open_next_year.open_next_year(township)
        left = f"，{year} 年还有 {turned.unsettled} 项没有说明原因" if turned.unsettled else ""
        begun = turned.document if turned.new_document else 0
        words = f"已开启 {turned.year} 年，计划 {turned.plan_items} 项{left}"
        desk.say(words, lambda: self._turn_back(begun))
        desk.saved.emit(LEDGER)
        desk.scope.set_period(periods.year(turned.year))

    def _turn_back(self, begun: int) -> None:
        from zhengui.services.whole.open_next_year import close_next_year

        year = close_next_year(self._desk.township, begun)
        self._desk.saved.emit(LEDGER)
        self._desk.scope.set_period(periods.year(year))
