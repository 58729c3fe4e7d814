"""Renew the icons: take each named Fluent icon from its npm package, and draw the program's own .ico from its SVG.

    python packaging/icons.py WORK_FOLDER resources/icons [NAME ...]

Without names the icons already there are compared with the package and written again; names add new ones
(home_20_regular). npm fetches the package into WORK_FOLDER, so a second run is offline.
"""

from __future__ import annotations

import io
import re
import struct
import subprocess
import sys
import tarfile
from pathlib import Path

PACKAGE = "@fluentui/svg-icons@1.1.343"
ARCHIVE = "fluentui-svg-icons-1.1.343.tgz"
FLUENT = re.compile(r".+_(16|20|24)_(regular|filled)")
ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)


def fetch(work: Path) -> Path:
    """The package's archive in `work`, fetched once."""
    archive = work / ARCHIVE
    if not archive.exists():
        work.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", PACKAGE], cwd=work, check=True, stdout=subprocess.DEVNULL)
    return archive


def copy(archive: Path, target: Path, names: list[str]) -> None:
    """Write each named icon from the archive; a name that the package does not have is an error."""
    wanted = {f"package/icons/{name}.svg": name for name in names}
    with tarfile.open(archive) as package:
        for member in package:
            name = wanted.pop(member.name, None)
            if name is None:
                continue
            content = package.extractfile(member)
            assert content is not None
            (target / f"{name}.svg").write_bytes(content.read())
    if wanted:
        raise SystemExit(f"not in {PACKAGE}: {', '.join(sorted(wanted.values()))}")


def draw_ico(svg: Path, ico: Path) -> None:
    """Draw the SVG at every size Windows asks for and join the PNGs into one .ico."""
    from PySide6.QtCore import QBuffer, QIODevice, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(str(svg))
    pictures = []
    for size in ICO_SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")
        pictures.append(bytes(buffer.data().data()))
    out = io.BytesIO(struct.pack("<HHH", 0, 1, len(pictures)))
    out.seek(0, io.SEEK_END)
    place = 6 + 16 * len(pictures)
    for size, picture in zip(ICO_SIZES, pictures, strict=True):
        out.write(struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), place))
        place += len(picture)
    ico.write_bytes(out.getvalue() + b"".join(pictures))


def main() -> None:
    """Renew the icons in the folder given."""
    work, target, *names = sys.argv[1:]
    folder = Path(target)
    present = [path.stem for path in folder.glob("*.svg") if FLUENT.fullmatch(path.stem)]
    copy(fetch(Path(work)), folder, sorted({*present, *names}))
    draw_ico(folder / "zhengui.svg", folder / "zhengui.ico")


if __name__ == "__main__":
    main()
