"""The styles of the document: Word's own for title and headings, the office's for what stands around them."""

from __future__ import annotations

from zhengui.reports.gb9704.furniture import FOLIO
from zhengui.reports.gb9704.grid import MM
from zhengui.reports.gb9704.imprint import IMPRINT, IMPRINT_PITCH
from zhengui.reports.gb9704.items import FaceRole
from zhengui.reports.gb9704.red_head import MARK_SIZE
from zhengui.reports.word.layout import Layout
from zhengui.reports.word.markup import DECLARED, FACES, LATIN, face, indent, spacing, twips

RED = "D90000"
#: Styles by what they are for; Word shows the second name.
BODY, ADDRESSEE, NOTE, OFFICE, DATE = "BodyText", "Addressee", "AttachmentNote", "Office", "DocumentDate"
LABEL, ATTACHMENT_TITLE = "AttachmentLabel", "AttachmentTitle"
CAPTION, CELL, CELL_HEAD, GAP = "Caption", "TableText", "TableHead", "TableGap"
FOLIO_ODD, FOLIO_EVEN = "FolioOdd", "FolioEven"
MARK, HEAD_LINE, HEAD_NUMBER = "HeadMark", "HeadLine", "HeadNumber"
COVER_TITLE, COVER_FOOT, CONTENTS_TITLE, IMPRINT_TEXT = "CoverTitle", "CoverFoot", "ContentsTitle", "Imprint"
LEAD, TITLE = "LeadRun", "Title"
HEADINGS = ("Heading1", "Heading2", "Heading3", "Heading4")
CONTENTS = ("TOC1", "TOC2")
STATISTICS, LEAD_NAME = "统计表", "段首三级标题"
CAPTION_SIZE = 12.0
_RULE, _UNDER = 14, round(4 * MM)
#: What the red rule takes under its paragraph, in points: its thickness (kept in eighths) and the space above it.
RULE_ROOM = _UNDER + _RULE / 8
_CENTRE, _LEFT, _RIGHT = (f'<w:jc w:val="{side}"/>' for side in ("center", "left", "right"))


def _style(
    key: str, name: str, own: str = "", characters: str = "", based: str = "Normal", after: str = ""
) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"{"" if name in _BUILT_IN else _CUSTOM}>'
        f'<w:name w:val="{name}"/><w:basedOn w:val="{based}"/>'
        + (f'<w:next w:val="{after}"/>' if after else "")
        + f"<w:qFormat/><w:pPr>{own}</w:pPr>"
        + (f"<w:rPr>{characters}</w:rPr>" if characters else "")
        + "</w:style>"
    )


_CUSTOM = ' w:customStyle="1"'
_BUILT_IN = {
    "Title",
    "Body Text",
    "caption",
    "toc 1",
    "toc 2",
    "heading 1",
    "heading 2",
    "heading 3",
    "heading 4",
}


def styles_xml(layout: Layout) -> str:
    """The whole of styles.xml for a page."""
    return (
        f"<w:styles {DECLARED}>{_defaults(layout)}{_text(layout)}{_around(layout)}{_small(layout)}</w:styles>"
    )


def _body(
    layout: Layout, role: FaceRole = FaceRole.FANG, bold: bool = False, own_digits: bool = False
) -> str:
    return face(role, layout.size, bold, closer=layout.closer, own_digits=own_digits)


def _defaults(layout: Layout) -> str:
    """Normal is the body's face: justified, no widow control, marks never out of the margin.

    Its pitch and its spacing are the grid's own. It doesn't snap to the grid besides, for where characters are
    wider than cells WPS and Word set them closer, but LibreOffice would give each of them two cells.
    """
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{_body(layout)}<w:lang w:val="en-US" '
        'w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl w:val="0"/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="1"/>'
        f'<w:autoSpaceDN w:val="1"/><w:snapToGrid w:val="0"/>{spacing(layout.pitch)}<w:jc w:val="both"/></w:pPr>'
        # Word counts the grid's characters by Normal's size, so it is said here as well.
        f"<w:rPr>{_body(layout)}</w:rPr></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        "<w:semiHidden/></w:style>"
        '<w:style w:type="table" w:customStyle="1" w:styleId="Statistics">'
        f'<w:name w:val="{STATISTICS}"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>'
        + "".join(_edge(side, 8) for side in ("top", "left", "bottom", "right"))
        + "".join(_edge(side, 4) for side in ("insideH", "insideV"))
        + "</w:tblBorders><w:tblCellMar>"
        '<w:left w:w="56" w:type="dxa"/><w:right w:w="56" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )


def _edge(side: str, eighths: int) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="000000"/>'


def _text(layout: Layout) -> str:
    """Title, headings and body."""
    two = indent(first=2 * layout.cell, characters=2)
    roles = (FaceRole.HEI, FaceRole.KAI, FaceRole.FANG, FaceRole.FANG)
    found = [
        _style(
            TITLE,
            "Title",
            f"<w:keepNext/>{spacing(layout.pitch)}{_CENTRE}",
            face(FaceRole.TITLE, layout.settings.title_size),
            after=BODY,
        ),
        _style(BODY, "Body Text", two),
    ]
    for level, (key, role) in enumerate(zip(HEADINGS, roles, strict=True)):
        bold = level == 2 and layout.settings.bold_third
        found.append(
            _style(
                key,
                f"heading {level + 1}",
                f'<w:keepNext/>{two}<w:outlineLvl w:val="{level}"/>',
                _body(layout, role, bold),
                after=BODY,
            )
        )
    on = "" if layout.settings.bold_third else ' w:val="0"'
    found.append(
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{LEAD}"><w:name w:val="{LEAD_NAME}"/>'
        f"<w:qFormat/><w:rPr><w:b{on}/><w:bCs{on}/></w:rPr></w:style>"
    )
    return "".join(found)


