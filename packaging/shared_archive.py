"""The first thing that a frozen starter runs: take the modules from the one archive that both starters share.

PyInstaller would put all modules into each starter; on Windows there are two, for the window and for the console. So
the starters carry only `ctypes`, and everything else lies once in `_internal/zhengui.pyz`. PyInstaller is pinned with
its hash, so its inner names used here cannot change unnoticed; the frozen self-test would tell.

A sum over the whole archive lies beside it. A module that a failing disk or an antivirus program has spoilt would else
end the program, whenever it is first asked for, with words of Python or with none.
"""

import marshal
import os
import sys
import zlib

import pyimod01_archive
import pyimod02_importers

ARCHIVE = "zhengui.pyz"
SUM = "zhengui.sum"
TITLE = "政规"
DAMAGED = "政规的程序文件不完整，打不开。台账数据不受影响。请重新运行一次安装程序，再打开政规。"
NOT_OUR_FAULT = 0x10  # MB_ICONSTOP


def tell(sentence: str) -> None:
    """Say it where the user looks: on Windows in a box, elsewhere on standard error."""
    if sys.platform == "win32":
        import ctypes

        ctypes.WinDLL("user32").MessageBoxW(None, sentence, TITLE, NOT_OUR_FAULT)
    elif sys.stderr is not None:
        print(sentence, file=sys.stderr)


class HeldArchive(pyimod01_archive.ZlibArchiveReader):  # type: ignore[misc, no-any-unimported]
    """The archive read once and held. PyInstaller's own opens it anew for each of some seven hundred modules, which on
    Windows takes longer than to unpack them, all the more where each opening is looked at for viruses.
    """

    def __init__(self, path: str) -> None:
        with open(path, "rb") as file:
            self._held = memoryview(file.read())
        with open(os.path.join(os.path.dirname(path), SUM), encoding="ascii") as file:
            if zlib.crc32(self._held) != int(file.read(), 16):
                raise pyimod01_archive.ArchiveReadError(ARCHIVE)
        super().__init__(path, 0, check_pymagic=True)

    def extract(self, name: str, raw: bool = False) -> object:
        """A module's code, or the bytes of anything else; KeyError where there is none of the name."""
        kind, start, length = self.toc[name]
        if kind == pyimod01_archive.PYZ_ITEM_NSPKG:
            return None
        data = zlib.decompress(self._held[start : start + length])
        code = kind in (pyimod01_archive.PYZ_ITEM_MODULE, pyimod01_archive.PYZ_ITEM_PKG) and not raw
        try:
            return marshal.loads(data) if code else data
        except EOFError as error:
            raise ImportError(name) from error


def use_archive() -> None:
    """Let Python find its modules in the shared archive."""
    path = os.path.join(sys._MEIPASS, ARCHIVE)  # type: ignore[attr-defined]
    try:
        pyimod02_importers.pyz_archive = HeldArchive(path)
    except (OSError, EOFError, ValueError, TypeError, pyimod01_archive.ArchiveReadError):
        tell(DAMAGED)
        raise SystemExit(1) from None
    pyimod02_importers._pyz_tree = None
    sys.path_importer_cache.clear()


use_archive()
