"""Look at every DLL of a folder: all of them for 64-bit Intel, and each import either beside it or of Windows itself.

usage: audit.py folder
"""

from __future__ import annotations

import sys
from pathlib import Path

import pefile

KINDS = (".dll", ".pyd", ".exe")
INTEL_64 = 0x8664
IMPORTS, DELAYED = 1, 13
#: Libraries that every Windows 10 1809 has.
WINDOWS = frozenset(
    f"{name}.dll"
    for name in """
    advapi32 authz bcrypt bcryptprimitives cfgmgr32 comctl32 comdlg32 credui crypt32 d2d1 d3d11 d3d12 d3d9
    d3dcompiler_47 dbghelp dcomp dnsapi dwmapi dwrite dxgi gdi32 icuuc imm32 iphlpapi kernel32 mpr msvcrt ncrypt
    netapi32 normaliz ntdll ole32 oleacc oleaut32 opengl32 propsys psapi rpcrt4 secur32 setupapi shcore shell32
    shlwapi synchronization ucrtbase uiautomationcore user32 userenv usp10 uxtheme version winhttp winmm ws2_32
    wsock32 wtsapi32
    """.split()
) | {"winspool.drv"}


def faults(folder: Path) -> list[str]:
    """What is wrong with the binaries of the folder, a line each."""
    binaries = sorted(path for path in folder.rglob("*") if path.suffix.lower() in KINDS)
    present = {path.name.lower() for path in binaries}
    found = [] if binaries else [f"no binaries in {folder}"]
    for path in binaries:
        portable = pefile.PE(str(path), fast_load=True)
        name = path.relative_to(folder)
        if portable.FILE_HEADER.Machine != INTEL_64:
            found.append(f"{name}: made for machine {portable.FILE_HEADER.Machine:#x}")
        portable.parse_data_directories([IMPORTS, DELAYED])
        for entry in (
            *getattr(portable, "DIRECTORY_ENTRY_IMPORT", []),
            *getattr(portable, "DIRECTORY_ENTRY_DELAY_IMPORT", []),
        ):
            wanted = entry.dll.decode().lower()
            ours = wanted in present or wanted in WINDOWS
            if not ours and not wanted.startswith(("api-ms-win-", "ext-ms-")):
                found.append(f"{name}: imports {wanted}, which is neither shipped nor part of Windows")
    return found


if __name__ == "__main__":
    told = faults(Path(sys.argv[1]))
    print("\n".join(told) or "every binary is for 64-bit Intel, and no import is foreign")
    raise SystemExit(bool(told))
