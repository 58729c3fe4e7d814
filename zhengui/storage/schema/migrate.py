"""Which revision a file has, and the steps from an older one to the present one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengui.paths import migrations
from zhengui.storage.problem import NewerFile

if TYPE_CHECKING:
    from pathlib import Path

    import sqlalchemy as sa

#: The newest script in db/migrations; revisions are four digits, so that older and newer can be told apart.
HEAD = "0001"
SCRIPTS = migrations()


def stamp(conn: sa.Connection) -> None:
    """Mark a file that was just made as having the newest revision."""
    conn.exec_driver_sql("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL)")
    conn.exec_driver_sql("DELETE FROM alembic_version")
    conn.exec_driver_sql("INSERT INTO alembic_version (version_num) VALUES (?)", (HEAD,))


def needs_upgrade(revision: str) -> bool:
    """Whether a file of `revision` is older than this program; raises NewerFile where it is newer."""
    if revision == HEAD:
        return False
    if len(revision) == len(HEAD) and revision < HEAD:
        return True
    raise NewerFile("这个数据文件由更新版本的程序保存，本程序不能打开，文件没有改动。请先升级程序。")


def upgrade(conn: sa.Connection, scripts: Path | None = None) -> None:
    """Run every step after the file's revision inside the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts or SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = conn
    command.upgrade(config, HEAD)
