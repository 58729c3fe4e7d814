"""By which key a page of the file was signed, found without opening the file.

SQLCipher 4 puts at the end of each page an IV of 16 bytes and an HMAC-SHA512 over page, IV and page number, under a
key made from the data key and the file's salt, its first 16 bytes.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from pathlib import Path

PAGE, SALT, HMAC = 4096, 16, 64
_SALT_MASK = 0x3A
_FAST_ITERATIONS = 2


def signature(key: bytes, salt: bytes, page: bytes, number: int) -> bytes:
    """The signature that a page of the file has with this key and salt."""
    signed = page[SALT if number == 1 else 0 : PAGE - HMAC]
    masked = bytes(each ^ _SALT_MASK for each in salt)
    signing = hashlib.pbkdf2_hmac("sha512", key, masked, _FAST_ITERATIONS, 32)
    return hmac.new(signing, signed + struct.pack("<I", number), hashlib.sha512).digest()


def fits(path: Path, key: bytes) -> bool:
    """Whether the first page of the file is signed by this key; not so where it can't be read."""
    try:
        with path.open("rb") as file:
            page = file.read(PAGE)
    except OSError:
        return False
    if len(page) < PAGE:
        return False
    return hmac.compare_digest(signature(key, page[:SALT], page, 1), page[PAGE - HMAC :])


def is_plain(path: Path) -> bool:
    """Whether the file is an unencrypted SQLite file, which none of ours may be."""
    try:
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\0"
    except OSError:
        return False
