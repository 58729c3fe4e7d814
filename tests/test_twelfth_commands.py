"""A twelfth area and a retired one go through every command by data alone; a command more has to be tried here, too.

What the office adds and retires it does by command as well, in a file that a command made or that the suite's office
lends. The window's part of this is in `test_twelfth_area`.
"""

from __future__ import annotations

import argparse
import ast
import json
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import Workbook, load_workbook

from tests.forest_office import FOREST, RETIRED, make_forest_office
from tests.fresh import copied
from tests.services.whole_office import YEAR, live
from zhengui import cli
from zhengui.services.township.township import open_township

#: Commands that make an office of their own, in which no other's catalogue has a place.
OF_THEIR_OWN = {"demo", "selftest"}
Command = Callable[..., str]


@pytest.fixture(scope="module")
def lent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office in which every claim holds, with the forest area; an area ends with the year."""
    return make_forest_office(tmp_path_factory.mktemp("lent") / "试验镇.zgdb", entered=False)


@pytest.fixture
def file(lent: Path, tmp_path: Path) -> Path:
    return copied(lent, tmp_path)


def every_command() -> set[str]:
    """The names of all commands, from the parser itself."""
    listed = next(each for each in cli.parser()._actions if isinstance(each, argparse._SubParsersAction))
    return set(listed.choices)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command, expects that it does what it should and nothing went wrong, and gives what it said."""

    def given(*words: object, status: int = 0) -> str:
        capsys.readouterr()
        came = cli.run([str(word) for word in words])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        assert came == status, (words, said.out, said.err)
        return said.out

    return given


def village(path: Path, number: int = 1) -> str:
    township = open_township(path)
    try:
        with township.reading() as reading:
            return reading.lookup().label("village", number) or ""
    finally:
        township.close()


def text_of(pdf: Path) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    found = "".join(page.get_textpage().get_text_range() for page in pages)
    return found.replace("\r", "").replace("\n", "")


def patrolled(run: Command, path: Path, count: int = 3) -> list[str]:
    """So many patrols past three look-outs, all entered by command."""
    for number, name in enumerate(("北山瞭望点", "南岭瞭望点", "西坡瞭望点"), 1):
        run("record", path, "lookout", f"名称={name}", f"村（居）={village(path, number)}")
    return [
        run(
            "record", path, "护林巡查", f"村（居）={village(path, number)}", f"日期={YEAR}-3-{number}",
            "结果=未见火情", "出动人数=4", "沿途瞭望点=北山瞭望点、南岭瞭望点、西坡瞭望点",
        ).strip()
        for number in range(1, count + 1)
    ]  # fmt: skip


def test_an_office_begins_with_it(run: Command, tmp_path: Path) -> None:
    path = tmp_path / "新镇.zgdb"
    run("new", path, "--name", "新镇", "--operator", "李文")
    run("catalogue", path, "--check", FOREST)
    run("catalogue", path, "--add", FOREST)
    run("catalogue", path, "--retire", RETIRED, "--year", YEAR + 1)
    assert "护林巡查" in run("catalogue", path)
    run("record", path, "village", "名称=白沙村", "类别=村")
    run("record", path, "护林巡查", "村（居）=白沙村", f"日期={YEAR}-3-1", "结果=未见火情", "出动人数=5")
    told = json.loads(run("figures", path, "--year", YEAR, "--json"))
    assert {each["key"]: each["value"] for each in told}["forest_people"] == 5


def test_records_reports_and_settings(run: Command, file: Path) -> None:
    ids = patrolled(run, file)
    run("delete", file, "forest_patrol", ids[0])
    assert "护林巡查\t1 条" in run("bin", file)
    run("undelete", file, "forest_patrol", ids[0])
    assert run("record", file, "forest_patrol", "出动人数=6", "--id", ids[0]).strip() == ids[0]
    assert "“护林巡查”的零报告" in run(
        "zero-report", file, "护林巡查", f"{YEAR}-06", "--village", village(file, 2)
    )
    assert "火情提醒天数：45" in run("set", file, "火情提醒天数", "45")
    assert "报送" in run("set", file, "start", f"{YEAR}-01", "--area", "forest")
    assert "已录入" in run("value", file, "forest_people", YEAR - 1, 30, "--source", "2020年工作总结")
    assert "出动人数 6" in run("figures", file, "--year", YEAR, "--records", "forest_people")
    assert "没有森林火情" in run("claims", file, "--year", YEAR)
    fire = ("日期=2021-12-20", "结果=火情", "出动人数=9")
    run("record", file, "forest_patrol", f"村（居）={village(file)}", *fire)
    assert "发生森林火情" in run("warnings", file)
    assert village(file) in run("today", file)
    assert "forest_patrols" in run("ranking", file, "forest_ranking", "--month", f"{YEAR}-11", "--json")


