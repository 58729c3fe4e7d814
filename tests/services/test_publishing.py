"""The yearly document as it is published: the office's choices, its attachments, and bytes that stay the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import ofdkit
import pdfplumber
import pytest

from tests.reports.whole_demo import SLACK, loosest
from zhengui import cli
from zhengui.figures.display import UNKNOWN, display
from zhengui.figures.period import year
from zhengui.reports.document import Attachment, Chart, Document, Table
from zhengui.services.counting.compute_figures import compute
from zhengui.services.document.compose_document import lay_out, publish
from zhengui.services.paper.compose_attachments import (
    ADDED_UP,
    MAIN,
    MARK,
    NO_SUM,
    NOTHING_BEFORE,
    OUTSIDE,
    attachments_of,
    is_statistic,
    number,
)
from zhengui.services.paper.publish_report import check_layout, lay_out_beginning, save
from zhengui.services.paper.publish_word import save_word
from zhengui.services.township.overview import villages
from zhengui.services.township.page_settings import KEY, ReportSettings, dressed, keep_settings, settings_of
from zhengui.services.township.township import Township, create_township, open_township
from zhengui.services.whole.demo import make_demo
from zhengui.storage.counting import measures
from zhengui.whole_file import write_whole

SHIPPED = ReportSettings(system_faces=False)


@pytest.fixture(scope="module")
def township(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Township]:
    made = make_demo(tmp_path_factory.mktemp("demo"), scale=0.1, pdf=False)
    opened = open_township(made.database)
    yield opened
    opened.close()


def test_settings_come_back_as_they_were_kept(tmp_path: Path) -> None:
    town = create_township(tmp_path / "a.zgdb", "云岭镇", "李文娟")
    assert settings_of(town) == ReportSettings()
    chosen = ReportSettings(
        **{
            field.name: (not field.default) if isinstance(field.default, bool) else f"{field.name}值"
            for field in fields(ReportSettings)
        }
    )
    keep_settings(town, chosen)
    town.close()
    again = open_township(tmp_path / "a.zgdb")
    assert settings_of(again) == chosen
    again.close()


@pytest.mark.parametrize("kept", ["", "{", "[1]", '{"cover": "yes", "colour": 3, "watermark": 7}'])
def test_settings_that_make_no_sense_fall_back_to_the_standard(tmp_path: Path, kept: str) -> None:
    town = create_township(tmp_path / "a.zgdb", "云岭镇", "李文娟")
    town.keep_setting(KEY, kept)
    assert settings_of(town) == ReportSettings()
    town.close()


def test_the_standard_page_is_the_default() -> None:
    page = ReportSettings().page()
    assert (page.size, page.cells, page.rows) == (16, 28, 22)
    assert not any((page.red_head, page.cover, page.contents, page.watermark, page.bold_third))
    assert ReportSettings(meeting=True).page().size > 16


def test_every_area_has_its_statistics(township: Township) -> None:
    found = attachments_of(township, year(2021))
    assert [attachment.title for attachment in found] == [
        "2022年工作任务分解表",
        "2021年主要指标统计表",
        "2021年各村（居）主要指标统计表",
        "2021年主要指标对比图",
    ]
    areas = list(township.catalogue.work_areas())
    assert [table.caption for table in tables_of(found[1])] == [area.title for area in areas]
    figures = compute(township, year(2021))
    before = compute(township, year(2020))
    for area, table in zip(areas, tables_of(found[1]), strict=True):
        told = [one for one in area.indicators if is_statistic(one)]
        assert [row[1].text for row in table.rows] == [one.title for one in told]
        for indicator, row in zip(told, table.rows, strict=True):
            assert row[3].text == number(indicator, figures[indicator.key])
            # What lives only since this year was never asked for the year before.
            old = before.get(indicator.key)
            if row[4].text == NOTHING_BEFORE:
                assert old is None or old.value is None or indicator.life.since == 2021
            else:
                assert old is not None
                assert row[4].text == number(indicator, old)
            assert row[3].source == f"figure:{indicator.key}"


def tables_of(attachment: Attachment) -> list[Table]:
    return [block for block in attachment.blocks if isinstance(block, Table)]


def test_months_limits_and_anniversaries_are_no_statistics(township: Township) -> None:
    indicators = township.catalogue.indicators
    for key in ("screening_month", "reception_day", "party_anniversary", "committee_age", "vaccination_age"):
        assert not is_statistic(indicators[key])
    told = {row[1].text for table in tables_of(attachments_of(township, year(2021))[1]) for row in table.rows}
    assert not told & {indicators[key].title for key in ("screening_month", "committee_age", "plan_items")}
    assert indicators["hazards_removed"].title in told


def test_a_change_is_told_where_both_years_have_records(township: Township) -> None:
    rows = {
        row[1].text: [cell.text for cell in row[3:]]
        for table in tables_of(attachments_of(township, year(2021))[1])
        for row in table.rows
    }
    indicators = township.catalogue.indicators
    assert rows[indicators["medals_fifty_years"].title][2] == "—"
    assert rows[indicators["toilets_converted"].title][2].startswith("↓ 10.9")
    assert rows[indicators["vaccination_rate"].title][1:] == ["—", "—"], "work that began this year"


def test_tasks_are_listed_with_goal_office_leader_and_date(township: Township) -> None:
    (tasks, *_others) = attachments_of(township, year(2021))
    tables = tables_of(tasks)
    parts = township.catalogue.ledgers["plan_item"]["part"].choices
    assert tuple(table.caption for table in tables) == parts
    assert [len(table.rows) for table in tables] == [8] * 5
    booster = next(row for row in tables[0].rows if "加强免疫" in row[1].text)
    assert booster[2].text == "≥90%"
    assert booster[5].text == "6月30日"
    assert all(row[3].text and row[4].text and row[5].text for table in tables for row in table.rows)


def test_attachments_of_sections_that_are_not_printed_are_left_out(township: Township) -> None:
    found = attachments_of(township, year(2021), sections={"safety"}, tasks=False)
    assert "2022年工作任务分解表" not in [attachment.title for attachment in found]
    assert [table.caption for table in tables_of(found[0])] == [
        township.catalogue.by_area[key].title for key in ("safety", "livelihood", "government")
    ]


def test_villages_are_compared_by_shares_at_both_ends(township: Township) -> None:
    charts = [
        block
        for attachment in attachments_of(township, year(2021))
        for block in attachment.blocks
        if isinstance(block, Chart) and block.kind == "compare"
    ]
    assert len(charts) >= 2
    for chart in charts:
        indicator = township.catalogue.indicators[chart.source.removeprefix("figure:")]
        values = [value for value in chart.series[0].values if value is not None]
        assert indicator.over is not None
        assert len(values) <= 12
        assert values == sorted(values, reverse=True)
        assert values[0] > values[-1], "a chart of villages that are all alike tells nothing"
        by_name = {village.name: village.id for village in villages(township)}
        first = by_name[chart.categories[0]]
        figure = compute(township, year(2021), (first,), [indicator.key])[indicator.key]
        assert values[0] == float(number(indicator, figure)), "with the decimals of the table"


def test_villages_stand_beside_each_other_with_the_whole_township_below(township: Township) -> None:
    tables = [
        block
        for attachment in attachments_of(township, year(2021))
        for block in attachment.blocks
        if isinstance(block, Table) and block.landscape
    ]
    names = [village.name for village in villages(township)]
    figures = compute(township, year(2021))
    indicators = township.catalogue.indicators
    assert tables
    for table in tables:
        told = [row[0].text for row in table.rows]
        assert told in (names, [*names, OUTSIDE])
        keys = [cell.source.removeprefix("figure:") for cell in table.totals[1:]]
        assert [cell.text for cell in table.totals[1:]] == [
            number(indicators[key], figures[key]) for key in keys
        ]
        assert all(sum(indicators[key].area == area for key in keys) <= MAIN for area in ("safety", "party"))
    third = villages(township)[2]
    alone = compute(township, year(2021), (third.id,))
    shown = [cell.text for table in tables for cell in table.rows[2][1:]]
    keys = [cell.source.removeprefix("figure:") for table in tables for cell in table.totals[1:]]
    assert shown == [number(indicators[key], alone[key]) for key in keys]


def test_village_tables_add_up_or_say_why_not(township: Township) -> None:
    """Every column comes to its total, 镇直（不分村） included; where it can't, the table says so."""
    figures = compute(township, year(2021))
    indicators = township.catalogue.indicators
    outside = 0
    for attachment in attachments_of(township, year(2021)):
        for table in attachment.blocks:
            if not isinstance(table, Table) or not table.landscape:
                continue
            outside += table.rows[-1][0].text == OUTSIDE
            for column, cell in enumerate(table.totals[1:], 1):
                indicator = indicators[cell.source.removeprefix("figure:")]
                values = [row[column].text for row in table.rows]
                total = sum(Decimal(text) for text in values if text != UNKNOWN)
                assert indicator.measure is not None
                if indicator.measure.kind in ADDED_UP:
                    slack = Decimal("0.01") * len(values) if "." in cell.text else 0
                    assert abs(total - Decimal(cell.text)) <= slack, indicator.title
                elif total != Decimal(cell.text):
                    assert table.header[column].endswith(MARK)
                    assert table.caption.endswith(NO_SUM)
                if indicator.display.style == "exact":
                    assert display(indicator, figures[indicator.key].value) == cell.text + indicator.unit
    assert outside, "the demo has records without a village"


