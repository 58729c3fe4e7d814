r"""Build the Windows program, its installer and its portable folder on Windows itself.

usage, with CPython 3.11 for Windows, in the root of the source:
    py -3.11 packaging\windows\build_here.py [--to folder] [--sign command] [--makensis program] [--ready]

It takes the wheels that requirements/dev.txt pins by their hashes, as packaging/windows/build does under wine, and
makes the same files in folder\out. NSIS (3.08 or newer) makes the installer; without it everything else is made and
the script says what is missing. `--ready` takes the Python that runs it as it is and installs nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import re
import shutil
import struct
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NSIS = (r"C:\Program Files (x86)\NSIS\makensis.exe", r"C:\Program Files\NSIS\makensis.exe")


class NotBuilt(Exception):
    """Why there is no program, as a sentence."""


def run(words: Sequence[Path | str], variables: Mapping[str, str] | None = None) -> None:
    """Run a command, seen by whoever waits; NotBuilt where it does not end well."""
    done = subprocess.run(
        [str(word) for word in words], cwd=ROOT, env={**os.environ, **(variables or {})}, check=False
    )
    if done.returncode:
        raise NotBuilt(f"{Path(str(words[0])).name} ended with {done.returncode}")


def version() -> str:
    """The version that is built."""
    text = (ROOT / "zhengui" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'__version__ = "(.*)"', text)
    assert found is not None
    return found[1]


def time_of_source() -> str:
    """The seconds since 1970 of the last commit, or of the list of changes where there is no git.

    SOURCE_DATE_EPOCH, if set, says it for both.
    """
    if "SOURCE_DATE_EPOCH" in os.environ:
        return os.environ["SOURCE_DATE_EPOCH"]
    try:
        told = subprocess.run(
            ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        return told.stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return str(int((ROOT / "CHANGELOG.md").stat().st_mtime))


def python_for(folder: Path, ready: bool) -> Path:
    """A Python with everything that requirements/dev.txt pins."""
    if sys.version_info[:2] != (3, 11) or struct.calcsize("P") != 8:
        raise NotBuilt("CPython 3.11 for 64 bits is needed: py -3.11 packaging\\windows\\build_here.py")
    if ready:
        return Path(sys.executable)
    place = folder / "environment"
    python = place / "Scripts" / "python.exe"
    if not python.exists():
        run([sys.executable, "-m", "venv", place])
    wanted = ROOT / "requirements" / "dev.txt"
    run(
        [
            python,
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
            wanted,
        ]
    )
    return python


def freeze(python: Path, folder: Path) -> Path:
    """The frozen program, the same each time from the same source."""
    for old in ("work", "dist"):
        shutil.rmtree(folder / old, ignore_errors=True)
    run(
        [python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--workpath", folder / "work",
         "--distpath", folder / "dist", ROOT / "build.spec"],
        {"SOURCE_DATE_EPOCH": time_of_source(), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"},
    )  # fmt: skip
    stage = folder / "dist" / "zhengui"
    for path in stage.rglob("*"):
        if path.is_file():
            os.utime(path, (int(time_of_source()),) * 2)
    return stage


def makensis(given: str) -> str:
    """The program that makes installers; empty where there is none."""
    if given:
        return given
    return shutil.which("makensis") or next((path for path in NSIS if Path(path).exists()), "")


def installer(program: str, stage: Path, side: Path, out: Path, sign: str) -> None:
    """Zhengui-Setup-X.exe. The official NSIS for Windows has only the 32-bit stub, which runs on every Windows."""
    run(
        [program, "-V2", "-INPUTCHARSET", "UTF8", "-WX", "-DSTUB=x86-unicode", *([f"-DSIGN={sign}"] if sign else []),
         f"-DSTAGE={stage}", f"-DVERSION={version()}", f"-DICON={ROOT / 'resources' / 'icons' / 'zhengui.ico'}",
         f"-DSIDE={side}", f"-DOUT={out / f'Zhengui-Setup-{version()}.exe'}", HERE / "setup.nsi"]
    )  # fmt: skip


def checksums(out: Path) -> None:
    """SHA256SUMS, as sha256sum writes it."""
    files = sorted(path for path in out.iterdir() if path.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (out / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")


def components(python: Path, out: Path) -> None:
    """The list of what ships, with the Python that runs here."""
    library = Path(sys.base_prefix) / "python311.dll"
    told = subprocess.run(
        [str(python), str(ROOT / "packaging" / "components.py"), version(), str(ROOT / "requirements" / "run.txt"),
         "--interpreter", platform.python_version(), str(library)],
        capture_output=True,
        check=True,
    )  # fmt: skip
    (out / f"Zhengui-{version()}-windows.cdx.json").write_bytes(told.stdout.replace(b"\r\n", b"\n"))


def build(given: argparse.Namespace) -> None:
    """Every step in its order."""
    folder = given.to.resolve()
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    python = python_for(folder, given.ready)
    stage = freeze(python, folder)
    for name in ("zhengui.exe", "zhengui-cli.exe") if given.sign else ():
        subprocess.run(f'{given.sign} "{stage / name}"', shell=True, check=True)
    run([python, HERE / "audit.py", stage])
    run([python, HERE / "portable_zip.py", stage, out / f"Zhengui-{version()}-portable.zip"])
    side = folder / "side.bmp"
    run([python, HERE / "side_picture.py", ROOT / "resources" / "icons" / "zhengui.ico", side])
    program = makensis(given.makensis)
    if program:
        installer(program, stage, side, out, given.sign)
    components(python, out)
    checksums(out)
    print("\n".join(f"{path.stat().st_size:>12} {path.name}" for path in sorted(out.iterdir())))
    if not program:
        raise NotBuilt(
            "makensis was not found, so there is no installer: install NSIS, or name it by --makensis"
        )


def main() -> int:
    """0 if everything was made."""
    parser = argparse.ArgumentParser(description="Build the Windows program on Windows.")
    parser.add_argument(
        "--to", type=Path, default=Path(os.environ.get("LOCALAPPDATA", ".")) / "zhengui-windows"
    )
    parser.add_argument(
        "--sign", default=os.environ.get("SIGN", ""), help="a command that signs the file behind it"
    )
    parser.add_argument("--makensis", default="")
    parser.add_argument("--ready", action="store_true", help="this Python has everything already")
    try:
        build(parser.parse_args())
    except NotBuilt as reason:
        print(f"NOT BUILT: {reason}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
