"""Look at a file as it lies there, without opening it for work: nothing in it or beside it is changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from zhengui.storage.file import vault
from zhengui.storage.file.chained import Chained
from zhengui.storage.file.connection import connect

if TYPE_CHECKING:
    import sqlalchemy as sa

    from zhengui.catalogue.model import Catalogue
    from zhengui.storage.schema.tables import Tables


@contextmanager
def looked_at(path: Path, catalogue: Catalogue) -> Iterator[tuple[sa.Connection, Tables, Chained] | None]:
    """The file without its journal, its tables and its log; None where this version has not opened it yet."""
    import sqlalchemy as sa
    import sqlcipher3.dbapi2 as sqlcipher

    from zhengui.storage.schema.reconcile import is_current
    from zhengui.storage.schema.tables import Tables

    key, tables = vault.read_key(path), Tables(catalogue)
    engine = sa.create_engine(
        "sqlite://",
        creator=lambda: connect(path, key, untouched=True),
        module=sqlcipher,
        poolclass=sa.StaticPool,
        hide_parameters=True,
    )
    try:
        with engine.connect() as conn:
            chained = Chained(path, key, tables)
            if not is_current(conn, tables) or not chained.load(conn):
                yield None
            else:
                chained.compare(conn, told=True)
                yield conn, tables, chained
    finally:
        engine.dispose()
