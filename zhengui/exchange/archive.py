"""What an .xlsx is packed in."""

from __future__ import annotations

import zipfile
import zlib

#: What reading an archive that is broken, cut, encrypted or packed in an unknown way raises; a part that isn't there is a
#: KeyError.
BROKEN = (
    zipfile.BadZipFile,
    KeyError,
    OSError,
    ValueError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    zlib.error,
)
