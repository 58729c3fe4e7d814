"""#11 and #12: the window over a million records: tabs, another year and village, a click on a figure, 总结报告."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.in_window import found_in_window
from benchmarks.measured import Measured
from benchmarks.prepared import copy_of

CHILD = """
from zhengui.figures.period import year
from zhengui.gui.desk import tabs
def timed(deed, there):
    # How long the window's thread is held up at a time, and when what was asked for is there.
    begun = last = time.perf_counter()
    deed()
    held, shown = 0.0, 0.0
    quiet = 0
    while quiet < 30:
        QApplication.processEvents()
        now = time.perf_counter()
        held, last = max(held, now - last), now
        if not shown and there():
            shown = now - begun
        if now - begun > 60:
            break
        quiet = quiet + 1 if shown and background.resting else 0
        time.sleep(0.001)
        last = time.perf_counter()
    return held, shown or last - begun
desk, window, background = session.desk, session.window, session.background
page = lambda: window.navigation.current
found = {"tabs": {}, "again": {}, "years": {}, "villages": {}, "figures": {}}
every = [tab.page for group in tabs.groups(desk.catalogue) for tab in group.tabs]
every = [each for each in every if each != "report"] + [tab.page for tab in tabs.PINNED]
for turn in ("tabs", "again"):
    for name in every:
        before = page()
        found[turn][name] = timed(lambda: desk.go(name), lambda: page() is not before)
        rest(background)
villages = list(desk.scope.all_villages)
for name in ("home", "area:safety", "worklist", "reporting", "ranking", "plan"):
    if name not in every:
        continue
    desk.go(name)
    rest(background)
    this = desk.scope.year
    found["years"][name] = timed(lambda: desk.scope.set_period(year(this - 1)), lambda: True)
    rest(background)
    desk.scope.set_period(year(this))
    rest(background)
    found["villages"][name] = timed(lambda: desk.scope.set_villages(villages[:1]), lambda: True)
    rest(background)
    desk.scope.set_villages([])
    rest(background)
for key in ("hazards_found", "leaflets", "visits", "cleanup_tonnes", "inspections"):
    if key not in desk.catalogue.indicators:
        continue
    desk.go("home")
    rest(background)
    def has_rows():
        if window.navigation.current.__class__.__name__ != "FigurePage":
            return False
        rows = window.navigation.current.records.list.table.rows
        return page().where().of == key and rows.rowCount() > 0 and rows.row(0).texts
    if page().__class__.__name__ == "FigurePage":
        page().records.list.table.rows.forget()
    found["figures"][key] = timed(lambda: desk.go("figure", key), has_rows)
    rest(background)
desk.go("home")
rest(background)
def written():
    here = page()
    return here.__class__.__name__ == "ReportPage" and len(here.text.toPlainText()) > 1000
held, text = timed(lambda: desk.go("report"), lambda: written() and page().preview.document.pageCount() > 0)
found["report"] = [held, text]
end(found)
"""


def measure(database: Path, work: Path) -> Iterator[Measured]:
    """The longest that the window's thread is held up at a time, and the time until what was asked for is seen."""
    copy = copy_of(database, work / "window", "seen")
    found = found_in_window(copy, CHILD)
    for name, what in (
        ("tabs", "each tab, opened the first time"),
        ("again", "each tab, opened again"),
        ("years", "another year, on six pages"),
        ("villages", "one village, on six pages"),
    ):
        yield slowest(what, found[name], 0)
    home = {"home": found["tabs"]["home"]}
    yield slowest("the first page 总览", home, 0)
    yield slowest("a click on a figure, the window", found["figures"], 0)
    yield slowest("a click on a figure, until its first rows", found["figures"], 1, 0.1)
    held, pages = found["report"]
    yield Measured(12, "opening 总结报告, the window", held, 0.2)
    yield Measured(12, "opening 总结报告, until the pages are there", pages, 2.5)


def slowest(what: str, found: dict[str, tuple[float, float]], which: int, target: float = 0.2) -> Measured:
    """The slowest of several, named."""
    name = max(found, key=lambda each: found[each][which])
    others = sorted((each[which] for each in found.values()), reverse=True)
    note = f"{name}, of {len(found)}; the median {others[len(others) // 2] * 1000:.0f} ms"
    return Measured(11, what, found[name][which], target, note=note)
