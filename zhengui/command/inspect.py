"""`inspect`: measure a PDF against the rules of the official document, rule by rule."""

from __future__ import annotations

import argparse
from pathlib import Path

from zhengui.command import Commands
from zhengui.command.problem import CommandProblem


def declare(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "inspect", help="检查 PDF 的版面", description="按公文格式逐条检查 PDF 的版面。"
    )
    parser.add_argument("pdf", metavar="文件", type=Path, help="PDF 文件")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print a line for every rule; the status is 1 if one is broken."""
    from zhengui.reports.inspect import inspect_pdf

    try:
        verdicts = inspect_pdf(given.pdf.read_bytes())
    except ValueError as problem:
        raise CommandProblem(str(problem)) from problem
    for verdict in verdicts:
        mark = "符合" if verdict.ok else "不符合"
        print(f"{mark}　{verdict.name}：测得{verdict.measured}，要求{verdict.allowed}")
    broken = sum(not verdict.ok for verdict in verdicts)
    print(f"{len(verdicts)} 条规则，{broken} 条不符合" if broken else f"{len(verdicts)} 条规则全部符合")
    return 1 if broken else 0
