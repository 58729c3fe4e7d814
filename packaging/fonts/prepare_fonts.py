"""Prepare the shipped faces: fetch packages, turn CFF into glyf outlines, subset, rename, write the licences.

Run it with Python 3.11, fontTools, npm and apt-get at hand:

    python packaging/fonts/prepare_fonts.py WORK_FOLDER resources/fonts

Packages are fetched by their ordinary clients into WORK_FOLDER and are kept there, so a second run is offline.
"""

from __future__ import annotations

import bz2
import gzip
import shutil
import subprocess
import sys
import tarfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

NPM_PACKAGES = ("@expo-google-fonts/noto-serif-sc@0.4.3", "@expo-google-fonts/noto-sans-sc@0.4.3")
DEBIAN_PACKAGES = (
    "texlive-lang-chinese",
    "fonts-lxgw-wenkai",
    "fonts-liberation2",
    "fonts-dejavu-core",
    "unicode-data",
)
FANDOL = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
TRUETYPE = "usr/share/fonts/truetype"

# What offices write besides words: units, ticks, circled numbers, brackets of document numbers.
SYMBOLS = (
    "〇㎡№℃％‰□■☑☐☒✓✔✗○●◎△▲▽▼◇◆★☆→←↑↓⇒·•×÷±≈≠≤≥≮≯∞∑√∠°′″§¤￥¥€£$㎏㎜㎝㎞㏄℡㊣"
    "—–‐－…“”‘’、。，；：？！（）〔〕【】《》〈〉「」『』［］｛｝～＋＝／＼｜＿＆＠＃＊"
)
RANGES = (
    (0x20, 0x7F),
    (0xA0, 0x100),
    (0x2460, 0x2480),
    (0x2488, 0x249C),
    (0x2160, 0x216C),
    (0x2170, 0x217A),
    (0x3220, 0x322A),
    (0x3000, 0x3018),
    (0xFF01, 0xFF5F),
    (0x2500, 0x2518),
)
# Units in one character, raised and lowered digits, and names, which the dictionaries below do not list.
UNITS = (0x3380, 0x33E0)
RAISED = "⁰⁴⁵⁶⁷⁸⁹⁺ⁿ₀₁₂₃₄₅₆₇₈₉⅓⅔⅛∶"
NAMES = "𠮷"
#: The raised and lowered minus is in no other face (10⁻³).
TICKS = "☑☐☒✓✔✗✘□■○●△▲★☆◆◇→←↑↓⁻₋"


@dataclass(frozen=True, slots=True)
class Shipped:
    """One shipped face: where it comes from, what it is called, which characters it keeps (a key of `charsets`)."""

    file: str
    source: str
    name: str
    licence: str
    charset: str


FACES = (
    Shipped(
        "title.ttf",
        "serif/600SemiBold/NotoSerifSC_600SemiBold.ttf",
        "Noto Serif SC SemiBold",
        "OFL-NotoSerifSC.txt",
        "standard",
    ),
    Shipped(
        "hei.ttf",
        "sans/500Medium/NotoSansSC_500Medium.ttf",
        "Noto Sans SC Medium",
        "OFL-NotoSansSC.txt",
        "standard",
    ),
    Shipped(
        "fang.ttf", f"{FANDOL}/FandolFang-Regular.otf", "FandolFang TrueType", "GPL-Fandol.txt", "standard"
    ),
    Shipped("kai.ttf", f"{FANDOL}/FandolKai-Regular.otf", "FandolKai TrueType", "GPL-Fandol.txt", "standard"),
    Shipped(
        "rare.ttf",
        f"{TRUETYPE}/lxgw-wenkai/LXGWWenKai-Light.ttf",
        "Zhengui Rare Light",
        "OFL-WenKai.txt",
        "rare",
    ),
    Shipped(
        "latin.ttf",
        f"{TRUETYPE}/liberation2/LiberationSerif-Regular.ttf",
        "Zhengui Latin Serif",
        "OFL-Liberation.txt",
        "latin",
    ),
    Shipped(
        "folio.ttf",
        "serif/400Regular/NotoSerifSC_400Regular.ttf",
        "Noto Serif SC",
        "OFL-NotoSerifSC.txt",
        "folio",
    ),
    Shipped("ticks.ttf", f"{TRUETYPE}/dejavu/DejaVuSans.ttf", "Zhengui Ticks", "DejaVu.txt", "ticks"),
)


