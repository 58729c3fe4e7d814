"""`form`: the county's own forms, filled from the records, and the register of forms asked for."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from zhengui.command import Commands, opened
from zhengui.command.problem import CommandProblem

if TYPE_CHECKING:
    from zhengui.services.township.township import Township


def declare(commands: Commands) -> None:
    """Add the command with its deeds to the parser."""
    parser = commands.add_parser(
        "form",
        help="县里的表：登记表样、对应、填表",
        description="县里的表：fill 从台账填一张，add 收一张表样，marks 看和改每一格填什么，list 列出来，due 看本月要报的。",
    )
    parser.add_argument("deed", metavar="做什么", choices=("fill", "add", "marks", "list", "due"))
    opened.add_database(parser)
    parser.add_argument("form", metavar="表样", nargs="?", default="", help="表样的名称；add 时是 .xlsx 文件")
    parser.add_argument("file", metavar="文件", nargs="?", type=Path, help="fill 时填好的表存到哪里")
    opened.add_period(parser)
    opened.add_villages(parser)
    parser.add_argument("--title", metavar="名称", default="", help="add 时表样叫什么，不写就是文件名")
    parser.add_argument(
        "--marks", metavar="文件", type=Path, help="marks 时从这个 .json 文件读入每一格填什么"
    )
    parser.add_argument(
        "--personal", action="store_true", help="fill 时，设为不遮盖的证件号码和电话照原样填，会记下来"
    )
    parser.add_argument(
        "--continue",
        dest="continued",
        action="store_true",
        help="fill 时一张表放不下的，接着填第 2 份、第 3 份，存在同名加“（续2）”的文件里",
    )
    parser.add_argument("--pdf", metavar="文件", type=Path, help="list 时把报表登记表存成 PDF")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Do one of the deeds."""
    deed = {"fill": _fill, "add": _add, "marks": _marks, "list": _list, "due": _due}[given.deed]
    if given.deed in ("fill", "add", "marks") and not given.form:
        raise CommandProblem("请写明是哪张表样。")
    with opened.township(given) as township:
        return deed(given, township)


def _fill(given: argparse.Namespace, township: Township) -> int:
    from zhengui.services.county_forms.keep_forms import form_named
    from zhengui.services.county_forms.save_form import save_filled

    if given.file is None:
        raise CommandProblem("请写明填好的表存到哪个 .xlsx 文件。")
    opened.check_place(given.file)
    form = form_named(township, given.form)
    period, villages = opened.period(given), opened.villages(township, given.village)
    filled = save_filled(township, form.id, given.file, period, villages, given.personal, given.continued)
    for remark in filled.remarks:
        print(remark, file=sys.stderr)
    print(f"已填好“{form.title}”，{period.title}，{filled.count} 格：{given.file.resolve()}")
    for path in filled.files[1:]:
        print(f"接着填的：{path.resolve()}")
    return 0


def _add(given: argparse.Namespace, township: Township) -> int:
    from zhengui.services.county_forms.keep_forms import add_form

    path = Path(given.form)
    number = add_form(township, path, given.title)
    print(f"已收下表样“{given.title or path.stem}”，编号 {number}。")
    return 0


def _marks(given: argparse.Namespace, township: Township) -> int:
    from zhengui.services.county_forms.keep_forms import form_named, marks_of, set_marks
    from zhengui.services.county_forms.marks_text import read_marks, write_marks

    form = form_named(township, given.form)
    if given.marks is None:
        print(json.dumps(write_marks(marks_of(township, form.id)), ensure_ascii=False, indent=1))
        return 0
    try:
        text = given.marks.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandProblem(f"“{given.marks}”打不开。请核对文件是否还在，是不是 UTF-8 文本。") from error
    marks = read_marks(text)
    set_marks(township, form.id, marks)
    print(f"“{form.title}”已对应 {len(marks)} 处。")
    return 0


def _list(given: argparse.Namespace, township: Township) -> int:
    from zhengui.services.county_forms import asked_forms
    from zhengui.services.county_forms.keep_forms import all_forms, marks_of
    from zhengui.services.township.working_year import working_year

    year = given.year or working_year(township)
    if given.pdf is not None:
        opened.check_place(given.pdf)
        pages = asked_forms.save_register(township, year, given.pdf)
        print(f"已生成报表登记表，共 {pages} 页：{given.pdf.resolve()}")
        return 0
    for form in all_forms(township):
        print(f"{form.id}　{form.title}　{form.file}　对应 {len(marks_of(township, form.id))} 处")
    for asked in asked_forms.all_asked(township):
        rhythm = f"{asked_forms.RHYTHMS[asked.rhythm]}，{asked_forms.due_words(asked)}"
        print(f"报表：{asked.title}　{asked.asked_by}　{rhythm}　{asked_forms.ADMITTED[asked.admitted]}")
    for saved in asked_forms.saved_entries(township, year):
        print(f"{year}年“{saved.title}”填了 {saved.times} 次，{saved.cells} 格不用再抄录。")
    return 0


def _due(given: argparse.Namespace, township: Township) -> int:
    from zhengui.services.county_forms.asked_forms import forms_due

    found = forms_due(township)
    for each in found:
        state = "已填" if each.filled else "已过期" if each.late else "要报"
        print(
            f"{each.due.isoformat()}　{each.asked.title}（{each.period.title}）　{each.asked.asked_by}　{state}"
        )
    if not found:
        print("这个月没有要报的报表。")
    return 0
