"""A document as text that can be kept for years and read by later versions: every block, table, chart and photo."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from dataclasses import fields, is_dataclass

from zhengui.reports import document as parts
from zhengui.reports.document import Document, Level

_KIND, _BYTES, _LEVEL = "is", "bytes", "level"
_KINDS = {name: kind for name, kind in vars(parts).items() if isinstance(kind, type) and is_dataclass(kind)}


def to_keep(document: Document) -> bytes:
    """The document's values, packed."""
    return zlib.compress(json.dumps(_plain(document), ensure_ascii=False, separators=(",", ":")).encode())


def from_kept(data: bytes) -> Document:
    """The same document again; what a later version has besides begins with its default."""
    found = _built(json.loads(zlib.decompress(data)))
    if not isinstance(found, Document):
        raise ValueError("not a document")
    return found


def _plain(value: object) -> object:
    if isinstance(value, Level):
        return {_KIND: _LEVEL, "value": value.value}
    if isinstance(value, bytes):
        return {_KIND: _BYTES, "value": b64encode(value).decode("ascii")}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        kept = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {_KIND: type(value).__name__, **kept}
    return value


def _built(value: object) -> object:
    if isinstance(value, list):
        return tuple(_built(each) for each in value)
    if not isinstance(value, dict):
        return value
    kind = value[_KIND]
    if kind == _LEVEL:
        return Level(value["value"])
    if kind == _BYTES:
        return b64decode(value["value"])
    known = {field.name for field in fields(_KINDS[kind])}
    return _KINDS[kind](**{name: _built(each) for name, each in value.items() if name in known})
