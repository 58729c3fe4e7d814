"""The layers hold, and each contract bites: a planted import must break exactly the contract that forbids it."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGE, ROOT, modules, name_of, syntax

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
NAMES = {contract["id"]: contract["name"] for contract in SETTINGS["contracts"]}


@dataclass(frozen=True)
class Planted:
    """A line put into a module of its own, and the contract that must not bear it."""

    contract: str
    module: str
    line: str


PLANTED = [
    Planted("layers", "cli.py", "import zhengui.app"),
    Planted("layers", "command/planted.py", "import zhengui.cli"),
    Planted("layers", "gui/frame/planted.py", "import zhengui.cli"),
    Planted("layers", "services/township/planted.py", "import zhengui.gui"),
    Planted("layers", "services/township/planted.py", "def late():\n    from zhengui import gui"),
    Planted("layers", "storage/schema/planted.py", "import zhengui.services"),
    Planted("layers", "storage/schema/planted.py", "import zhengui.exchange"),
    Planted("layers", "exchange/planted.py", "import zhengui.reports"),
    Planted("layers", "reports/planted.py", "import zhengui.storage"),
    Planted("layers", "reports/gb9704/planted.py", "import zhengui.services"),
    Planted("layers", "figures/planted.py", "import zhengui.reports"),
    Planted("layers", "values/planted.py", "import zhengui.figures"),
    Planted("layers", "catalogue/planted.py", "import zhengui.values"),
    Planted("layers", "paths.py", "import zhengui.catalogue"),
    Planted("layers", "work.py", "import zhengui.problem"),
    Planted("layers", "planted.py", "import zhengui.services"),
    Planted("gui-rooms", "gui/home/planted.py", "import zhengui.gui.frame"),
    Planted("gui-rooms", "gui/system/planted.py", "import zhengui.gui.frame"),
    Planted("gui-rooms", "gui/worklist/planted.py", "import zhengui.gui.home"),
    Planted("gui-rooms", "gui/plan/planted.py", "import zhengui.gui.report"),
    Planted("gui-rooms", "gui/ranking/planted.py", "import zhengui.gui.home"),
    Planted("gui-rooms", "gui/report/planted.py", "import zhengui.gui.home"),
    Planted("gui-rooms", "gui/sheets/planted.py", "import zhengui.gui.system"),
    Planted("gui-rooms", "gui/area/planted.py", "import zhengui.gui.plan"),
    Planted("gui-rooms", "gui/returns/planted.py", "import zhengui.gui.area"),
    Planted("gui-rooms", "gui/figure/planted.py", "import zhengui.gui.area"),
    Planted("gui-rooms", "gui/document/planted.py", "import zhengui.gui.figure"),
    Planted("gui-rooms", "gui/ledger/planted.py", "import zhengui.gui.returns"),
    Planted("gui-rooms", "gui/form/planted.py", "import zhengui.gui.ledger"),
    Planted("gui-rooms", "gui/fields/planted.py", "import zhengui.gui.form"),
    Planted("gui-rooms", "gui/opening/planted.py", "import zhengui.gui.chooser"),
    Planted("gui-rooms", "gui/chooser/planted.py", "import zhengui.gui.help"),
    Planted("gui-rooms", "gui/help/planted.py", "import zhengui.gui.fields"),
    Planted("gui-rooms", "gui/desk/planted.py", "import zhengui.gui.chooser"),
    Planted("gui-rooms", "gui/kit/planted.py", "import zhengui.gui.desk"),
    Planted("services-rooms", "services/issue/planted.py", "import zhengui.services.whole"),
    Planted("services-rooms", "services/sheets/planted.py", "import zhengui.services.county_forms"),
    Planted("services-rooms", "services/county_forms/planted.py", "import zhengui.services.issue"),
    Planted("services-rooms", "services/document/planted.py", "import zhengui.services.returns"),
    Planted("services-rooms", "services/returns/planted.py", "import zhengui.services.issue"),
    Planted("services-rooms", "services/loops/planted.py", "import zhengui.services.returns"),
    Planted("services-rooms", "services/issue/planted.py", "import zhengui.services.watch"),
    Planted("services-rooms", "services/watch/planted.py", "import zhengui.services.whole"),
    Planted("services-rooms", "services/returns/planted.py", "import zhengui.services.watch"),
    Planted("services-rooms", "services/paper/planted.py", "import zhengui.services.document"),
    Planted("services-rooms", "services/plan/planted.py", "import zhengui.services.paper"),
    Planted("services-rooms", "services/entry/planted.py", "import zhengui.services.plan"),
    Planted("services-rooms", "services/counting/planted.py", "import zhengui.services.entry"),
    Planted("services-rooms", "services/township/planted.py", "import zhengui.services.counting"),
    Planted("services-rooms", "services/problem.py", "import zhengui.services.township"),
    Planted("storage-rooms", "storage/browse/planted.py", "import zhengui.storage.file"),
    Planted("storage-rooms", "storage/counting/planted.py", "import zhengui.storage.writing"),
    Planted("storage-rooms", "storage/writing/planted.py", "import zhengui.storage.browse"),
    Planted("storage-rooms", "storage/records/planted.py", "import zhengui.storage.counting"),
    Planted("storage-rooms", "storage/query/planted.py", "import zhengui.storage.records"),
    Planted("storage-rooms", "storage/schema/planted.py", "import zhengui.storage.query"),
    Planted("qt", "services/township/planted.py", "import PySide6.QtCore"),
    Planted("qt", "app.py", "def late():\n    from PySide6.QtWidgets import QApplication"),
    Planted("sql", "services/township/planted.py", "import sqlalchemy as sa"),
    Planted("sql", "gui/kit/planted.py", "import sqlite3"),
    Planted("sql", "exchange/planted.py", "from sqlcipher3 import dbapi2"),
    Planted("pdf", "reports/planted.py", "from reportlab.pdfgen import canvas"),
    Planted("toml", "services/township/planted.py", "import tomllib"),
    Planted("workbooks", "services/township/planted.py", "import python_calamine"),
    Planted("workbooks", "gui/kit/planted.py", "import xlsxwriter"),
    Planted("word", "services/township/planted.py", "import docx"),
    Planted("names", "gui/kit/planted.py", "from pypinyin import lazy_pinyin"),
    Planted("names", "services/township/planted.py", "import stdnum.cn.ric"),
    Planted("demo", "command/planted.py", "from db.demo import generate"),
    Planted("network", "services/township/planted.py", "from urllib.request import urlopen"),
    Planted("network", "storage/schema/planted.py", "import socket"),
]


def broken_contracts(folder: Path) -> list[str]:
    """Names of the contracts that import-linter finds broken in the copy; its own trouble is an error."""
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as run; run(['--no-cache'])",
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1", "COLUMNS": "300", "PYTHONPATH": str(folder)},
        check=False,
    )
    assert "Analyzed" in run.stdout, run.stdout + run.stderr
    headings = run.stdout.split("Broken contracts", 1)
    found = [] if len(headings) == 1 else [name for name in NAMES.values() if f"\n{name}\n---" in headings[1]]
    assert bool(found) == bool(run.returncode), run.stdout + run.stderr
    return found


@pytest.fixture(scope="module")
def already_broken() -> set[str]:
    """What is broken without any planting: one mistake must not make every test here cry."""
    return set(broken_contracts(ROOT))


@pytest.fixture
def copy_of_the_program(tmp_path: Path) -> Path:
    """The package and the contracts in a folder that a test may spoil."""
    shutil.copytree(PACKAGE, tmp_path / "zhengui", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_program_keeps_every_contract(copy_of_the_program: Path) -> None:
    assert broken_contracts(copy_of_the_program) == []


@pytest.mark.parametrize("planted", PLANTED, ids=lambda p: f"{p.contract}-{p.module}-{p.line.split()[-1]}")
def test_a_planted_import_breaks_its_contract(
    planted: Planted, copy_of_the_program: Path, already_broken: set[str]
) -> None:
    target = copy_of_the_program / "zhengui" / planted.module
    before = target.read_text(encoding="utf-8") if target.exists() else '"""Planted."""'
    target.write_text(f"{before}\n\n{planted.line}\n", encoding="utf-8")
    broken = set(broken_contracts(copy_of_the_program)) - (already_broken - {NAMES[planted.contract]})
    assert broken == {NAMES[planted.contract]}


def test_every_contract_has_a_planted_violation() -> None:
    assert {planted.contract for planted in PLANTED} == set(NAMES)


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_nothing_is_imported_behind_the_contracts(path: Path) -> None:
    """Imports by name at run time, eval and exec would pass import-linter unseen."""
    hidden = [
        f"line {node.lineno}: {ast.unparse(node.func)}"
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func)
        in {"__import__", "import_module", "importlib.import_module", "eval", "exec"}
    ]
    assert not hidden


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_qt_is_used_without_its_network_and_web_parts(path: Path) -> None:
    used = {
        alias.name if isinstance(node, ast.Import) else f"{node.module}.{alias.name}"
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    allowed = {"QtCore", "QtGui", "QtWidgets", "QtPrintSupport", "QtSvg", "QtPdf", "QtPdfWidgets"}
    qt = {name.split(".")[1] for name in used if name.startswith("PySide6.")}
    assert qt <= allowed