def _around(layout: Layout) -> str:
    """What an official document has before and after its text."""
    pitch = layout.pitch
    return "".join(
        (
            _style(ADDRESSEE, "主送机关", "", after=BODY),
            _style(NOTE, "附件说明"),
            _style(OFFICE, "发文机关署名", f"<w:keepNext/>{_RIGHT}"),
            _style(DATE, "成文日期", _RIGHT),
            _style(LABEL, "附件标号", f"<w:keepNext/>{_LEFT}", _body(layout, FaceRole.HEI, own_digits=True)),
            _style(
                ATTACHMENT_TITLE,
                "附件标题",
                f'<w:keepNext/>{spacing(pitch, before=pitch)}{_CENTRE}<w:outlineLvl w:val="0"/>',
                face(FaceRole.TITLE, layout.settings.title_size),
            ),
            _style(
                MARK,
                "红头发文机关标志",
                spacing(MARK_SIZE * 1.25) + _CENTRE,
                face(FaceRole.TITLE, MARK_SIZE, colour=RED),
            ),
            _style(HEAD_LINE, "红头标注", _LEFT, _body(layout, FaceRole.HEI)),
            _style(
                HEAD_NUMBER,
                "发文字号",
                f'<w:pBdr><w:bottom w:val="single" w:sz="{_RULE}" w:space="{_UNDER}" w:color="{RED}"/></w:pBdr>'
                f'<w:tabs><w:tab w:val="right" w:pos="{twips(layout.grid.width - layout.cell)}"/></w:tabs>',
            ),
            _style(
                COVER_TITLE,
                "封面标题",
                spacing((layout.settings.title_size + 6) * 1.7) + _CENTRE,
                face(FaceRole.TITLE, layout.settings.title_size + 6),
            ),
            _style(COVER_FOOT, "封面落款", _CENTRE, _body(layout, FaceRole.KAI)),
            _style(
                CONTENTS_TITLE,
                "目录标题",
                spacing(pitch, pitch, pitch) + _CENTRE,
                face(FaceRole.TITLE, layout.settings.title_size),
            ),
        )
    )


def _small(layout: Layout) -> str:
    """Contents, captions, tables, page numbers, imprint."""
    dots = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{twips(layout.grid.width)}"/></w:tabs>'
    folio = spacing(FOLIO)
    cell = layout.cell
    return "".join(
        (
            _style(CONTENTS[0], "toc 1", dots, _body(layout, FaceRole.HEI)),
            _style(CONTENTS[1], "toc 2", dots + indent(left=2 * cell)),
            _style(
                CAPTION,
                "caption",
                f"<w:keepNext/>{spacing(CAPTION_SIZE * 1.6)}{_CENTRE}",
                face(FaceRole.HEI, CAPTION_SIZE),
            ),
            _style(
                CELL,
                "表格文字",
                # Beside a number no room is left as in text: a column is as wide as the printed one.
                f'<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>{spacing(CAPTION_SIZE * 1.35)}{_LEFT}',
                face(FaceRole.FANG, CAPTION_SIZE),
            ),
            _style(CELL_HEAD, "表格表头", _CENTRE, face(FaceRole.HEI, CAPTION_SIZE), based=CELL),
            _style(GAP, "表后间隔", spacing(2), face(FaceRole.FANG, 1)),
            _style(
                FOLIO_ODD,
                "单页页码",
                folio + indent(right=cell) + _RIGHT,
                face(FaceRole.SONG, FOLIO),
            ),
            _style(
                FOLIO_EVEN,
                "双页页码",
                folio + indent(left=cell) + _LEFT,
                face(FaceRole.SONG, FOLIO),
            ),
            _style(
                IMPRINT_TEXT,
                "版记",
                spacing(IMPRINT_PITCH) + indent(cell, cell),
                face(FaceRole.FANG, IMPRINT),
            ),
        )
    )


def settings_xml() -> str:
    """The whole of settings.xml: odd and even pages differ, marks keep their width, today's layout rules."""
    return (
        f'<w:settings {DECLARED}><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
        '<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        '<w:drawingGridVerticalSpacing w:val="156"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        "<w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
        "<w:doNotExpandShiftReturn/><w:useFELayout/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        'w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def fonts_xml() -> str:
    """The whole of fontTable.xml: which face stands in where a computer lacks the usual one."""
    others = {
        FaceRole.TITLE: ("方正小标宋_GBK", "00"),
        FaceRole.HEI: ("SimHei", "86"),
        FaceRole.KAI: ("楷体", "86"),
        FaceRole.FANG: ("仿宋", "86"),
        FaceRole.SONG: ("SimSun", "86"),
    }
    listed = "".join(
        f'<w:font w:name="{FACES[role]}"><w:altName w:val="{other}"/><w:charset w:val="{charset}"/></w:font>'
        for role, (other, charset) in others.items()
    )
    latin = f'<w:font w:name="{LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/></w:font>'
    return f"<w:fonts {DECLARED}>{listed}{latin}</w:fonts>"
