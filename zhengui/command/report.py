"""`report`: compose the yearly document and save it as PDF."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from zhengui.command import opened


def declare(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "report", help="生成年度工作总结及下一年工作计划", description="生成年度工作总结及下一年工作计划。"
    )
    opened.add_database(parser)
    parser.add_argument("--year", metavar="年", type=int, required=True, help="总结哪一年，例如 2021")
    parser.add_argument("--pdf", metavar="文件", type=Path, required=True, help="PDF 存到哪里")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Write the document."""
    from zhengui.services.publish_report import publish

    with opened.township(given) as township:
        published = publish(township, given.year, given.pdf)
        print(f"已生成《{published.title}》，共 {published.pages} 页：{given.pdf.resolve()}")
        for line in published.remarks:
            print(f"  请核对：{line}")
    return 0
