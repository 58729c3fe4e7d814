"""One word for each chore of whoever changes the program, on Linux and on Windows.

python dev.py check            style, types, layers, and the tests nearest to what you changed, as many as fit a minute
python dev.py test [ARGS]      the tests, on all processors; ARGS go to pytest
python dev.py long             what the suite tries in part, in full: random pages, torture documents
python dev.py all              everything a change must pass, as .ci/run does it
python dev.py shot PAGE        a picture of one page of the window on the demo: home, area:safety, report …; where there
                               was one before, also where both differ
python dev.py profile ACTION   where the time goes of a command (figures, report, evidence, export) or of showing a page
                               of the window (home, area:safety, report …)
python dev.py demo             make the demo township and open its window
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import cProfile

ROOT = Path(__file__).resolve().parent
#: Where the demo lies between two chores; made anew when the catalogue or the demo's own code is newer.
DEMO = Path(tempfile.gettempdir()) / "zhengui-demo"
PROFILED = {
    "figures": ["figures", "{demo}", "--year", "2021"],
    "report": ["report", "{demo}", "--year", "2021", "--pdf", "{out}.pdf"],
    "evidence": ["evidence", "{demo}", "--year", "2021", "--pdf", "{out}.pdf"],
    "export": ["export", "{demo}", "hazard", "{out}.xlsx"],
}
#: What is checked for types besides the program.
TYPED_BESIDES = ("tests", "benchmarks", "db", "packaging", "dev.py", "main.py")
#: Tests that no change is too small for.
ALWAYS = (
    "tests/architecture/test_code.py",
    "tests/architecture/test_rooms.py",
    "tests/architecture/test_words.py",
)
#: What asks `tests.long.as_many` how much to try.
LONG = ("tests/reports/gb9704/test_page_measures.py", "tests/services/test_slot_changes.py")
MOST_TESTS = 12
#: Seconds after its beginning in which `check` begins further tests, and those that tests have at least.
TIME_FOR_ALL, LEAST_FOR_TESTS = 50, 10


def main(words: Sequence[str] | None = None) -> int:
    """Do one chore; returns its exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    chores = parser.add_subparsers(dest="chore", required=True)
    chores.add_parser("check").set_defaults(run=lambda _given: check())
    test = chores.add_parser("test", add_help=False)
    test.set_defaults(run=lambda given: python("-m", "pytest", "-n", "auto", *given.rest))
    chores.add_parser("long").set_defaults(run=lambda _given: at_length())
    chores.add_parser("all").set_defaults(run=lambda _given: everything())
    shot = chores.add_parser("shot")
    shot.add_argument("page", help="home, area:KEY, registers, plan, report, reporting, system")
    shot.add_argument("--of", default="", help="the ledger or figure to show on it")
    shot.add_argument("--size", default="1366x768", choices=("1366x768", "1920x1080"))
    shot.add_argument("--to", type=Path, help="the PNG; beside the demo if not given")
    shot.set_defaults(run=lambda given: take(given.page, given.of, given.size, given.to))
    profile = chores.add_parser("profile")
    profile.add_argument("action", help=f"{', '.join(sorted(PROFILED))}, or a page as in shot")
    profile.add_argument("--of", default="", help="the ledger or figure to show on the page")
    profile.set_defaults(run=lambda given: profiled(given.action, given.of))
    chores.add_parser("demo").set_defaults(run=lambda _given: python("main.py", str(demo())))
    given, rest = parser.parse_known_args(words)
    given.rest = rest
    if rest and given.chore != "test":
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    return int(given.run(given))


def python(*words: str, quiet: bool = False) -> int:
    """Run this Python in the repository; its exit status."""
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, check=False, stdout=subprocess.DEVNULL if quiet else None
    ).returncode


