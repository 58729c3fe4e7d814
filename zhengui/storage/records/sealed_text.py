"""Rows as the texts that are sealed: a JSON list of the names and values of the columns that hold something."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from json.encoder import encode_basestring_ascii
from typing import Any

#: Fewer rows are quicker written one by one.
_FEW = 20


def texts_of(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> Iterable[str]:
    """The text of each row; None in a row is a column that holds nothing and is left out."""
    if len(rows) < _FEW:
        return [_text(names, row) for row in rows]
    return _texts(names, list(zip(*rows, strict=True)))


def _text(names: Sequence[str], values: Sequence[Any]) -> str:
    return _json([(name, value) for name, value in zip(names, values, strict=True) if value is not None])


def _texts(names: Sequence[str], columns: Sequence[Sequence[Any]]) -> Iterator[str]:
    """The same for many rows, by column: a value that comes again is written as JSON once."""
    parts = [_parts(name, column) for name, column in zip(names, columns, strict=True)]
    return (f"[{whole[:-1]}]" for whole in map("".join, zip(*parts, strict=True)))


def _parts(name: str, column: Sequence[Any]) -> Iterator[str]:
    start = f"[{_json(name)},"
    kinds = set(map(type, column))
    if kinds == {str}:
        return (f"{start}{written}]," for written in map(encode_basestring_ascii, column))
    if len(kinds - {type(None)}) > 1:  # 1 and 1.0 are equal and yet not written alike
        return ("" if value is None else f"{start}{_json(value)}]," for value in column)
    written = {value: "" if value is None else f"{start}{_json(value)}]," for value in set(column)}
    return map(written.__getitem__, column)


def _plain(value: Any) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


_json = json.JSONEncoder(separators=(",", ":"), default=_plain).encode
