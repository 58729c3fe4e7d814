"""`preflight`, `issue`, `drift`, `evidence` and `read-word`: look a document over, issue it, prove it, take edits back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from zhengui.command import Commands, opened
from zhengui.command.problem import CommandProblem

if TYPE_CHECKING:
    from zhengui.services.township.township import Township
    from zhengui.storage.writing.issues import Issue


def declare(commands: Commands) -> None:
    """Add the commands to the parser."""
    check = _command(commands, "preflight", "定稿前检查：列出未知的数、没有依据的话、前后不一致的地方")
    check.set_defaults(run=run_preflight)
    issue = _command(commands, "issue", "签发：冻结文字、指标、记录和版面，并存为 PDF")
    issue.add_argument("--pdf", metavar="文件", type=Path, required=True, help="PDF 存到哪里")
    issue.add_argument("--docx", metavar="文件", type=Path, help="同时存成 Word 文件")
    issue.add_argument("--ofd", metavar="文件", type=Path, help="同时存成 OFD 文件")
    issue.add_argument("--reason", metavar="原因", default="", help="再次签发时写明原因")
    issue.set_defaults(run=run_issue)
    drift = _command(commands, "drift", "列出签发以后台账的改动会让哪些指标不一样")
    drift.set_defaults(run=run_drift)
    evidence = _command(commands, "evidence", "装订佐证材料：指标的口径、数值、记录和照片")
    evidence.add_argument("--pdf", metavar="文件", type=Path, required=True, help="PDF 存到哪里")
    evidence.add_argument("--figures", metavar="指标", nargs="+", help="指标的键或序号，不写就是文中全部指标")
    evidence.add_argument("--unmasked", action="store_true", help="不遮盖个人信息")
    evidence.set_defaults(run=run_evidence)
    word = _command(commands, "read-word", "读回在 Word 里改过的文稿，列出每一处改动")
    word.add_argument("docx", metavar="文件.docx", type=Path, help="从这份文稿存出去、改过的 Word 文件")
    word.add_argument("--take", action="store_true", help="把改动采用到文稿里")
    word.set_defaults(run=run_read_word)


def _command(commands: Commands, name: str, help_text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help_text, description=f"{help_text}。")
    opened.add_database(parser)
    opened.add_scope(parser)
    return parser


def run_preflight(given: argparse.Namespace) -> int:
    """Print what the check before issuing finds; the status is 1 where something blocks issuing."""
    from zhengui.services.issue.preflight import TITLES, blocking, preflight

    with opened.township(given) as township:
        found = preflight(township, document_of(township, opened.scope(given, township)))
        for finding in found:
            mark = "必须处理" if finding.severity == "stop" else "请核对"
            print(f"{mark}【{TITLES[finding.kind]}】{finding.title}。{finding.reason}")
        stops = len(blocking(found))
        print(f"共 {len(found)} 处，其中 {stops} 处处理以后才能签发。" if found else "没有要处理的地方。")
    return 1 if stops else 0


def run_issue(given: argparse.Namespace) -> int:
    """Issue the document of a year and save its pages."""
    for place in (given.pdf, given.docx, given.ofd):
        if place is not None:
            opened.check_place(place)  # before, for what is issued can't be taken back
    from zhengui.services.document.edit_document import open_document
    from zhengui.services.issue.issue_document import NotReady, issue, issued_pages, revise, send_back, submit
    from zhengui.services.issue.issued_files import issued_ofd, issued_word
    from zhengui.whole_file import write_whole

    with opened.township(given) as township:
        document = document_of(township, opened.scope(given, township))
        state = open_document(township, document).document.state
        if state == "issued":
            revise(township, document, given.reason)
        if state != "review":
            submit(township, document)
        try:
            township.expect_sound()
            made = issue(township, document, given.reason)
        except NotReady as problem:
            send_back(township, document, "定稿前检查没有通过")
            lines = "\n".join(f"  {finding.title}。{finding.reason}" for finding in problem.found)
            raise CommandProblem(f"还不能签发，请先处理：\n{lines}") from None
        write_whole(given.pdf, issued_pages(township, made.id).pdf)
        if given.docx is not None:
            write_whole(given.docx, issued_word(township, made.id))
        if given.ofd is not None:
            write_whole(given.ofd, issued_ofd(township, made.id))
        print(f"《{made.title}》第 {made.number} 次签发，共 {made.pages} 页：{given.pdf.resolve()}")
    return 0


def run_drift(given: argparse.Namespace) -> int:
    """Print what would differ if the latest issue of a year were made again today."""
    from zhengui.services.issue.drift import drift

    with opened.township(given) as township:
        found = drift(township, _latest_issue(township, opened.scope(given, township)).id)
        print(found.sentence)
        for figure in found.figures:
            print(f"{figure.title}：签发时 {figure.then}，现在 {figure.now}")
            for edit in figure.edits:
                changes = "，".join(
                    f"{title} {before or '空'}→{after or '空'}" for title, before, after in edit.changes
                )
                print(
                    f"  {edit.at:%Y-%m-%d %H:%M} {edit.who} {_ACTIONS[edit.action]} {edit.label} {changes}".rstrip()
                )
        for claim in found.claims:
            print(f"断言“{claim.title}”：签发时写“{claim.then_sentence}”，现在写“{claim.now_sentence}”")
    return 0


def run_evidence(given: argparse.Namespace) -> int:
    """Bind the evidence of a year's latest issue, or of its draft where it has none."""
    opened.check_place(given.pdf)
    from zhengui.command.figures import figure_key
    from zhengui.services.issue.bind_evidence import bind_document, bind_issue

    with opened.township(given) as township:
        keys = [figure_key(township, text) for text in given.figures or ()]
        masked = not given.unmasked
        issues = _issues(township, opened.scope(given, township))
        if issues:
            bound = bind_issue(township, issues[0].id, given.pdf, keys, masked)
        else:
            bound = bind_document(
                township, document_of(township, opened.scope(given, township)), given.pdf, keys, masked
            )
        count = f"{len(bound.first_pages)} 个指标、{bound.records} 条记录、{bound.photos} 张照片"
        print(f"已装订 {bound.pages} 页，{count}：{given.pdf.resolve()}")
    return 0