def test_charts_show_years_and_villages_and_never_draw_the_unknown_as_zero(township: Township) -> None:
    charts = [
        block
        for attachment in attachments_of(township, year(2021))
        for block in attachment.blocks
        if isinstance(block, Chart)
    ]
    assert {chart.kind for chart in charts} == {"trend", "compare"}
    for chart in charts:
        values = chart.series[0].values
        assert len(values) == len(chart.categories)
        key = chart.source.removeprefix("figure:")
        if chart.kind == "trend":
            for when, value in zip(chart.categories, values, strict=True):
                figure = compute(township, year(int(when[:4])), keys=[key])[key]
                known = figure.value
                assert value is not None or known in (None, 0), "before the first record there is no trend"
                told = float(number(township.catalogue.indicators[key], figure)) if figure.known else 0
                assert value is None or value == told, "a chart tells no other number than the table"


def test_attachments_can_be_left_out(township: Township) -> None:
    assert not lay_out(
        township, year(2021), settings=replace(SHIPPED, attachments=False)
    ).composed.document.attachments
    titles = [
        one.title
        for one in lay_out(
            township, year(2021), settings=replace(SHIPPED, charts=False)
        ).composed.document.attachments
    ]
    assert "2021年主要指标对比图" not in titles


def test_the_second_layout_counts_nothing_again(township: Township, monkeypatch: pytest.MonkeyPatch) -> None:
    first = lay_out(township, year(2021), settings=SHIPPED)
    counted: list[object] = []
    monkeypatch.setattr(measures, "_evaluate_group", lambda *asked: counted.append(asked))
    assert lay_out(township, year(2021), settings=SHIPPED).pdf == first.pdf
    assert counted == []


