"""Charts as Word's own: drawn by Word from the numbers of its table, black and grey, with a label at each value."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from zhengui.reports.document import Chart, Series
from zhengui.reports.gb9704.charts import FILLS
from zhengui.reports.gb9704.faces import clean
from zhengui.reports.gb9704.items import FaceRole
from zhengui.reports.word.chart_data import categories_at, names_at, values_at
from zhengui.reports.word.markup import DECLARED, FACES, LATIN

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
_DASHES = ("solid", "dash", "sysDot", "lgDash")
_MARKERS = ("circle", "square", "triangle", "diamond")
_AXES = '<c:axId val="1"/><c:axId val="2"/>'


def chart_xml(chart: Chart) -> str:
    """The chart part: lines over years, or bars from the top downward in the order given; its first relation is its table."""
    trend = chart.kind == "trend"
    series = "".join(_series(chart, index, one, trend) for index, one in enumerate(chart.series))
    labels = _labels(trend) if len(chart.series) == 1 or not trend else ""
    if trend:
        plot = (
            f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}{labels}'
            f'<c:marker val="1"/>{_AXES}</c:lineChart>'
        )
    else:
        plot = (
            '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
            f'{series}{labels}<c:gapWidth val="60"/>{_AXES}</c:barChart>'
        )
    legend = (
        '<c:legend><c:legendPos val="t"/><c:overlay val="0"/></c:legend>' if len(chart.series) > 1 else ""
    )
    return (
        f"<?xml version='1.0' encoding='UTF-8' standalone='yes'?><c:chartSpace {DECLARED}>"
        '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f'{plot}{_category_axis(trend)}{_value_axis(chart, trend)}</c:plotArea>{legend}<c:plotVisOnly val="1"/>'
        '<c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        f'{_type()}<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _type() -> str:
    return (
        '<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1050"><a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
        f'<a:latin typeface="{LATIN}"/><a:ea typeface="{FACES[FaceRole.FANG]}"/></a:defRPr></a:pPr>'
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def _series(chart: Chart, index: int, one: Series, trend: bool) -> str:
    names = [escape(clean(name)) for name in chart.categories]
    values = [None if value is None else f"{value:.10g}" for value in one.values]
    told = f"{_count(names)}{_points(names)}"
    plotted = f"<c:formatCode>General</c:formatCode>{_count(names)}{_points(values)}"
    title = f'<c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(clean(one.name))}</c:v></c:pt>'
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/><c:tx>{_referred("str", names_at(index), title)}</c:tx>'
        f"{_look(index, trend)}<c:cat>{_referred('str', categories_at(chart), told)}</c:cat>"
        f"<c:val>{_referred('num', values_at(chart, index), plotted)}</c:val>"
        + ('<c:smooth val="0"/>' if trend else "")
        + "</c:ser>"
    )


def _referred(kind: str, place: str, told: str) -> str:
    """A place in the table, with what stands there."""
    return f"<c:{kind}Ref><c:f>{place}</c:f><c:{kind}Cache>{told}</c:{kind}Cache></c:{kind}Ref>"


def _count(values: Sequence[str | None]) -> str:
    return f'<c:ptCount val="{len(values)}"/>'


def _points(values: Sequence[str | None]) -> str:
    return "".join(
        f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>' for at, value in enumerate(values) if value is not None
    )


def _look(index: int, trend: bool) -> str:
    grey = f"{round(FILLS[index % len(FILLS)] * 255):02X}" * 3
    line = '<a:ln w="6350"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'
    filled = f'<a:solidFill><a:srgbClr val="{grey}"/></a:solidFill>'
    if not trend:
        return f'<c:spPr>{filled}{line}</c:spPr><c:invertIfNegative val="0"/>'
    dash = _DASHES[index % len(_DASHES)]
    marker = _MARKERS[index % len(_MARKERS)]
    return (
        '<c:spPr><a:ln w="15240"><a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
        f'<a:prstDash val="{dash}"/></a:ln></c:spPr><c:marker><c:symbol val="{marker}"/><c:size val="6"/>'
        f"<c:spPr>{filled}{line}</c:spPr></c:marker>"
    )


def _labels(trend: bool) -> str:
    place = "t" if trend else "outEnd"
    return (
        f'<c:dLbls><c:dLblPos val="{place}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )


def _category_axis(trend: bool) -> str:
    order = "minMax" if trend else "maxMin"
    place = "b" if trend else "l"
    return (
        f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{order}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{place}"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:crossAx val="2"/><c:crosses val="autoZero"/>'
        '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:tickLblSkip val="1"/>'
        '<c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _value_axis(chart: Chart, trend: bool) -> str:
    """The scale starts at zero, or under it; bars carry their values, so only lines have a scale beside them."""
    below = any(value < 0 for one in chart.series for value in one.values if value is not None)
    least = "" if below else '<c:min val="0"/>'
    lines = (
        '<c:majorGridlines><c:spPr><a:ln w="5080"><a:solidFill><a:srgbClr val="D0D0D0"/></a:solidFill></a:ln>'
        "</c:spPr></c:majorGridlines>"
    )
    return (
        f'<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>{least}</c:scaling>'
        f'<c:delete val="{0 if trend else 1}"/><c:axPos val="{"l" if trend else "t"}"/>{lines if trend else ""}'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="1"/>'
        f'<c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
    )
