"""Photos, scans and files as evidence, kept in the encrypted file; photos are shrunk to a sensible size."""

from __future__ import annotations

import hashlib
import mimetypes
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from zhengui.catalogue.model import FieldType
from zhengui.storage.problem import StorageProblem
from zhengui.storage.query.references import among
from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables
from zhengui.values import photo
from zhengui.values.file_name import file_name

#: The largest file that is kept as it is, and the largest photo that is opened, in bytes.
FILE_LIMIT = 20 * 1024 * 1024
PHOTO_LIMIT = 60 * 1024 * 1024
#: Names that promise a photo.
_PHOTOS = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp"})
#: How a picture in HEIC begins, told by its content: telephones make them, and nothing here decodes them.
_HEIC = re.compile(rb"....ftyp(?:heic|heix|heim|heis|hevc|hevx|hevm|hevs|mif1|msf1)", re.DOTALL)
_NUMBERS = re.compile(r"\d{1,15}")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file made ready to be kept; preparing needs no database, so it can be done in the background."""

    name: str
    media_type: str
    content: bytes = field(repr=False)
    thumbnail: bytes | None = field(default=None, repr=False)
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class KeptAttachment:
    """What is known of a kept file; `size` is in bytes, width and height are those of a photo."""

    id: int
    name: str
    media_type: str
    size: int
    width: int | None
    height: int | None
    thumbnail: bytes | None = field(repr=False)
    added_at: datetime
    added_by: str

    @property
    def is_photo(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.width is not None


def prepare(name: str, data: bytes, decode: Callable[[bytes], photo.Photo] = photo.decode) -> Prepared:
    """Make a file ready: a photo is turned upright, shrunk and made a JPEG without its hidden data.

    `decode` is how photos are opened; those from outside not in this process. Raises StorageProblem where the file
    is empty, too large, or a photo that can't be opened.
    """
    name = file_name(name)
    if not data:
        raise StorageProblem(f"“{name}”是空文件。请另选一个。")
    if _HEIC.match(data):
        raise StorageProblem(
            f"“{name}”是 HEIC 照片，程序打不开，也印不出来。请用微信、WPS 或手机相册把它另存为 JPG 再添加；"
            "苹果手机在 设置→相机→格式 里选“兼容性最佳”，以后拍的就是 JPG。"
        )
    if Path(name).suffix.lower() in _PHOTOS:
        return _photo(name, data, decode)
    if len(data) > FILE_LIMIT:
        raise StorageProblem(f"“{name}”超过20兆字节。请压缩后再添加。")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Prepared(name, kind, data)


def prepare_file(path: Path, decode: Callable[[bytes], photo.Photo] = photo.decode) -> Prepared:
    """Make the file at `path` ready; see `prepare`."""
    try:
        if path.stat().st_size > PHOTO_LIMIT:
            raise StorageProblem(f"“{path.name}”太大。请压缩后再添加。")
        data = path.read_bytes()
    except OSError:
        raise StorageProblem(f"“{path.name}”读不出来。请检查文件后再添加。") from None
    return prepare(path.name, data, decode)


def add(conn: sa.Connection, tables: Tables, prepared: Prepared, who: str) -> int:
    """Keep a file and return its id; the same file under the same name is kept once."""
    digest = hashlib.sha256(prepared.content).hexdigest()
    table = tables.attachment
    known = conn.execute(
        sa.select(table.c.id).where(table.c.digest == digest, table.c.name == prepared.name)
    ).scalar()
    if known is not None:
        return int(known)
    added = conn.execute(
        sa.insert(table).values(
            name=prepared.name,
            media_type=prepared.media_type,
            size=len(prepared.content),
            width=prepared.width,
            height=prepared.height,
            digest=digest,
            thumbnail=prepared.thumbnail,
            added_at=columns.moment_text(datetime.now()),
            added_by=who,
        )
    )
    key = added.inserted_primary_key
    assert key is not None
    content = tables.attachment_content
    conn.execute(sa.insert(content).values(attachment=key[0], content=prepared.content))
    return int(key[0])


def about(conn: sa.Connection, tables: Tables, ids: Iterable[int]) -> list[KeptAttachment]:
    """What is known of these files, in the order of their ids as given; unknown ids are left out."""
    wanted = list(ids)
    table = tables.attachment
    rows = {row.id: row for row in conn.execute(sa.select(table).where(table.c.id.in_(among(wanted))))}
    return [
        KeptAttachment(
            row.id,
            file_name(row.name),
            row.media_type,
            row.size,
            row.width,
            row.height,
            row.thumbnail,
            columns.moment_of(row.added_at),
            row.added_by,
        )
        for id_ in wanted
        if (row := rows.get(id_)) is not None
    ]


def unlinked(conn: sa.Connection, tables: Tables, before: datetime) -> set[int]:
    """The files added before a moment that no record has; a history line or a draft may yet name them."""
    table, link = tables.attachment, tables.attachment_link
    query = sa.select(table.c.id).where(
        table.c.added_at < columns.moment_text(before), table.c.id.not_in(sa.select(link.c.attachment))
    )
    return set(conn.execute(query).scalars())


def sweep(conn: sa.Connection, tables: Tables, before: datetime) -> int:
    """Take out the files added before a moment that nothing names any more; returns how many went.

    Named are those of records, binned ones too, and whatever a history line or a draft may speak of: any number in
    them counts, so that a file is rather kept than lost.
    """
    ids = unlinked(conn, tables, before)
    if not ids:
        return 0
    spoken = (
        sa.select(tables.draft.c.texts),
        *(
            sa.select(tables.history.c.changes).where(
                tables.history.c.ledger == ledger.key,
                tables.history.c.changes.contains(f'"{field.key}"', autoescape=True),
            )
            for ledger in tables.catalogue.ledgers.values()
            for field in ledger.fields
            if field.type is FieldType.ATTACHMENT
        ),
    )
    for query in spoken:
        for text in conn.execute(query).scalars():
            ids -= {int(number) for number in _NUMBERS.findall(text)}
    gone = among(sorted(ids))
    conn.execute(sa.delete(tables.attachment_content).where(tables.attachment_content.c.attachment.in_(gone)))
    conn.execute(sa.delete(tables.attachment).where(tables.attachment.c.id.in_(gone)))
    return len(ids)


def content(conn: sa.Connection, tables: Tables, attachment: int) -> bytes:
    """The bytes of a kept file; StorageProblem where there is none."""
    table = tables.attachment_content
    found = conn.execute(sa.select(table.c.content).where(table.c.attachment == attachment)).scalar()
    if found is None:
        raise StorageProblem("这个附件已不在文件中。请刷新后再试。")
    return bytes(found)


def _photo(name: str, data: bytes, decode: Callable[[bytes], photo.Photo]) -> Prepared:
    """A photo as it is kept, with its thumbnail."""
    if len(data) > PHOTO_LIMIT:
        raise StorageProblem(f"“{name}”太大。请压缩后再添加。")
    try:
        made = decode(data)
    except photo.NoPhoto as refusal:
        if refusal.huge:
            raise StorageProblem(f"“{name}”的像素超过 1 亿，太大了。请缩小后再添加。") from None
        raise StorageProblem(f"“{name}”不是能打开的图片。请另选一张，或另存为 JPG、PNG 再添加。") from None
    kept = Path(name).with_suffix(".jpg").name
    return Prepared(kept, "image/jpeg", made.content, made.thumbnail, made.width, made.height)