def fetch(work: Path) -> Path:
    """Fetch and unpack the source packages; returns the folder they are unpacked in."""
    unpacked = work / "unpacked"
    if unpacked.exists():
        return unpacked
    work.mkdir(parents=True, exist_ok=True)
    for package in NPM_PACKAGES:
        subprocess.run(["npm", "pack", "--silent", package], cwd=work, check=True)
    subprocess.run(["apt-get", "download", *DEBIAN_PACKAGES], cwd=work, check=True)
    partial = work / "partial"
    for archive in work.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", str(archive), str(partial)], check=True)
    for kind in ("serif", "sans"):
        (archive,) = work.glob(f"expo-google-fonts-noto-{kind}-sc-*.tgz")
        with tarfile.open(archive) as bundle:
            bundle.extractall(partial / kind, filter="data")
        shutil.copytree(partial / kind / "package", partial / kind, dirs_exist_ok=True)
    partial.rename(unpacked)
    return unpacked


def unihan(unpacked: Path, file: str, *properties: str) -> set[int]:
    """The characters that have one of the properties in a Unihan table."""
    found: set[int] = set()
    with bz2.open(unpacked / "usr/share/unicode" / file, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("U+"):
                code, name, _ = line.split("\t", 2)
                if name in properties:
                    found.add(int(code[2:], 16))
    return found


def gb2312() -> set[int]:
    """Every character of GB 2312."""
    codes: set[int] = set()
    for row in range(0xA1, 0xF8):
        for column in range(0xA1, 0xFF):
            codes.update(map(ord, bytes((row, column)).decode("gb2312", errors="ignore")))
    return codes


def charsets(unpacked: Path) -> dict[str, set[int]]:
    """The characters each kind of face keeps; 8105 is Unihan's kTGH, the source of 通用规范汉字表."""
    table_8105 = unihan(unpacked, "Unihan_OtherMappings.txt.bz2", "kTGH")
    if len(table_8105) != 8105:
        raise SystemExit(f"kTGH has {len(table_8105)} characters, not 8105")
    standard = table_8105 | gb2312() | set(map(ord, SYMBOLS))
    for start, stop in RANGES:
        standard |= set(range(start, stop))
    # Names also hold characters outside the table: those of the national dictionary and of GB 8565.
    beyond = unihan(unpacked, "Unihan_Readings.txt.bz2", "kXHC1983", "kHanyuPinlu")
    beyond |= unihan(unpacked, "Unihan_OtherMappings.txt.bz2", "kGB1", "kGB8")
    beyond |= set(range(*UNITS)) | set(map(ord, RAISED + NAMES))
    fandol = set(TTFont(unpacked / FANDOL / "FandolFang-Regular.otf").getBestCmap())
    fandol &= set(TTFont(unpacked / FANDOL / "FandolKai-Regular.otf").getBestCmap())
    latin = (
        set(range(0x20, 0x7F)) | set(range(0xA0, 0x180)) | {0x2010, 0x2013, 0x2032, 0x2033, 0x20AC, 0x2212}
    )
    latin |= set(range(0x1CD, 0x1DD)) | set(map(ord, RAISED))
    return {
        "standard": standard,
        "rare": (standard | beyond) - fandol,
        "latin": latin,
        "folio": set(map(ord, " 0123456789—–-ⅠⅡⅢⅣⅤ")),
        "ticks": set(map(ord, TICKS)),
    }


def subset(font: TTFont, codes: set[int]) -> None:
    """Keep the characters only, without hints or layout rules: the page places every glyph itself."""
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14]
    options.drop_tables += [
        "GSUB",
        "GPOS",
        "GDEF",
        "BASE",
        "vhea",
        "vmtx",
        "VORG",
        "DSIG",
        "STAT",
        "meta",
        "gasp",
        "kern",
    ]
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)


