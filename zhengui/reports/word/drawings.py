"""Photos and charts in the text: inline, so that they stay where they are when the text is edited."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import quoteattr

from docx.document import Document as Package

from zhengui.reports.document import Chart
from zhengui.reports.gb9704.charts import SIZE, height_of
from zhengui.reports.gb9704.faces import clean
from zhengui.reports.word.markup import paragraph, run
from zhengui.reports.word.package import add_chart
from zhengui.reports.word.styles import CAPTION, CAPTION_SIZE, CELL

_EMU = 12700
_KINDS = "http://schemas.openxmlformats.org/drawingml/2006/"


class Drawings:
    """Counts what is drawn in one file, for every drawing needs a number of its own."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._drawn = 0

    def picture(self, data: bytes, width: float, height: float, words: str) -> str:
        """A photo at a size in points; `words` say what it shows."""
        relation, _ = self._package.part.get_or_add_image(BytesIO(data))
        self._drawn += 1
        graphic = (
            f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{self._drawn}" name="照片{self._drawn}"/><pic:cNvPicPr/>'
            f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
            f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {_extent(width, height)}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        )
        return self._inline("picture", graphic, width, height, words)

    def chart(self, chart: Chart, width: float) -> list[str]:
        """A chart as wide as the text, under its caption."""
        self._drawn += 1
        relation = add_chart(self._package, self._drawn, chart)
        caption = chart.caption + (f"（{chart.unit}）" if chart.unit else "")
        height = height_of(chart) - 2 * CAPTION_SIZE
        drawing = self._inline("chart", f'<c:chart r:id="{relation}"/>', width, height, caption)
        flowing = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
        return [paragraph(CAPTION, run(caption, size=SIZE)), paragraph(CELL, drawing, flowing)]

    def _inline(self, kind: str, graphic: str, width: float, height: float, words: str) -> str:
        return (
            '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f"<wp:extent {_extent(width, height)}/>"
            f'<wp:docPr id="{self._drawn}" name="图{self._drawn}" descr={quoteattr(clean(words))}/>'
            f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_KINDS}{kind}">{graphic}'
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )


def _extent(width: float, height: float) -> str:
    return f'cx="{round(width * _EMU)}" cy="{round(height * _EMU)}"'
