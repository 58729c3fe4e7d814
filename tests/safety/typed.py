"""Type what nobody else may read into every place that takes it, let the program crash, and look over the disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhengui.gui.frame.main_window import MainWindow
    from zhengui.gui.kit.background import Background

NAME, ID_NUMBER, PHONE = "欧阳查无此人", "11010119900307889", "13987650123"
ATTACHED, DRAFTED, WRITTEN, FAILED = (
    "附件里的暗语月照松间",
    "草稿里的暗语清泉石上",
    "文稿里的暗语竹喧归",
    "错误里的暗语莲动",
)
FILE_NAME = "渔舟暗语"


def id_number() -> str:
    """The number with its check digit."""
    from stdnum.cn import ric

    return ID_NUMBER + ric.calc_check_digit(ID_NUMBER + "0")


def marks() -> dict[str, str]:
    """What must not be found."""
    return {
        "name": NAME,
        "ID number": id_number(),
        "phone": PHONE,
        "attachment": ATTACHED,
        "name of a file": FILE_NAME,
        "draft": DRAFTED,
        "document": WRITTEN,
        "error": FAILED,
    }


def child(root: Path) -> None:
    """Save, attach, draft, write, preview, export to look at, fail, and crash."""
    from PySide6.QtWidgets import QApplication

    from zhengui.app import leave_no_core
    from zhengui.gui.desk import tabs
    from zhengui.gui.frame.main_window import MainWindow
    from zhengui.gui.frame.opening import desk_for
    from zhengui.gui.kit import crash, dialogs, style, trouble
    from zhengui.gui.kit.background import Background
    from zhengui.services.entry import attach, drafts, record
    from zhengui.services.township.township import create_township

    leave_no_core()
    app = QApplication([])
    style.put_on(app)
    trouble.keep_log()
    township = create_township(root / "office.zgdb", "试验镇", "试验员")
    township.working_day = date(2021, 12, 6)
    village = record.save(township, "village", {"name": "青石村", "kind": "村", "active": True}).id
    person = {"name": NAME, "village": village, "id_number": id_number(), "phone": PHONE}
    saved = record.save(township, "person", person)
    file = attach.add(township, f"{FILE_NAME}.txt", ATTACHED.encode())
    hazard = {"found_on": date(2021, 3, 1), "field": "校园", "grade": "一般", "village": village}
    record.save(township, "hazard", {**hazard, "place": NAME, "detail": PHONE, "photo": (file,)})
    drafts.keep(township, "person", None, {"name": DRAFTED, "phone": PHONE})
    _write(township)
    background = Background()
    window = MainWindow(tabs.groups(township.catalogue))
    window.attach(desk_for(township, window, background))
    window.showNormal()
    assert window.desk is not None
    for place in (("person", saved.id), ("hazard", 0)):
        window.desk.go_to_ledger(*place)
        _settle(background)
    _hand_out(window, taken(root))
    dialogs.tell = lambda *_words: None  # type: ignore[assignment]
    watch = crash.Watch(window)
    watch.watch_for_the_end()
    try:
        raise ValueError(FAILED, {"place": NAME, "phone": PHONE})
    except ValueError as error:
        trouble.sentence(error)
        sys.excepthook(type(error), error, error.__traceback__)
    app.processEvents()
    print("ready", flush=True)
    os.abort()


def taken(root: Path) -> Path:
    """The folder in which somebody asked to have files: there the marks may stand, in what was asked for."""
    return root.with_name(f"{root.name}-taken")


def _settle(background: Background) -> None:
    from PySide6.QtWidgets import QApplication

    for _round in range(40):
        QApplication.processEvents()
        background.wait()


def _hand_out(window: MainWindow, folder: Path) -> None:
    """Look at pages and at a file to be imported, and have tables exported unmasked; tells what else was written."""
    from tests.exchange.test_import_again import book
    from zhengui.gui.area.about_page import AboutPage
    from zhengui.gui.area.page import AreaPage
    from zhengui.gui.ledger import hand_out, import_wizard, print_list
    from zhengui.services.entry.read_sources import file_source

    desk = window.desk
    assert desk is not None
    assert window.navigation is not None
    folder.mkdir()
    book(folder / "来件.xlsx", ("人员", [["姓名", "村（居）", "身份证号"], [NAME, "青石村", id_number()]]))
    hand_out.ask = lambda *_words, **_more: True  # type: ignore[assignment]
    _tell_what_is_written(folder)
    desk.go_to_ledger("person")
    _settle(desk.background)
    page = window.navigation.current
    assert isinstance(page, AreaPage)
    for ending in ("xlsx", "csv", "pdf"):
        hand_out._export_shown(page.view.shown, folder / f"人员.{ending}", _raised)
        _settle(desk.background)
    hand_out._export_plain(page.view.shown, folder / "人员原样.xlsx", _raised)
    print_list.save(page.view.shown, folder / "人员清单.pdf")
    _settle(desk.background)
    wizard = import_wizard.ImportWizard(
        window, desk, page.view.shown.open_ledger, file_source(folder / "来件.xlsx")
    )
    wizard.show()
    while wizard.step != import_wizard.ROWS:
        _settle(desk.background)
        assert wizard.deed is not None
        wizard.deed.click()
    _settle(desk.background)
    wizard.close()
    desk.go("about", "person", 1)
    _settle(desk.background)
    about = window.navigation.current
    assert isinstance(about, AboutPage)
    about.save(folder / f"{NAME}.pdf")
    desk.go("report")
    _settle(desk.background)
    print("taken", *sorted(each.suffix for each in folder.iterdir()), flush=True)


def _raised(error: Exception) -> None:
    raise error


def _tell_what_is_written(folder: Path) -> None:
    """Print each file that is opened to be written outside a folder; those of the township itself are encrypted."""

    def hook(event: str, told: tuple[object, ...]) -> None:
        if event != "open" or not isinstance(told[1], str) or not set(told[1]) & set("wax+"):
            return
        path = Path(os.fsdecode(told[0])) if isinstance(told[0], str | bytes) else None
        if path is not None and path.is_absolute() and not path.is_relative_to(folder):
            sys.stderr.write(f"written {path}\n")

    sys.addaudithook(hook)


def _write(township: object) -> None:
    """A document with words of its own, laid out to be looked at, and the evidence of a figure."""
    from tests.services.drafts import new_document
    from zhengui.figures.period import year
    from zhengui.services.document import edit_document
    from zhengui.services.document.compose_document import lay_out_document
    from zhengui.services.township.township import Township

    assert isinstance(township, Township)
    document = new_document(township, year(2021))
    part = next(each for each in edit_document.open_document(township, document).parts if each.text)
    edit_document.set_text(township, document, part.id, WRITTEN)
    assert lay_out_document(township, document).pages


def found_in(root: Path, said: bytes = b"") -> Iterator[str]:
    """Each mark that stands in plain in a file below the root, or in what the program said."""
    files = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    for path, data in {**files, Path("output"): said}.items():
        for what, mark in marks().items():
            plain = [mark.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")]
            plain.append(json.dumps(mark)[1:-1].encode())
            if any(each in data or each in os.fsencode(path) for each in plain):
                yield f"{what} in {path.name}"


def run(root: Path) -> tuple[str, list[str]]:
    """Let a program type and crash below the root; returns how it ended, and what was found in plain."""
    for name in ("home", "tmp", "cache"):
        (root / name).mkdir(parents=True)
    here = [*(p for p in sys.path if p), os.getcwd()]
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(here),
        "QT_QPA_PLATFORM": "offscreen",
        "ZHENGUI_HOME": str(root / "home"),
        "HOME": str(root / "home"),
        "TMPDIR": str(root / "tmp"),
        "TEMP": str(root / "tmp"),
        "XDG_CACHE_HOME": str(root / "cache"),
        "XDG_CONFIG_HOME": str(root / "cache"),
        "XDG_RUNTIME_DIR": str(root / "tmp"),
    }
    command = [sys.executable, "-m", "tests.safety", "type", str(root)]
    done = subprocess.run(command, env=environment, cwd=os.getcwd(), capture_output=True, check=False)
    end = "crashed" if b"ready" in done.stdout and done.returncode else done.stderr.decode()[-2000:]
    written = [
        line.split(" ", 1)[1] for line in done.stderr.decode().splitlines() if line.startswith("written ")
    ]
    elsewhere = [each for each in written if not Path(each).is_relative_to(root / "home")]
    return end, [*found_in(root, done.stdout + done.stderr), *(f"written {each}" for each in elsewhere)]