def to_glyf(font: TTFont) -> None:
    """Turn CFF outlines into TrueType ones; one unit of error in a thousand is a fifth of a 600-dpi dot at 16 pt."""
    glyphs = font.getGlyphSet()
    drawn = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        drawn[name] = pen.glyph()
    glyf = font["glyf"] = newTable("glyf")
    font["loca"] = newTable("loca")
    glyf.glyphOrder = font.getGlyphOrder()
    glyf.glyphs = drawn
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in (
        "maxZones",
        "maxTwilightPoints",
        "maxStorage",
        "maxFunctionDefs",
        "maxInstructionDefs",
        "maxStackElements",
        "maxSizeOfInstructions",
        "maxComponentElements",
    ):
        setattr(maxp, field, 1 if field == "maxZones" else 0)
    font["post"].formatType = 3.0
    font["post"].glyphOrder = font["post"].extraNames = None
    del font["CFF "]
    font.sfntVersion = "\000\001\000\000"


def rename(font: TTFont, face: Shipped) -> None:
    """Give the face its own name: a modified face may not carry a reserved one."""
    table = font["name"]
    rights = next((n.toUnicode() for n in table.names if n.nameID == 0), "")
    table.names = []
    texts = {
        0: rights,
        1: face.name,
        2: "Regular",
        3: f"{face.name} (subset)",
        4: face.name,
        5: "Version 1.0",
        6: face.name.replace(" ", "-"),
        13: f"See {face.licence}",
    }
    for number, text in texts.items():
        table.setName(text, number, 3, 1, 0x409)


def prepare(face: Shipped, unpacked: Path, codes: set[int], target: Path) -> str:
    """Write one shipped face; returns a line for the log."""
    font = TTFont(unpacked / face.source, recalcTimestamp=False)
    subset(font, codes)
    if "CFF " in font:
        to_glyf(font)
    rename(font, face)
    font.save(target / face.file)
    return f"{face.file}: {len(font.getBestCmap())} characters, {(target / face.file).stat().st_size // 1024} KiB"


def write_licences(unpacked: Path, target: Path) -> None:
    """Copy each licence as its package carries it."""
    doc = unpacked / "usr/share/doc"
    fandol = doc / "texlive-doc/fonts/fandol"
    (target / "OFL-NotoSerifSC.txt").write_bytes((unpacked / "serif/LICENSE_FONT").read_bytes())
    (target / "OFL-NotoSansSC.txt").write_bytes((unpacked / "sans/LICENSE_FONT").read_bytes())
    (target / "OFL-WenKai.txt").write_bytes((doc / "fonts-lxgw-wenkai/copyright").read_bytes())
    (target / "OFL-Liberation.txt").write_bytes((doc / "fonts-liberation2/copyright").read_bytes())
    (target / "DejaVu.txt").write_bytes((doc / "fonts-dejavu-core/copyright").read_bytes())
    copying = gzip.decompress((fandol / "COPYING.gz").read_bytes())
    (target / "GPL-Fandol.txt").write_bytes(
        (fandol / "README").read_bytes().strip() + b"\n\n" + FONT_EXCEPTION + copying
    )


FONT_EXCEPTION = b"""The GPL font exception:
As a special exception, if you create a document which uses this font, and embed this font or unaltered
portions of this font into the document, this font does not by itself cause the resulting document to be
covered by the GNU General Public License. This exception does not however invalidate any other reasons why
the document might be covered by the GNU General Public License.

"""


def main(work: Path, target: Path) -> None:
    """Prepare every shipped face and its licence."""
    unpacked = fetch(work)
    sets = charsets(unpacked)
    target.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(2) as pool:
        jobs = [pool.submit(prepare, face, unpacked, sets[face.charset], target) for face in FACES]
        for job in jobs:
            print(job.result())
    write_licences(unpacked, target)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