def check() -> int:
    """Style, types and layers, then the tests that mention what was changed since the last commit on main."""
    begun = time.monotonic()
    layers = "from importlinter.cli import lint_imports_command as run; run(['--no-timing'])"
    steps: list[tuple[str, ...]] = [
        ("-m", "ruff", "check", "."),
        ("-m", "ruff", "format", "--check", "."),
        ("-m", "mypy"),
        ("-m", "mypy", *TYPED_BESIDES),
    ]
    for step in steps:
        print("==", " ".join(step[1:]), flush=True)
        if status := python(*step):
            return status
    print("== import-linter", flush=True)
    if status := python("-c", layers.replace("'--no-timing'", ""), quiet=True):
        return python("-c", layers.replace("'--no-timing'", "")) or status
    files = changed()
    tests = [*ALWAYS, *tests_of(files)]
    print("==", f"{len(tests)} test files", flush=True)
    import pytest

    left = TIME_FOR_ALL - (time.monotonic() - begun)
    clock = Clock(max(left, LEAST_FOR_TESTS), files)
    status = int(pytest.main(["-q", "-x", "-p", "no:randomly", *tests], plugins=[clock]))
    if not clock.is_up:
        return status
    print(f"== {clock.left} tests were left for lack of time; dev.py test runs all", flush=True)
    return 0 if status == pytest.ExitCode.INTERRUPTED else status


class Clock:
    """Lets pytest begin no further test once the time is up; the nearest tests come first.

    A test that judges one file of the repository runs only where that file was changed.
    """

    def __init__(self, seconds: float, files: Sequence[Path] = ()) -> None:
        self.seconds, self.begun, self.left = seconds, time.monotonic(), 0
        self.files, self.is_up = set(files), False

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Leave out what judges a file that is as it was."""
        items[:] = [each for each in items if self.concerns(each)]

    def concerns(self, item: Any) -> bool:
        """Whether a test has to do with what was changed."""
        judged = getattr(getattr(item, "callspec", None), "params", {}).get("path")
        return not isinstance(judged, Path) or not judged.is_relative_to(ROOT) or judged in self.files

    def pytest_collection_finish(self, session: Any) -> None:
        """The tests are known."""
        self.left = len(session.items)

    def pytest_runtest_logfinish(self, nodeid: str, location: Any) -> None:
        """One test less is left."""
        self.left -= 1

    def pytest_runtest_protocol(self, item: Any, nextitem: Any) -> None:
        """Say after a test that it was the last one."""
        if time.monotonic() - self.begun > self.seconds:
            self.is_up = True
            item.session.shouldstop = "the time is up"


def changed() -> list[Path]:
    """Python files that differ from main, or from the last commit where main is checked out."""
    asked = subprocess.run(
        ["git", "merge-base", "HEAD", "main"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    base = asked.stdout.strip() or "HEAD"
    listed = subprocess.run(
        ["git", "diff", "--name-only", base], cwd=ROOT, capture_output=True, text=True, check=True
    )
    new = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names = [*listed.stdout.splitlines(), *new.stdout.splitlines()]
    return [ROOT / name for name in names if name.endswith(".py") and (ROOT / name).exists()]


def tests_of(files: Sequence[Path]) -> list[str]:
    """The test files among them, and those that import a changed module; so many at most, the nearest first."""
    modules = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in files
        if path.is_relative_to(ROOT / "zhengui")
    }
    found = [path for path in files if path.is_relative_to(ROOT / "tests") and path.name.startswith("test_")]
    scored = []
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        if path in found or path.parent.name == "architecture":
            continue
        text = path.read_text(encoding="utf-8")
        hits = sum(
            module in text or f"from {module.rpartition('.')[0]} import {module.rpartition('.')[2]}" in text
            for module in modules
        )
        if hits:
            scored.append((-hits, str(path)))
    near = [Path(path) for _hits, path in sorted(scored)]
    return [str(path.relative_to(ROOT)) for path in [*found, *near][:MOST_TESTS]]


def at_length() -> int:
    """The trials of which the suite makes a part."""
    os.environ["ZHENGUI_LONG"] = "1"
    return python("-m", "pytest", "-q", *LONG) or python("-m", "tests.reports.torture")


def everything() -> int:
    """What .ci/run does; on Windows its steps one after another."""
    if os.name != "nt":
        return subprocess.run(["bash", ".ci/run"], cwd=ROOT, check=False).returncode
    return check() or python("-m", "pytest", "-n", "auto")


def demo() -> Path:
    """The demo township's file, made anew where what it is made of is newer."""
    made_of = [*(ROOT / "db").rglob("*.py"), *(ROOT / "resources" / "catalogue").glob("*.toml")]
    newest = max(path.stat().st_mtime for path in made_of)
    found = next(iter(DEMO.glob("*.zgdb")), None)
    if found is None or found.stat().st_mtime < newest:
        for old in DEMO.glob("*"):
            if old.is_file():
                old.unlink()
        python("main.py", "demo", str(DEMO))
        found = next(iter(DEMO.glob("*.zgdb")))
    return found