def run_read_word(given: argparse.Namespace) -> int:
    """Print what was changed in Word, and take it over where asked for."""
    from zhengui.services.document.word_edits import changes_from_word, take_all_over

    try:
        data = given.docx.read_bytes()
    except OSError:
        raise CommandProblem(f"打不开 {given.docx}。请检查文件名和位置。") from None
    with opened.township(given) as township:
        document = document_of(township, opened.scope(given, township))
        changes = changes_from_word(township, document, data)
        for change in changes:
            print(
                f"{change.number}【{_DIFFERENCES[change.kind]}】{change.before or '（无）'} → {change.after or '（无）'}"
            )
            if change.lost:
                print(f"  改成手写的数：{'、'.join(change.lost)}")
            if change.hindrance:
                print(f"  不能在这里采用：{change.hindrance}")
        if not changes:
            print("与文稿一样，没有改动。")
        elif given.take:
            print(f"共 {len(changes)} 处，采用了 {len(take_all_over(township, document, changes))} 处。")
        else:
            print(f"共 {len(changes)} 处。加上 --take 采用到文稿里。")
    return 0


_DIFFERENCES = {"changed": "改动", "added": "新增", "removed": "删去", "moved": "移动", "head": "改动"}
_ACTIONS = {
    "create": "新增",
    "update": "修改",
    "delete": "删除",
    "restore": "恢复",
    "review": "审核",
    "report": "补报",
    "unreport": "撤回报送",
    "setting": "改设定",
    "definition": "改口径",
}


def document_of(township: Township, scope: opened.Scope) -> int:
    """The latest document of a scope, begun as in the window where there is none."""
    from zhengui.services.document.begin_document import begin_document
    from zhengui.services.document.edit_document import find_documents

    found = find_documents(township, *scope)
    return found[-1].id if found else begin_document(township, *scope)


def _issues(township: Township, scope: opened.Scope) -> list[Issue]:
    from zhengui.services.issue.issue_document import all_issues

    return [each for each in all_issues(township) if (each.period, each.villages, each.area) == scope]


def _latest_issue(township: Township, scope: opened.Scope) -> Issue:
    found = _issues(township, scope)
    if not found:
        title = scope[0].title.replace("年", " 年", 1)
        raise CommandProblem(f"{title}的文稿还没有签发。先用 issue 命令签发。")
    return found[0]
