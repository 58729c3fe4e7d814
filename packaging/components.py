"""Write the list of what an installed copy is made of, in CycloneDX's form (JSON, 1.5), for those who have to check it.

usage: components.py version run.txt [--python python.txt | --interpreter VERSION FILE]

CPython comes out of a pinned wheel (python.txt), or is that of VERSION which was taken from, or is, FILE.

Versions and hashes come from the pinned requirements, licences from THIRD_PARTY.md; a library without a licence there is
a mistake and nothing is written. The list holds no time and no chance number, so that the same source gives the same list.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import uuid
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_ENTRY = re.compile(r"(?m)^([A-Za-z0-9_.-]+)==([^ ;\\\s]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
#: What builds the program and does not ship with it.
_BUILDING = frozenset({"altgraph", "packaging", "pyinstaller-hooks-contrib", "setuptools"})


def licences(text: str) -> dict[str, str]:
    """The licence of each name in the tables of THIRD_PARTY.md; names in lower case."""
    found = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if (
            not line.startswith("|")
            or len(cells) != 3
            or cells[0] in ("library", "file")
            or cells[0].startswith("---")
        ):
            continue
        for name in re.findall(r"[A-Za-z0-9_.-]+", cells[0]):
            found.setdefault(name.lower(), cells[2].replace("`", ""))
    return found


def pinned(text: str) -> list[tuple[str, str, list[str]]]:
    """Name, version and hashes of every entry of a compiled requirements file."""
    entries = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"(?m)^\s*#.*\n?", "", text))
    made = []
    for entry in entries:
        found = _ENTRY.match(entry)
        if found is not None:
            made.append((found.group(1).lower(), found.group(2), _HASH.findall(entry)))
    return made


def component(name: str, version: str, licence: str, hashes: list[str]) -> dict[str, Any]:
    """One library as CycloneDX tells it; several hashes are those of the wheels that may have been used."""
    made: dict[str, Any] = {
        "type": "library",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version}",
        "licenses": [{"license": {"name": licence}}],
    }
    if len(hashes) == 1:
        made["hashes"] = [{"alg": "SHA-256", "content": hashes[0]}]
    elif hashes:
        made["properties"] = [{"name": "zhengui:wheel-sha256", "value": each} for each in sorted(hashes)]
    return made


def fonts(stated: dict[str, str]) -> list[dict[str, Any]]:
    """The shipped faces, each with the hash of its file."""
    return [
        {
            "type": "file",
            "name": f"resources/fonts/{path.name}",
            "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
            "licenses": [{"license": {"name": stated[path.name.lower()]}}],
        }
        for path in sorted((ROOT / "resources" / "fonts").glob("*.ttf"))
    ]


def interpreter(licence: str, version: str, file: str, digest: str, description: str) -> dict[str, Any]:
    """The entry of CPython itself, by the file that it was taken from."""
    carried = component("cpython", version, licence, [digest])
    return carried | {"purl": f"pkg:generic/cpython@{version}", "description": description or file}


def components(
    version: str, requirements: str, python: str = "", own: tuple[str, str, str] | None = None
) -> dict[str, Any]:
    """The whole list for a version of the program, from the text of its requirements.

    `python` is the text of python.txt; `own` the version, the file and its SHA-256 of a CPython from elsewhere.
    """
    stated = licences((ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8"))
    parts = [
        component(name, number, stated[name], hashes)
        for name, number, hashes in pinned(requirements)
        if name not in _BUILDING
    ]
    if python:
        name, number, hashes = pinned(python)[0]
        told = f"the DLLs inside {name} {number}"
        parts.append(interpreter(stated["cpython"], "3.11.7", name, hashes[0], told))
    elif own is not None:
        parts.append(interpreter(stated["cpython"], *own, ""))
    parts += fonts(stated)
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([version, parts], sort_keys=True))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": "zhengui",
                "version": version,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": parts,
    }


def main() -> None:
    """Print the list."""
    parser = argparse.ArgumentParser(description="List what an installed copy is made of.")
    parser.add_argument("version")
    parser.add_argument("requirements", type=Path)
    parser.add_argument("--python", type=Path)
    parser.add_argument("--interpreter", nargs=2, metavar=("VERSION", "FILE"))
    given = parser.parse_args()
    python = given.python.read_text(encoding="utf-8") if given.python else ""
    own = None
    if given.interpreter:
        number, file = given.interpreter[0], Path(given.interpreter[1])
        own = (number, file.name, hashlib.sha256(file.read_bytes()).hexdigest())
    made = components(given.version, given.requirements.read_text(encoding="utf-8"), python, own)
    print(json.dumps(made, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