def take(page: str, of: str, size: str, to: Path | None) -> int:
    """Take a picture of one page."""
    path = demo()
    os.environ.setdefault("ZHENGUI_HOME", str(DEMO / "home"))
    sys.path.insert(0, str(ROOT / "packaging"))
    import screenshots
    from PIL import Image

    from zhengui.gui.frame.start import application

    target = to or DEMO / f"{page.replace(':', '-')}{'-' if of else ''}{of}-{size}.png"
    before = Image.open(BytesIO(target.read_bytes())) if target.exists() else None
    target.unlink(missing_ok=True)  # what differs little is told as well
    studio = screenshots.Studio(application([]), target.parent, "")
    studio.open(path)
    studio.window.showNormal()  # whatever size the window had last time
    studio.window.resize(screenshots.SCREENS[size])
    studio.go(page, of)
    studio.take(target.stem)
    print(target)
    if before is not None:
        from tests.pictures import difference

        differing = difference(Image.open(target), before)
        where = differing.getbbox()
        print("as before" if where is None else f"differs from before within {where}")
        if where is not None:
            differing.save(target.with_name(f"{target.stem}-difference.png"))
    return 0


def profiled(action: str, of: str = "") -> int:
    """Run a command, or show a page, under the profiler and print where the time goes."""
    if action not in PROFILED:
        return profiled_page(action, of)
    out = DEMO / f"profile-{action}"
    words = [word.format(demo=demo(), out=out) for word in PROFILED[action]]
    kept = out.with_suffix(".prof")
    if status := python("-m", "cProfile", "-o", str(kept), "main.py", *words):
        return status
    tell_time(str(kept))
    return 0


def profiled_page(page: str, of: str) -> int:
    """Show a page of the window on the demo under the profiler, workers included, and print where the time goes."""
    path = demo()
    os.environ.setdefault("ZHENGUI_HOME", str(DEMO / "home"))
    sys.path.insert(0, str(ROOT / "packaging"))
    import cProfile
    import pstats

    import screenshots

    from zhengui.gui.frame.start import application

    studio = screenshots.Studio(application([]), DEMO, "")
    studio.open(path)
    profiles = watch_workers()
    own = cProfile.Profile()
    own.runcall(studio.go, page, of)
    profiles.insert(0, own)
    kept = DEMO / f"profile-{page.replace(':', '-')}.prof"
    whole = pstats.Stats(profiles[0])
    for each in profiles[1:]:
        whole.add(each)
    whole.dump_stats(kept)
    tell_time(str(kept))
    return 0


def watch_workers() -> list[cProfile.Profile]:
    """Put whatever workers do from now on under a profiler each; the list grows with them."""
    import cProfile

    from zhengui.gui.kit import background

    profiles: list[cProfile.Profile] = []
    do = background._do

    def watched(task: background.Task) -> None:
        mine = cProfile.Profile()
        profiles.append(mine)
        mine.runcall(do, task)

    background._do = watched
    return profiles


def tell_time(profile: str) -> None:
    """Print where the time of a kept profile goes."""
    import pstats

    pstats.Stats(profile).strip_dirs().sort_stats("cumulative").print_stats(30)


if __name__ == "__main__":
    raise SystemExit(main())
