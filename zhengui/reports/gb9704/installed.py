"""Find the faces offices know by name on this computer: installed, static, TrueType, and allowed in a PDF."""

from __future__ import annotations

import os
import struct
import sys
from functools import lru_cache
from pathlib import Path

from zhengui.reports.gb9704.items import FaceRole

WANTED: dict[FaceRole, tuple[str, ...]] = {
    FaceRole.TITLE: (
        "方正小标宋_GBK",
        "方正小标宋简体",
        "方正小标宋_GB18030",
        "FZXiaoBiaoSong-B05S",
        "FZXBSJW--GB1-0",
    ),
    FaceRole.HEI: ("黑体", "SimHei"),
    FaceRole.KAI: ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi"),
    FaceRole.FANG: ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong"),
    FaceRole.SONG: ("宋体", "SimSun"),
}
_KINDS = (".ttf", ".ttc")
_BARRED = 0x2 | 0x100 | 0x200
"""fsType: no embedding without leave, no subsetting, bitmaps only."""


def font_folders() -> tuple[Path, ...]:
    """Where the system keeps its fonts."""
    if sys.platform == "win32":
        system = Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        own = Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "Microsoft/Windows/Fonts"
        return system, own
    return Path("/usr/share/fonts"), Path.home() / ".local/share/fonts", Path.home() / ".fonts"


@lru_cache(maxsize=4)
def installed_faces(folders: tuple[Path, ...]) -> dict[FaceRole, tuple[Path, int]]:
    """The best installed face of each role as a file and its number in a collection."""
    found: dict[str, tuple[Path, int]] = {}
    for folder in folders:
        if folder.is_dir():
            # One look at each file, whatever the case of its ending: Windows finds `*.ttf` in capitals, too.
            for path in sorted(each for each in folder.rglob("*") if each.suffix.lower() in _KINDS):
                for name, number in face_names(path):
                    found.setdefault(name, (path, number))
    chosen: dict[FaceRole, tuple[Path, int]] = {}
    for role, names in WANTED.items():
        for name in names:
            if name in found:
                chosen[role] = found[name]
                break
    return chosen


def face_names(path: Path) -> list[tuple[str, int]]:
    """The family names of a file's usable faces, each with its number; a broken file has none."""
    try:
        with path.open("rb") as file:
            start = file.read(12)
            offsets = [0]
            if start[:4] == b"ttcf":
                count = struct.unpack(">L", start[8:12])[0]
                offsets = list(struct.unpack(f">{count}L", file.read(4 * count)))
            return [
                (name, number) for number, offset in enumerate(offsets) for name in _names_at(file, offset)
            ]
    except (OSError, struct.error, UnicodeDecodeError):
        return []


def _names_at(file, offset: int) -> set[str]:  # type: ignore[no-untyped-def]
    file.seek(offset)
    _, count = struct.unpack(">LH6x", file.read(12))
    tables: dict[bytes, tuple[int, int]] = {}
    for _ in range(count):
        tag, _, place, length = struct.unpack(">4sLLL", file.read(16))
        tables[tag] = place, length
    if b"glyf" not in tables or b"fvar" in tables or b"OS/2" not in tables or b"name" not in tables:
        return set()
    file.seek(tables[b"OS/2"][0] + 8)
    if struct.unpack(">H", file.read(2))[0] & _BARRED:
        return set()
    place, length = tables[b"name"]
    file.seek(place)
    data = file.read(length)
    _, records, texts = struct.unpack(">HHH", data[:6])
    names = set()
    for record in range(records):
        platform, _, _, kind, size, at = struct.unpack(">6H", data[6 + 12 * record : 18 + 12 * record])
        if kind in (1, 4) and platform in (0, 3):
            names.add(data[texts + at : texts + at + size].decode("utf-16-be"))
    return names