def test_what_is_saved_is_what_is_shown(township: Township, tmp_path: Path) -> None:
    shown = lay_out(township, year(2021), settings=SHIPPED)
    save(shown, tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == shown.pdf
    publish(township, year(2021), tmp_path / "b.pdf", SHIPPED)
    assert (tmp_path / "b.pdf").read_bytes() == shown.pdf


def test_the_published_page_keeps_every_rule(township: Township) -> None:
    for chosen in (
        SHIPPED,
        replace(SHIPPED, sealed=True, addressee="县人民政府", imprint=True, copies_to="县委办公室"),
    ):
        verdicts = check_layout(lay_out(township, year(2021), settings=chosen))
        assert [verdict for verdict in verdicts if not verdict.ok] == []
        assert loosest(verdicts) <= SLACK


def test_choices_reach_the_page(township: Township) -> None:
    chosen = replace(
        SHIPPED, red_head=True, number="云政发〔2022〕1号", signer="王某某", urgency="特急", attachments=False
    )
    published = lay_out(township, year(2021), settings=chosen)
    with pdfplumber.open(BytesIO(published.pdf)) as paper:
        text = paper.pages[0].extract_text()
    for wanted in ("云岭镇人民政府文件", "云政发〔2022〕1号", "王某某", "特急"):
        assert wanted in text


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.pdf"]


def test_the_command_writes_both_kinds(
    township: Township, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_settings(township, SHIPPED)
    pdf, word = tmp_path / "a.pdf", tmp_path / "a.docx"
    database = str(township.path)
    assert cli.run(["report", database, "--year", "2021", "--pdf", str(pdf), "--docx", str(word)]) == 0
    shown = lay_out(township, year(2021))
    assert pdf.read_bytes() == shown.pdf
    save_word(shown, tmp_path / "b.docx")
    assert word.read_bytes() == (tmp_path / "b.docx").read_bytes()
    assert "共" in capsys.readouterr().out
    ofd = tmp_path / "a.ofd"
    assert cli.run(["report", database, "--year", "2021", "--ofd", str(ofd)]) == 0
    with ofdkit.open(ofd) as opened:
        assert len(opened.pages) == shown.pages
    assert cli.run(["report", database, "--year", "2021"]) == 1
    assert "--pdf" in capsys.readouterr().err
    assert cli.run(["report", database, "--year", "21", "--pdf", str(pdf)]) == 1
    assert "四位数" in capsys.readouterr().err
    assert cli.run(["report", database, "--year", "2021", "--no-attachments", "--pdf", str(pdf)]) == 0
    assert len(pdf.read_bytes()) < len(shown.pdf)


def test_offices_that_issue_together_lead_sign_and_stand_in_the_head() -> None:
    document = Document(("报告",), (), "云岭镇人民政府", "2021年12月31日")
    both = "中共云岭镇委员会、云岭镇人民政府"
    chosen = ReportSettings(
        red_head=True, imprint=True, issuers=both, copy_number="000001", remark="此件公开发布", sealed=True
    )
    made = dressed(document, chosen)
    assert (made.office, made.joint, made.remark) == ("中共云岭镇委员会", ("云岭镇人民政府",), "此件公开发布")
    assert made.head is not None
    assert made.imprint is not None
    assert (made.head.mark, made.head.joint) == ("文件", ("中共云岭镇委员会", "云岭镇人民政府"))
    assert (made.head.copy_number, made.imprint.printer) == ("000001", "中共云岭镇委员会")
    alone = dressed(document, ReportSettings(red_head=True, issuers="中共云岭镇委员会"))
    assert alone.head is not None
    assert (alone.office, alone.joint, alone.head.mark) == ("中共云岭镇委员会", (), "中共云岭镇委员会文件")
    assert dressed(document, ReportSettings()) == document


@pytest.mark.parametrize(
    "chosen",
    [
        SHIPPED,
        replace(SHIPPED, red_head=True, number="云政〔2022〕3号", imprint=True),
        replace(SHIPPED, cover=True, contents=True),
        replace(SHIPPED, meeting=True),
    ],
    ids=["plain", "red head", "cover", "meeting"],
)
def test_the_first_page_laid_out_alone_is_that_of_the_whole(
    township: Township, chosen: ReportSettings
) -> None:
    whole = lay_out(township, year(2021), settings=chosen)
    first = lay_out_beginning(replace(whole.composed.document, attachments=()), chosen)
    with pdfplumber.open(BytesIO(first)) as ours, pdfplumber.open(BytesIO(whole.pdf)) as theirs:
        assert 1 < len(ours.pages) < len(theirs.pages)
        drawn = [
            [(c["text"], round(c["x0"], 2), round(c["top"], 2), c["size"]) for c in page.chars]
            for page in (ours.pages[0], theirs.pages[0])
        ]
    assert drawn[0] == drawn[1] != []
