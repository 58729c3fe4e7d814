"""The styles of an .xlsx with some added: those of marked cells are copies of what the cells had, in colour."""

from __future__ import annotations

import re

_FILLS = re.compile(rb"<((?:\w+:)?)fills\b([^>]*)>(.*?)</(?:\w+:)?fills>", re.DOTALL)
_FONTS = re.compile(rb"<((?:\w+:)?)fonts\b([^>]*)>(.*?)</(?:\w+:)?fonts>", re.DOTALL)
_STYLES = re.compile(rb"<((?:\w+:)?)cellXfs\b([^>]*)>(.*?)</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(rb"<(?:\w+:)?xf\b[^>]*?(?:/>|>.*?</(?:\w+:)?xf>)", re.DOTALL)
_TEXT_FORMAT = b"49"


class Styles:
    """Hands out style numbers; `written` is the part with what was asked for. Raises ValueError where it isn't whole."""

    def __init__(self, part: bytes) -> None:
        fills, fonts, styles = _FILLS.search(part), _FONTS.search(part), _STYLES.search(part)
        if fills is None or fonts is None or styles is None:
            raise ValueError("no styles")
        self._part, self._prefix = part, styles[1]
        self._styles = [found.group() for found in _STYLE.finditer(styles[3])]
        self._fill = len(re.findall(rb"<(?:\w+:)?fill\b", fills[3]))
        self._font = len(re.findall(rb"<(?:\w+:)?font\b", fonts[3]))
        self._first_new = len(self._styles)
        self._known: dict[tuple[int, bool], int] = {}
        p = self._prefix
        self._styles.append(
            b'<%sxf numFmtId="49" fontId="%d" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" '
            b'applyFont="1" applyAlignment="1"><%salignment vertical="center" wrapText="1"/></%sxf>'
            % (p, self._font, p, p)
        )

    @property
    def told(self) -> int:
        """The style of a sentence about mistakes."""
        return self._first_new

    def marked(self, style: int, text: bool) -> int:
        """The style of a wrong cell that had `style`; `text` keeps what is typed there from becoming a number."""
        if (style, text) not in self._known:
            base = self._styles[style] if 0 <= style < self._first_new else self._styles[0]
            head, _, tail = base.partition(b">")
            closed = head.endswith(b"/")
            head = _set(head.removesuffix(b"/"), b"fillId", b"%d" % self._fill)
            head = _set(head, b"applyFill", b"1")
            if text:
                head = _set(_set(head, b"numFmtId", _TEXT_FORMAT), b"applyNumberFormat", b"1")
            self._styles.append(head + (b"/>" if closed else b">" + tail))
            self._known[style, text] = len(self._styles) - 1
        return self._known[style, text]

    def written(self) -> bytes:
        """The part with the added fill, font and styles."""
        p = self._prefix
        fill = (
            b'<%sfill><%spatternFill patternType="solid"><%sfgColor rgb="FFFDE7E5"/><%sbgColor indexed="64"/>'
            b"</%spatternFill></%sfill>" % (p, p, p, p, p, p)
        )
        font = b'<%sfont><%ssz val="10"/><%scolor rgb="FFB3261E"/><%sname val="\xe5\xae\x8b\xe4\xbd\x93"/></%sfont>' % (
            p, p, p, p, p,
        )  # fmt: skip
        part = _with(self._part, _FILLS, fill, self._fill + 1)
        part = _with(part, _FONTS, font, self._font + 1)
        return _with(part, _STYLES, b"".join(self._styles[self._first_new :]), len(self._styles))


def _set(head: bytes, name: bytes, value: bytes) -> bytes:
    """An element's start with an attribute set."""
    pattern = rb'\b%s="[^"]*"' % name
    given = b'%s="%s"' % (name, value)
    return re.sub(pattern, given, head) if re.search(pattern, head) else head.rstrip() + b" " + given


def _with(part: bytes, pattern: re.Pattern[bytes], added: bytes, count: int) -> bytes:
    """The part with something added at the end of a list, and its count."""
    found = pattern.search(part)
    if found is None:
        raise ValueError("no styles")
    name = part[found.start() : found.end(2)]
    head = _set(name, b"count", b"%d" % count)
    inside = found[3] + added
    tail = part[found.end(3) : found.end()]
    return part[: found.start()] + head + b">" + inside + tail + part[found.end() :]
