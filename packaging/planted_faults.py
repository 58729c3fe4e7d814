"""Plant faults in an installed copy, one at a time, and see that each ends in a Chinese sentence that says what to do.

usage: planted_faults.py folder-of-the-program working-folder [--wine]

Each fault gets a copy of the program of its own. With --wine the Windows program is run; the prefix is the one of
packaging/windows/wine/environment.sh, with its first processes already started and a screen in DISPLAY.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: What a sentence that helps has in it.
ADVICE = re.compile(r"请|可以|用法见")
PATIENCE = 600


@dataclass
class Bench:
    """Where faults are planted: the whole program, a whole data file, and how to run them."""

    program: Path
    work: Path
    wine: bool

    def copy(self, name: str) -> Path:
        """A copy of the program that may be spoilt."""
        place = self.work / name
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.program, place)
        return place

    def office(self, name: str) -> Path:
        """A copy of the data file with its key, in a folder of its own."""
        place = self.work / f"{name}-data"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        for end in ("", ".key"):
            shutil.copy(self.work / f"office.zgdb{end}", place / f"office.zgdb{end}")
        return place / "office.zgdb"

    def name(self, path: Path | str) -> str:
        """A path as the program knows it."""
        return f"Z:{path}".replace("/", "\\") if self.wine and isinstance(path, Path) else str(path)

    def run(self, program: Path, *words: Path | str, account: str = "") -> tuple[int, str]:
        """Run a command, on Windows in another account where one is named; its status and all it said."""
        starter = ["wine", str(program / "zhengui-cli.exe")] if self.wine else [str(program / "zhengui")]
        variables = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
        if account:
            # Wine takes the account's name from here, and what it seals is for that name.
            variables |= {"USER": account, "LOGNAME": account}
        done = subprocess.run(
            [*starter, *(self.name(word) for word in words)],
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=PATIENCE,
            check=False,
        )
        return done.returncode, done.stdout.decode("utf-8", errors="replace")

    def window(self, program: Path, picture: Path, home: Path | None = None) -> tuple[int, str]:
        """Start the window; what it says instead of opening, on Windows a box that is photographed."""
        if not self.wine:
            variables = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
            if home is not None:
                variables["ZHENGUI_HOME"] = str(home)
            done = subprocess.run(
                [str(program / "zhengui")], env=variables, capture_output=True, timeout=PATIENCE, check=False
            )
            return done.returncode, (done.stdout + done.stderr).decode("utf-8", errors="replace")
        variables = os.environ | ({"ZHENGUI_HOME": self.name(home)} if home is not None else {})
        started = subprocess.Popen(
            ["wine", str(program / "zhengui.exe")],
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            for _second in range(PATIENCE):
                seen = subprocess.run(
                    ["xdotool", "search", "--name", "^政规$"], capture_output=True, check=False
                )
                if seen.stdout.strip() or started.poll() is not None:
                    break
                time.sleep(1)
            time.sleep(1)
            subprocess.run(["import", "-window", "root", str(picture)], check=False)
            box = seen.stdout.strip()
            if box:
                subprocess.run(
                    ["xdotool", "key", "--window", box.split()[-1].decode(), "Return"], check=False
                )
        finally:
            time.sleep(1)
            started.kill()
        return (1, f"一个框，请看 {picture.name}。") if box else (0, "")


Fault = Callable[[Bench], tuple[int, str]]


def library_gone(bench: Bench) -> tuple[int, str]:
    """A library of Qt was quarantined; the window says so without Qt."""
    program = bench.copy("library-gone")
    for path in [*program.rglob("Qt6Widgets.dll"), *program.rglob("libQt6Widgets.so.6")]:
        path.unlink()
    return bench.window(program, bench.work / "library-gone.png")


def archive_cut(bench: Bench) -> tuple[int, str]:
    """The archive of modules is cut short."""
    program = bench.copy("archive-cut")
    archive = program / "_internal" / "zhengui.pyz"
    archive.write_bytes(archive.read_bytes()[:200_000])
    return bench.window(program, bench.work / "archive-cut.png")


def archive_spoilt(bench: Bench) -> tuple[int, str]:
    """A few bytes in the midst of the archive of modules are others."""
    program = bench.copy("archive-spoilt")
    archive = program / "_internal" / "zhengui.pyz"
    held = bytearray(archive.read_bytes())
    middle = len(held) // 2
    held[middle : middle + 64] = bytes(64)
    archive.write_bytes(held)
    return bench.window(program, bench.work / "archive-spoilt.png")


def face_gone(bench: Bench) -> tuple[int, str]:
    """A shipped face is missing."""
    program = bench.copy("face-gone")
    (program / "_internal" / "resources" / "fonts" / "fang.ttf").unlink()
    return bench.run(program, "selftest", bench.work / "face-gone-check", "--no-window")


def catalogue_cut(bench: Bench) -> tuple[int, str]:
    """A file of the catalogue is cut short."""
    program = bench.copy("catalogue-cut")
    path = program / "_internal" / "resources" / "catalogue" / "party.toml"
    path.write_bytes(path.read_bytes()[:3000])
    return bench.run(program, "selftest", bench.work / "catalogue-check", "--no-window")


def key_gone(bench: Bench) -> tuple[int, str]:
    """The key is not beside the data file."""
    office = bench.office("key-gone")
    office.with_name("office.zgdb.key").unlink()
    return bench.run(bench.program, "figures", office, "--year", "2021")


def key_of_another_account(bench: Bench) -> tuple[int, str]:
    """The key was sealed by Windows for somebody else; elsewhere such a file is acted out."""
    office = bench.office("key-of-another")
    key = office.with_name("office.zgdb.key")
    if not bench.wine:
        key.write_text("dpapi:" + "ab" * 200, encoding="ascii")
    elif not key.read_text(encoding="ascii").startswith("dpapi:"):
        return 0, "Windows sealed nothing"
    return bench.run(bench.program, "figures", office, "--year", "2021", account="somebody")


def database_cut(bench: Bench) -> tuple[int, str]:
    """The data file was cut short."""
    office = bench.office("database-cut")
    office.write_bytes(office.read_bytes()[:30_000])
    return bench.run(bench.program, "figures", office, "--year", "2021")


def home_in_the_way(bench: Bench) -> tuple[int, str]:
    """The folder of settings and data cannot be made."""
    place = bench.work / "home-in-the-way"
    place.write_text("a file where the folder should be", encoding="utf-8")
    return bench.window(bench.program, bench.work / "home-in-the-way.png", place / "data")


@contextmanager
def small_disk(bench: Bench, megabytes: int) -> Iterator[Path]:
    """A small disk of its own; needs the right to mount one."""
    place = bench.work / "small-disk"
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def disk_full(bench: Bench) -> tuple[int, str]:
    """There is no room left."""
    with small_disk(bench, 2) as place:
        return bench.run(bench.program, "demo", place / "demo", "--scale", "0.05")


def data_on_a_read_only_disk(bench: Bench) -> tuple[int, str]:
    """The data file lies on a disk that cannot be written to, such as a locked stick."""
    with small_disk(bench, 100) as place:
        for end in ("", ".key"):
            shutil.copy(bench.work / f"office.zgdb{end}", place / f"office.zgdb{end}")
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        return bench.run(bench.program, "figures", place / "office.zgdb", "--year", "2021")


def paper_on_a_read_only_disk(bench: Bench) -> tuple[int, str]:
    """What is to be written cannot be written there."""
    with small_disk(bench, 2) as place:
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        words = ("report", bench.office("read-only"), "--year", "2021", "--pdf", place / "report.pdf")
        return bench.run(bench.program, *words)


def spoilt_workbook(bench: Bench) -> tuple[int, str]:
    """What is to be imported is no workbook."""
    path = bench.work / "spoilt.xlsx"
    path.write_bytes(b"PK\3\4" + b"\0" * 500)
    return bench.run(bench.program, "import", bench.office("spoilt-workbook"), "letter", path)


def on_a_network(bench: Bench) -> tuple[int, str]:
    """The data file lies on another computer."""
    return bench.run(bench.program, "figures", r"\\server\share\office.zgdb", "--year", "2021")


def folder_in_the_way(bench: Bench) -> tuple[int, str]:
    """What is to be written is a folder already."""
    place = bench.work / "总结.pdf"
    place.mkdir(exist_ok=True)
    return bench.run(bench.program, "report", bench.office("in-the-way"), "--year", "2021", "--pdf", place)


FAULTS: tuple[Fault, ...] = (
    library_gone,
    archive_cut,
    archive_spoilt,
    face_gone,
    catalogue_cut,
    key_gone,
    key_of_another_account,
    database_cut,
    home_in_the_way,
    disk_full,
    data_on_a_read_only_disk,
    paper_on_a_read_only_disk,
    spoilt_workbook,
    on_a_network,
    folder_in_the_way,
)


def judged(status: int, told: str) -> str:
    """What is wrong with how a fault ended, empty where nothing is."""
    if status == 0:
        return "it was taken for a success"
    if "Traceback" in told or "Unhandled" in told:
        return "it ended in a traceback"
    if not CHINESE.search(told):
        return "it ended in silence" if not told.strip() else "it was not told in Chinese"
    return "" if ADVICE.search(told) else "nothing says what to do"


def main() -> int:
    """Plant every fault; 1 where one did not end well."""
    parser = argparse.ArgumentParser(description="Plant faults in an installed copy.")
    parser.add_argument("program", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--wine", action="store_true")
    given = parser.parse_args()
    work = given.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    bench = Bench(given.program.resolve(), work, given.wine)
    status, told = bench.run(bench.program, "demo", work / "whole", "--scale", "0.05")
    if status:
        print(told)
        return 1
    (made,) = (work / "whole").glob("*.zgdb")
    shutil.copy(made, work / "office.zgdb")
    shutil.copy(made.with_name(made.name + ".key"), work / "office.zgdb.key")
    ended_badly = 0
    for fault in FAULTS:
        status, told = fault(bench)
        wrong = judged(status, told)
        ended_badly += bool(wrong)
        sentence = next(
            (line for line in told.splitlines() if "没通过" in line), told.strip().split("\n")[-1]
        )
        print(f"{'NOT WELL: ' + wrong if wrong else 'well'}  {fault.__name__}: {sentence}", flush=True)
        if wrong:
            print(told[-2000:])
    return 1 if ended_badly else 0


if __name__ == "__main__":
    sys.exit(main())
