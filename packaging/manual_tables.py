"""Write the manual's two tables from the catalogue: what each ledger holds, and which sentences come of it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from zhengui.catalogue.check_wording import outline_texts, section_texts  # noqa: E402
from zhengui.catalogue.load import load_catalogue  # noqa: E402
from zhengui.catalogue.model import Area, Catalogue, Claim, Indicator, Ledger  # noqa: E402
from zhengui.catalogue.wording import PLAIN, SHAPES, Chip, chips, shape_title  # noqa: E402

HELP = ROOT / "resources" / "help"
_HEAD = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{title}</title>
</head>
<body>
<h1>{title}</h1>
<p class="lead">{lead}</p>
"""
_TABLE = '<table class="grid" border="0" cellspacing="0" width="100%">\n'
_AREAS = (
    "领域和台账一览",
    "各工作领域、基础信息和年度计划的全部台账，以及它们用在总结的哪里。带“销号”的台账从登记到销号分步办理，"
    '见<a href="record.html#s5">整改销号</a>；哪个台账得出哪个指标、印在哪一句，'
    '见<a href="sources.html">台账、指标和句子</a>。',
)
_SOURCES = (
    "台账、指标和句子",
    "从台账到指标，再到总结和计划里的句子。〔 〕里是指标或论断的名称，印出来时换成数字或如实的说法；"
    "没有句子的指标可以在指标页、统计表里看，也可以自己写进文稿。",
)
UNPRINTED = "不在固定文字里，可在指标页和统计表里看，也可自己写进文稿"


_SHAPES = re.compile(r"(<!-- shapes:[^>]*-->\n).*?(<!-- end of shapes -->)", re.DOTALL)

_LISTED_ICONS = re.compile(r"(<!-- icons:[^>]*-->\n).*?(<!-- end of icons -->)", re.DOTALL)
ICONS = ROOT / "resources" / "icons"


def main() -> None:
    """Write both pages, and the list of what wording may say into the documentation."""
    for name, text in pages(load_catalogue()).items():
        (HELP / f"{name}.html").write_text(text, encoding="utf-8", newline="\n")
    guide = ROOT / "docs" / "catalogue.md"
    told = with_icons(with_shapes(guide.read_text(encoding="utf-8")))
    guide.write_text(told, encoding="utf-8", newline="\n")


def with_shapes(guide: str) -> str:
    """The guide to the catalogue with the list of shapes as the code has it."""
    rows = ["| written | prints, as an example | what |\n|---|---|---|\n"]
    rows += [f"| `{{{key}}}` | {title} | a fixed word |\n" for key, title in PLAIN.items()]
    rows += [
        f"| `{{figure{shape.example}}}` | {shape.prints} | {shape.meaning} |\n" for shape in SHAPES.values()
    ]
    told = "".join(rows[:1] + [_cell_bars(row) for row in rows[1:]])
    return _SHAPES.sub(lambda found: found[1] + told + found[2], guide)


def with_icons(guide: str) -> str:
    """The guide to the catalogue with the names of the drawings that a tab can have."""
    drawn = {path.name.removesuffix("_20_filled.svg") for path in ICONS.glob("*_20_filled.svg")}
    told = "Drawings: " + " ".join(f"`{name}`" for name in sorted(drawn)) + ".\n"
    return _LISTED_ICONS.sub(lambda found: found[1] + told + found[2], guide)


def _cell_bars(row: str) -> str:
    """A bar inside code would end the cell."""
    return re.sub(r"`[^`]*`", lambda found: found[0].replace("|", "\\|"), row)


def pages(catalogue: Catalogue) -> dict[str, str]:
    """The pages by name."""
    return {"areas": areas_page(catalogue), "sources": sources_page(catalogue)}


def areas_page(catalogue: Catalogue) -> str:
    """Every ledger with what belongs in it."""
    parts = [_HEAD.format(title=_AREAS[0], lead=_AREAS[1])]
    for number, area in enumerate(_in_order(catalogue), 1):
        parts.append(f'<h2><a name="s{number}"></a>{escape(area.title)}</h2>\n')
        if area.kind == "area":
            office = escape(area.department)
            parts.append(
                f'<p>左边的标签：<span class="ui">{escape(area.short)}</span>，由{office}负责。</p>\n'
            )
        parts.append(_TABLE + "<tr><th>台账</th><th>登记什么</th></tr>\n")
        parts += [f"<tr><td>{_titled(each)}</td><td>{escape(each.about)}</td></tr>\n" for each in _live(area)]
        parts.append("</table>\n")
    return "".join(parts) + "</body>\n</html>\n"


