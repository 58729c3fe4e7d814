"""`report`: compose the yearly document and save it as PDF, for Word, as OFD, or all of them."""

from __future__ import annotations

import argparse
from pathlib import Path

from zhengui.command import Commands, opened
from zhengui.command.problem import CommandProblem


def declare(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "report", help="生成年度工作总结及下一年工作计划", description="生成年度工作总结及下一年工作计划。"
    )
    opened.add_database(parser)
    opened.add_scope(parser)
    parser.add_argument("--pdf", metavar="文件", type=Path, help="PDF 存到哪里")
    parser.add_argument("--docx", metavar="文件", type=Path, help="Word 文件存到哪里")
    parser.add_argument("--ofd", metavar="文件", type=Path, help="OFD 文件存到哪里")
    parser.add_argument("--no-attachments", action="store_true", help="不带统计表和图等附件")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Write the document in the kinds asked for; both are set as the office chose in the window."""
    if given.pdf is None and given.docx is None and given.ofd is None:
        raise CommandProblem(
            "请写明存到哪里：--pdf 文件.pdf、--docx 文件.docx 或 --ofd 文件.ofd，也可以几个都写。"
        )
    for place in (given.pdf, given.docx, given.ofd):
        if place is not None:
            opened.check_place(place)
    from zhengui.services.document.compose_document import lay_out
    from zhengui.services.paper.publish_ofd import save_ofd
    from zhengui.services.paper.publish_report import save
    from zhengui.services.paper.publish_word import save_word

    with opened.township(given) as township:
        township.expect_sound()
        period, villages, area = opened.scope(given, township)
        published = lay_out(township, period, villages, area, attachments=not given.no_attachments)
        if given.pdf is not None:
            save(published, given.pdf)
            print(f"已生成《{published.title}》，共 {published.pages} 页：{given.pdf.resolve()}")
        if given.docx is not None:
            save_word(published, given.docx)
            print(f"已生成《{published.title}》的 Word 文件：{given.docx.resolve()}")
        if given.ofd is not None:
            save_ofd(published, given.ofd)
            print(f"已生成《{published.title}》的 OFD 文件：{given.ofd.resolve()}")
        for line in published.remarks:
            print(f"  请核对：{line}")
    return 0