def test_items_are_worked_off_drawn_and_looked_at(run: Command, file: Path, tmp_path: Path) -> None:
    run("record", file, "official", "姓名=赵甲")
    days = [f"{field}={YEAR}-03-05" for field in ("交办日期", "整改完成日期", "验收日期", "销号日期")]
    for place in ("北山", "南岭"):
        row = (f"村（居）={village(file)}", f"位置={place}林缘", f"发现日期={YEAR}-3-1")
        run("record", file, "林区火险隐患", *row, *days, "验收人=赵甲")
    item = run("record", file, "forest_risk", *row[:1], "位置=西坡林缘", *row[2:]).strip()
    run(
        "loop",
        file,
        "林区火险隐患",
        item,
        "--do",
        "交办",
        "--day",
        f"{YEAR}-3-2",
        "--to",
        "赵甲",
        "--due",
        f"{YEAR}-4-1",
    )
    assert "西坡林缘" in run("loop", file, "林区火险隐患", "--year", YEAR)
    sheet = tmp_path / "通报.pdf"
    run("loop", file, "林区火险隐患", "--year", YEAR, "--sheet", "通报", "--pdf", sheet)
    assert "林区火险隐患" in text_of(sheet)
    assert "林缘" in run("draw", file, "林区火险隐患", "--size", "1", "--seed", "7")
    run("duty", file, "--loads")


def test_the_plan_follows_its_figure(run: Command, file: Path, tmp_path: Path) -> None:
    patrolled(run, file)
    run("record", file, "department", "名称=应急所")
    item = run(
        "record", file, "plan_item", "所属部分=民生", f"计划年度={YEAR}", "事项=森林防火巡查出动30人次。", "责任部门=应急所",
        f"完成期限={YEAR}-12-31", "对应指标=forest_people", "要求=至少", "目标值=30", "单位=人次",
    ).strip()  # fmt: skip
    assert "12" in run("plan", file, "--year", YEAR)
    assert "日程" in run(
        "schedule", file, "--item", item, "--share", "population", "--pdf", tmp_path / "日程.pdf"
    )
    run("next-year", file)
    assert "严守森林防火" in text_after(run, file, tmp_path)


def text_after(run: Command, file: Path, folder: Path) -> str:
    pdf = folder / "下一年.pdf"
    run("report", file, "--year", YEAR + 1, "--pdf", pdf)
    title = open_title(file)
    assert title not in text_of(pdf).partition("工作计划")[0], "the retired area is gone"
    return text_of(pdf)


def open_title(file: Path) -> str:
    township = open_township(file)
    try:
        section = township.catalogue.by_area[RETIRED].section
        assert section is not None
        return section.title
    finally:
        township.close()


def test_the_document_is_checked_signed_issued_and_proved(run: Command, file: Path, tmp_path: Path) -> None:
    ids = patrolled(run, file)
    year, pdf, docx, ofd = (
        ("--year", YEAR),
        tmp_path / "总结.pdf",
        tmp_path / "总结.docx",
        tmp_path / "总结.ofd",
    )
    run("report", file, *year, "--pdf", pdf, "--docx", docx, "--ofd", ofd)
    assert "组织护林巡查3次，出动12人次，沿途察看北山瞭望点、南岭瞭望点、西坡瞭望点" in text_of(pdf)
    assert "2021年未发生森林火情" in text_of(pdf)
    assert open_title(file) in text_of(pdf)
    run("inspect", pdf)
    run("read-word", file, *year, docx)
    assert "签发" in run("preflight", file, *year, status=1), "of the other areas this office knows little"
    of_it = (*year, "--area", "forest")
    assert "应急所" in run("sign", file, *of_it, "--department", "应急所", "--operator", "李文")
    run("preflight", file, *of_it)
    assert "签发" in run("issue", file, *of_it, "--pdf", tmp_path / "签发.pdf")
    run("record", file, "forest_patrol", "出动人数=5", "--id", ids[0])
    told = run("drift", file, *of_it)
    assert "护林巡查出动人次：签发时 12人次，现在 13人次" in told
    run("evidence", file, *year, "--pdf", tmp_path / "佐证.pdf", "--figures", "forest_people")
    assert "护林巡查" in text_of(tmp_path / "佐证.pdf")
    paper = tmp_path / "材料.txt"
    paper.write_text("全镇组织护林巡查3次，护林巡查出动人次13人次。", encoding="utf-8")
    assert "不一致 0 个" in run("check", file, paper, *year)