def sources_page(catalogue: Catalogue) -> str:
    """Every ledger with its figures and claims, and the sentences that print them."""
    sentences = _sentences(catalogue)
    parts = [_HEAD.format(title=_SOURCES[0], lead=_SOURCES[1])]
    for number, area in enumerate(_in_order(catalogue), 1):
        rows = [row for ledger in _live(area) for row in _rows(catalogue, ledger, sentences)]
        if rows:
            parts.append(f'<h2><a name="s{number}"></a>{escape(area.title)}</h2>\n')
            parts.append(_TABLE + "<tr><th>台账</th><th>指标或论断</th><th>句子</th></tr>\n")
            parts += [*rows, "</table>\n"]
    return "".join(parts) + "</body>\n</html>\n"


def _in_order(catalogue: Catalogue) -> list[Area]:
    """Work areas as in the window, then what they share, then the plan."""
    last = {"area": 0, "registers": 1, "plan": 2}
    return sorted(catalogue.areas, key=lambda area: last.get(area.kind, 0))


def _live(area: Area) -> list[Ledger]:
    return [ledger for ledger in area.ledgers if ledger.life.retired is None]


def _titled(ledger: Ledger) -> str:
    return escape(ledger.title) + ("（销号）" if ledger.closed_loop else "")


def _rows(catalogue: Catalogue, ledger: Ledger, sentences: dict[str, list[str]]) -> Iterator[str]:
    first = _titled(ledger)
    for name, title in _made_of(catalogue, ledger.key):
        told = "<br>".join(escape(each) for each in sentences.get(name, [])) or UNPRINTED
        yield f"<tr><td>{first}</td><td>{escape(title)}</td><td>{told}</td></tr>\n"
        first = ""


def _made_of(catalogue: Catalogue, ledger: str) -> Iterator[tuple[str, str]]:
    """The placeholders and titles of everything that is counted in a ledger."""
    for indicator in catalogue.indicators.values():
        if ledger in _of_indicator(indicator):
            yield indicator.key, indicator.title
    for claim in catalogue.claims.values():
        if ledger in _of_claim(catalogue, claim):
            yield f"claim.{claim.key}", f"论断：{claim.title}"


def _of_indicator(indicator: Indicator) -> set[str]:
    return {each.ledger for each in (indicator.measure, indicator.over) if each is not None}


def _of_claim(catalogue: Catalogue, claim: Claim) -> set[str]:
    found = {claim.measure.ledger} if claim.measure is not None else set()
    found |= {cover.measure.ledger for cover in claim.covers}
    return found.union(*(_of_indicator(catalogue.indicators[key]) for key in claim.indicators))


def _sentences(catalogue: Catalogue) -> dict[str, list[str]]:
    """By placeholder, the sentences of the outline that print it."""
    found: dict[str, list[str]] = {}
    texts = [text for area in catalogue.areas for _, text in section_texts(area.section)]
    texts += [text for _, text in outline_texts(catalogue.outline)]
    for text in texts:
        for sentence in re.findall(r"[^。]+。?", text):
            for chip in chips(sentence):
                key = f"{chip.key}.{chip.part}" if chip.is_claim else chip.key
                told = _readable(catalogue, sentence)
                if told not in found.setdefault(key, []):
                    found[key].append(told)
    return found


def _readable(catalogue: Catalogue, sentence: str) -> str:
    """The sentence with titles in place of its placeholders."""
    fixed = {"township": "本镇", "year": "本", "next_year": "下"}

    def title(chip: Chip) -> str:
        if chip.is_claim:
            return f"〔{catalogue.claims[chip.part].title}〕"
        if chip.key in catalogue.indicators:
            tail = "的村（居）" if chip.part == "villages" else "的名称" if chip.shape == "names" else ""
            if chip.part and not tail:
                tail = f"·{shape_title(chip)}"
            return f"〔{catalogue.indicators[chip.key].title}{tail}〕"
        return fixed.get(chip.key, "〔数〕")

    for chip in reversed(chips(sentence)):
        sentence = sentence[: chip.start] + title(chip) + sentence[chip.end :]
    return sentence


if __name__ == "__main__":
    main()
