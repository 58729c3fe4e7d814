"""WordprocessingML as text: paragraphs, runs and their properties, each in the order the schema wants."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsmap

from zhengui.reports.gb9704.faces import clean
from zhengui.reports.gb9704.items import FaceRole

#: What Word calls the faces, and what stands in where a computer lacks one.
FACES = {
    FaceRole.TITLE: "方正小标宋简体",
    FaceRole.HEI: "黑体",
    FaceRole.KAI: "楷体_GB2312",
    FaceRole.FANG: "仿宋_GB2312",
    FaceRole.SONG: "宋体",
}
LATIN = "Times New Roman"
_SPACES = {
    **{key: nsmap[key] for key in ("w", "r", "a", "wp", "pic")},
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
DECLARED = " ".join(f'xmlns:{key}="{address}"' for key, address in _SPACES.items())
# Chinese quotes and dashes are also Latin ones; the hint makes Word take the Chinese face.
_HINT = '<w:rFonts w:hint="eastAsia"/>'


def parsed(xml: str) -> list[Any]:
    """The elements of a piece of markup."""
    return list(parse_xml(f"<w:body {DECLARED}>{xml}</w:body>"))


def twips(points: float) -> int:
    """A length as Word counts it."""
    return round(points * 20)


def face(
    role: FaceRole,
    size: float,
    bold: bool = False,
    colour: str = "",
    closer: int = 0,
    own_digits: bool = False,
) -> str:
    """Run properties: the Chinese face of a role beside the Latin one; `closer` are twips between characters.

    With `own_digits` digits are in the Chinese face too.
    """
    latin = FACES[role] if role is FaceRole.SONG or own_digits else LATIN
    return (
        f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:cs="{latin}" w:eastAsia="{FACES[role]}"/>'
        + ("<w:b/><w:bCs/>" if bold else '<w:b w:val="0"/><w:bCs w:val="0"/>')
        + (f'<w:color w:val="{colour}"/>' if colour else "")
        + f'<w:spacing w:val="{closer}"/>'
        + f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'
    )


def run(text: str, style: str = "", bold: bool = False, size: float = 0.0, closer: int | None = None) -> str:
    """A run of text; line ends in it become line breaks; `closer` are the twips between its characters."""
    properties = (
        (f'<w:rStyle w:val="{style}"/>' if style else "")
        + _HINT
        + ("<w:b/><w:bCs/>" if bold else "")
        + (f'<w:spacing w:val="{closer}"/>' if closer is not None else "")
        + (f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else "")
    )
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(clean(line))}</w:t>' for line in text.split("\n")
    )
    return f"<w:r><w:rPr>{properties}</w:rPr>{lines}</w:r>"


def tab() -> str:
    """A tab in a run of its own."""
    return "<w:r><w:tab/></w:r>"


def field(code: str, shown: str, style: str = "") -> str:
    """A field with the text it shows until Word works it out."""
    marks = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return (
        f'<w:r>{marks}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{marks}<w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        f'<w:r>{marks}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r>{marks}<w:t>{escape(shown)}</w:t></w:r>"
        f'<w:r>{marks}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def spacing(line: float, before: float = 0.0, after: float = 0.0, least: bool = False) -> str:
    """Line pitch and the space around a paragraph, in points."""
    rule = "atLeast" if least else "exact"
    return (
        f'<w:spacing w:before="{twips(before)}" w:after="{twips(after)}" '
        f'w:line="{twips(line)}" w:lineRule="{rule}"/>'
    )


def indent(left: float = 0.0, right: float = 0.0, first: float = 0.0, characters: int = 0) -> str:
    """Indents in points; a negative `first` hangs; `characters` is the first line's indent as Word counts it."""
    edge = f'w:firstLine="{twips(first)}"' if first >= 0 else f'w:hanging="{twips(-first)}"'
    if characters:
        edge += f' w:firstLineChars="{100 * characters}"'
    return f'<w:ind w:left="{twips(left)}" w:right="{twips(right)}" {edge}/>'


def paragraph(style: str, content: Iterable[str] | str, own: str = "", keep: bool = False) -> str:
    """A paragraph in a style; `own` are properties that come after spacing in the schema's order."""
    text = content if isinstance(content, str) else "".join(content)
    kept = "<w:keepNext/>" if keep else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}{own}</w:pPr>{text}</w:p>'
