"""Prove that this copy of the program works: its files, a database, the figures, a workbook, a PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from zhengui.catalogue.load import load_catalogue
from zhengui.services.township.township import Township, create_township, open_township

Check = tuple[str, Callable[[], str]]
NAME = "自检.zgdb"


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


def _catalogue() -> str:
    catalogue = load_catalogue()
    if catalogue.flaws:
        raise ValueError("；".join(str(flaw) for flaw in catalogue.flaws))
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

    letter = {"village": village, "date": date(2021, 5, 6), "copies": 1287, "suggestions": 3}
    save(township, "letter", letter)


def _workbook(path: Path, folder: Path) -> str:
    from zhengui.services.entry.export_workbook import export_workbook
    from zhengui.services.entry.import_workbook import import_workbook
    from zhengui.services.entry.record import delete

    township = open_township(path)
    try:
        export_workbook(township, "letter", folder / "自检.xlsx")
        delete(township, "letter", [1])
        outcome = import_workbook(township, "letter", folder / "自检.xlsx")
        if outcome.inserted != 1:
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
