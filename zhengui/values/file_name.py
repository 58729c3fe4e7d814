"""Names of files that came from outside, made fit to be kept, shown and saved under on any system."""

from __future__ import annotations

import re

from zhengui.values.clean import clean

#: What Windows allows in no name, and what separates folders.
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]')
_FOLDERS = re.compile(r"[/\\]")
#: Names that Windows keeps for devices, with whatever ending.
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?")
_LONGEST, _LONGEST_ENDING = 120, 16
#: Linux counts bytes, three for a Chinese character, and takes 255.
_MOST_BYTES = 240
_NAMELESS = "附件"


def file_name(given: str) -> str:
    """The last part of `given` without folders, unseen characters, marks and names that a system keeps for itself.

    The ending stays, so that the kind of file can still be told; a name of which nothing is left becomes 附件.
    """
    bare = clean(" ".join(clean(given).split()))
    last = _FOLDERS.split(bare)[-1] if not bare.endswith(("/", "\\")) else ""
    name = _FORBIDDEN.sub("", last).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if not stem:
        stem, dot, ending = name, "", ""
    ending = ending[:_LONGEST_ENDING]
    room = _MOST_BYTES - len(ending.encode())
    short = stem.rstrip(" .")[: _LONGEST - len(ending)].encode()[:room].decode(errors="ignore")
    name = f"{short}{dot}{ending}"
    if not name or name == dot + ending:
        return f"{_NAMELESS}{dot}{ending}"
    return f"_{name}" if _DEVICES.fullmatch(name) else name
