"""The colour space of the page, sRGB (IEC 61966-2-1), as an ICC profile made from its own definition."""

from __future__ import annotations

import struct
from functools import lru_cache

_WHITE = (0.9642, 1.0, 0.8249)
"""D50, to which a profile's colours are adapted."""
_PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
_STEPS = 1024
_NAME = b"sRGB IEC61966-2.1"
_RIGHTS = b"Made from the published definition of sRGB; no rights reserved (CC0)."


@lru_cache(maxsize=1)
def profile() -> bytes:
    """The profile, version 2.1."""
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">L", len(_NAME) + 1) + _NAME + b"\0" + bytes(78),
        b"cprt": b"text\0\0\0\0" + _RIGHTS + b"\0",
        b"wtpt": _xyz(_WHITE),
        **{name: _xyz(colour) for name, colour in _PRIMARIES.items()},
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), _curve()),
    }
    table, body, at = [struct.pack(">L", len(tags))], b"", 128 + 4 + 12 * len(tags)
    placed: dict[bytes, int] = {}
    for name, data in tags.items():
        if data not in placed:
            placed[data] = at + len(body)
            body += data + bytes(-len(data) % 4)
        table.append(struct.pack(">4sLL", name, placed[data], len(data)))
    head = struct.pack(
        ">L4sL4s4s4s6H4s4sLLL8sL12s4s44x",
        at + len(body),
        b"\0\0\0\0",
        0x02100000,
        b"mntr",
        b"RGB ",
        b"XYZ ",
        *(2021, 1, 1, 0, 0, 0),
        b"acsp",
        b"\0\0\0\0",
        0,
        0,
        0,
        b"\0" * 8,
        0,
        b"".join(map(_fixed, _WHITE)),
        b"\0\0\0\0",
    )
    return head + b"".join(table) + body


def _fixed(value: float) -> bytes:
    return struct.pack(">l", round(value * 65536))


def _xyz(colour: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(map(_fixed, colour))


def _curve() -> bytes:
    """From what a file says to light."""
    shades = []
    for step in range(_STEPS):
        value = step / (_STEPS - 1)
        light = value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        shades.append(round(light * 65535))
    return b"curv\0\0\0\0" + struct.pack(f">L{_STEPS}H", _STEPS, *shades)
