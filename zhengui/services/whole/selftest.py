"""Prove that this copy of the program works: its files, a database, the figures, a workbook, a PDF, and its computer."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from zhengui import __version__
from zhengui.catalogue.load import load_catalogue
from zhengui.paths import resource, user_folder
from zhengui.services.problem import own_sentence
from zhengui.services.township.township import Township, create_township, open_township
from zhengui.values.value import Value

Check = tuple[str, Callable[[], str]]
NAME = "自检.zgdb"
RESULT = "自检结果.txt"
#: Under so many bytes free, a backup or an upgrade of the data may not find room.
ENOUGH = 500 * 1024 * 1024
#: So many of the catalogue's mistakes are quoted; where a file is cut, the others that need it have mistakes, too.
SOME = 3
#: Of nobody: an invented one whose last character is right.
_ID_NUMBER = "110101199003075015"
_SPOILT_FACES = "随程序的字体有损坏，请重新运行一次安装程序。"


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """What one check found: its name, whether it passed, and in words what was seen or what to do."""

    name: str
    passed: bool
    words: str

    def line(self) -> str:
        """The outcome as a line of the result."""
        return f"{'通过' if self.passed else '没通过'}　{self.name}：{self.words}"


def tried(name: str, check: Callable[[], str]) -> CheckOutcome:
    """Run one check; whatever stops it becomes its outcome, and the others still run."""
    try:
        return CheckOutcome(name, True, check())
    except Exception as problem:  # noqa: BLE001 - a check may stop in any way
        return CheckOutcome(
            name, False, own_sentence(problem) or f"{type(problem).__name__} {problem}".rstrip()
        )


def verdict(outcomes: Iterable[CheckOutcome]) -> str:
    """The last line of the result."""
    if all(outcome.passed for outcome in outcomes):
        return "全部通过"
    return "有没通过的检查，请把上面的内容发给维护人员"


def write_result(folder: Path, outcomes: list[CheckOutcome], more: Iterable[str] = ()) -> Path:
    """Keep the result as a text that can be handed to IT staff; it names no person and no office."""
    lines = [
        f"政规 {__version__} 自检　{datetime.now():%Y-%m-%d %H:%M}",
        f"系统：{platform.system()} {platform.release()} {platform.version()} {platform.machine()}",
        *more,
        "",
        *(outcome.line() for outcome in outcomes),
        verdict(outcomes),
        "",
    ]
    path = folder / RESULT
    # Windows' own editor of old takes a text for UTF-8 only where it says so at the start.
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    return path


def checks(folder: Path) -> Iterator[Check]:
    """The checks in order, each a name and a function that raises where something is wrong."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    for old in (path, path.with_name(NAME + ".key")):
        old.unlink(missing_ok=True)
    yield "目录", _catalogue
    yield "数据库", lambda: _database(path)
    yield "工作簿", lambda: _workbook(path, folder)
    yield "指标", lambda: _figures(path)
    yield "文稿", lambda: _document(path, folder)
    yield "字体", _fonts
    yield "系统字体", _system_faces
    yield "磁盘空间", lambda: _space(user_folder())
    yield "时钟", lambda: _clock(datetime.now())


def _catalogue() -> str:
    catalogue = load_catalogue()
    if catalogue.flaws:
        files = "、".join(sorted({flaw.file for flaw in catalogue.flaws}))
        told = "；".join(str(flaw) for flaw in catalogue.flaws[:SOME])
        raise ValueError(
            f"随程序的目录文件有损坏（{files}），请重新运行一次安装程序。（共 {len(catalogue.flaws)} 处：{told}）"
        )
    return f"{len(catalogue.ledgers)} 个台账，{len(catalogue.indicators)} 个指标"


def _database(path: Path) -> str:
    from zhengui.services.entry.record import delete, history, load, restore, save

    township = create_township(path, "自检镇", "自检")
    try:
        village = save(township, "village", {"name": "试验村", "kind": "村", "active": True})
        save(township, "village", {"population": 1200}, village.id, village.version)
        restore(township, delete(township, "village", [village.id]))
        values, _version = load(township, "village", village.id)
        if values["population"] != 1200 or len(history(township, "village", village.id)) != 4:
            raise ValueError("写入的记录读回来不一样")
        _enter(township, village.id)
    finally:
        township.close()
    if path.read_bytes()[:15] == b"SQLite format 3":
        raise ValueError("数据文件没有加密")
    return "写入、修改、删除、恢复、留痕都正常，文件已加密"