def test_sheets_go_out_and_come_in(run: Command, file: Path, tmp_path: Path) -> None:
    ids = patrolled(run, file)
    book = tmp_path / "巡查.xlsx"
    assert "3 条" in run("export", file, "forest_patrol", book)
    run("delete", file, "forest_patrol", *ids)
    assert "已导入巡查 3 条" in run("import", file, "forest_patrol", book)
    assert "护林巡查 3 条" in run("imports", file)
    run("undo-import", file, 1)
    folder = tmp_path / "各村"
    run("template", file, folder, "--villages", "--ledger", "forest_patrol", "--year", YEAR)
    sheet = next(path for path in folder.iterdir() if path.name.startswith(village(file)))
    for other in folder.iterdir():
        if other != sheet:
            other.unlink()
    filled = load_workbook(sheet)
    page = next(each for each in filled.worksheets if each.title == "护林巡查")
    row = next(
        n
        for n in range(1, 20)
        if any(cell.value == "出动人数*" or cell.value == "出动人数" for cell in page[n])
    )
    titles = [str(cell.value or "").rstrip("*＊") for cell in page[row]]
    for title, value in (
        ("村（居）", village(file)),
        ("日期", f"{YEAR}-05-06"),
        ("结果", "未见火情"),
        ("出动人数", 7),
    ):
        page.cell(row + 1, 1 + titles.index(title), value)
    filled.save(sheet)
    assert "新增 1 条" in run("merge", file, folder, "--ledger", "forest_patrol", "--year", YEAR)
    assert "新增 1 条" in run("merge", file, "--list")
    run("merge", file, "--undo", 1)
    county = tmp_path / "县表.xlsx"
    asked = Workbook()
    asked.active.append(["护林巡查出动人次", None])  # type: ignore[union-attr]
    asked.save(county)
    run("form", "add", file, county, "--title", "森林防火月报")
    marks = tmp_path / "对应.json"
    marks.write_text(
        json.dumps([{"sheet": "Sheet", "place": "B1", "kind": "figure", "of": "forest_people"}]),
        encoding="utf-8",
    )
    run("form", "marks", file, "森林防火月报", "--marks", marks)
    run(
        "record",
        file,
        "forest_patrol",
        f"村（居）={village(file)}",
        f"日期={YEAR}-5-9",
        "结果=未见火情",
        "出动人数=8",
    )
    run("form", "fill", file, "森林防火月报", tmp_path / "填好.xlsx", "--year", YEAR)
    assert load_workbook(tmp_path / "填好.xlsx").active["B1"].value == 8  # type: ignore[index]
    assert "森林防火月报" in run("form", "list", file)
    run("form", "due", file)


def test_it_is_kept_and_brought_back(run: Command, file: Path, tmp_path: Path) -> None:
    patrolled(run, file)
    kept = tmp_path / "备份.zgdb"
    run("backup", file, kept)
    run("verify", file)
    run("restore", file, kept)
    township = open_township(file)
    try:
        assert len(live(township, "forest_patrol")) == 3
    finally:
        township.close()


def tried_here() -> set[str]:
    """The commands that the tests above run, by what is written in them."""
    written = ast.walk(ast.parse(Path(__file__).read_text(encoding="utf-8")))
    calls = (each for each in written if isinstance(each, ast.Call) and ast.unparse(each.func) == "run")
    return {each.args[0].value for each in calls if each.args and isinstance(each.args[0], ast.Constant)}


def test_no_command_was_left_out() -> None:
    """What is tried above is all there is, but for those that make an office of their own."""
    assert tried_here() == every_command() - OF_THEIR_OWN