def _enter(township: Township, village: int) -> None:
    from zhengui.services.entry.record import save

    letter: dict[str, Value] = {
        "village": village,
        "date": date(2021, 5, 6),
        "copies": 1287,
        "suggestions": 3,
    }
    save(township, "letter", letter)
    person: dict[str, Value] = {"name": "王小明", "village": village, "sex": "男", "id_number": _ID_NUMBER}
    save(township, "person", person)


def _workbook(path: Path, folder: Path) -> str:
    from zhengui.services.entry.export_workbook import export_workbook
    from zhengui.services.entry.import_workbook import import_workbook
    from zhengui.services.entry.record import delete

    township = open_township(path)
    try:
        for ledger in ("letter", "person"):
            book = folder / f"自检-{ledger}.xlsx"
            export_workbook(township, ledger, book)
            delete(township, ledger, [1])
            if import_workbook(township, ledger, book).inserted != 1:
                raise ValueError("导出的工作簿没有原样导回来")
    finally:
        township.close()
    return "导出、导入正常"


def _figures(path: Path) -> str:
    from zhengui.figures.period import year
    from zhengui.services.counting.compute_figures import compute

    township = open_township(path)
    try:
        figures = compute(township, year(2021))
    finally:
        township.close()
    copies = figures["letters"]
    if copies.value != 1287 or copies.records != 1:
        raise ValueError(f"指标算出来是 {copies.value}，应为 1287")
    return f"{len(figures)} 个指标，公开信写作{copies.display}"


def _document(path: Path, folder: Path) -> str:
    from zhengui.figures.period import year
    from zhengui.services.document.compose_document import publish
    from zhengui.services.paper.publish_ofd import save_ofd
    from zhengui.services.paper.publish_word import save_word

    township = open_township(path)
    try:
        published = publish(township, year(2021), folder / "自检.pdf")
        save_word(published, folder / "自检.docx")
        save_ofd(published, folder / "自检.ofd")
    finally:
        township.close()
    return f"PDF {published.pages} 页，Word、OFD 已写成"


def _fonts() -> str:
    from zhengui.reports.gb9704.faces import FALLBACKS, FONTS, face

    names = sorted({name for chain in FALLBACKS.values() for name in chain} | {"latin.ttf"})
    gone = [name for name in names if not (FONTS / name).is_file()]
    if gone:
        raise ValueError(f"缺少随程序的字体 {'、'.join(gone)}，请重新运行一次安装程序。")
    try:
        empty = [name for name in names if not face(FONTS / name).glyphs]
    except Exception as damaged:  # a damaged file may stop the reader in any way
        raise ValueError(_SPOILT_FACES) from damaged
    if empty:
        raise ValueError(_SPOILT_FACES)
    return f"{len(names)} 个随程序的字体完好"


def _system_faces() -> str:
    from zhengui.reports.gb9704.installed import font_folders, installed_faces

    found = installed_faces(font_folders())
    if not found:
        return "这台电脑没有仿宋、楷体、黑体，文稿用随程序的字体"
    return "用这台电脑的 " + "、".join(sorted({path.name for path, _number in found.values()}))


def _space(folder: Path) -> str:
    free = shutil.disk_usage(folder).free
    told = f"{free / 1024**3:.1f} GB"
    if free < ENOUGH:
        raise ValueError(f"存放数据的磁盘只剩 {told}，备份可能写不下。请清理磁盘。")
    return f"存放数据的磁盘还有 {told}"


def _clock(now: datetime) -> str:
    """The program was made before today, or the clock is wrong."""
    made = max(path.stat().st_mtime for path in resource("catalogue").glob("*.toml"))
    born = datetime.fromtimestamp(made).date()
    if now.date() < born:
        raise ValueError(
            f"电脑的日期是 {now.year}年{now.month}月{now.day}日，比程序的日期还早。"
            "请校准电脑的日期，否则登记时间和备份的先后会乱。"
        )
    return f"{now:%Y-%m-%d %H:%M}"
