"""Writing a file so that the old one stays whole until the new one is complete."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zhengui.exchange.problem import ExchangeProblem


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new file beside `path` to write to; it takes the place of `path` at the end, or goes if anything fails.

    Raises ExchangeProblem where the folder cannot be written or the old file is open in another program.
    """
    if path.exists() and not path.is_file():
        raise ExchangeProblem(f"“{path.name}”不是文件，不能写入。请写上文件名，或换一个文件名。")
    if not path.parent.is_dir():
        raise ExchangeProblem(f"找不到文件夹“{path.parent}”，请另选保存位置。")
    part = path.with_name(f".{path.stem}.{os.getpid()}.part{path.suffix}")
    try:
        yield part
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(path)
    except PermissionError as error:
        raise ExchangeProblem(
            f"“{path.name}”不能写入，可能正被其他程序打开。请关闭后再试，或换一个文件名。"
        ) from error
    except FileNotFoundError as error:
        raise ExchangeProblem(f"找不到文件夹“{path.parent}”，请另选保存位置。") from error
    except OSError as error:
        raise ExchangeProblem(f"“{path.name}”没有写完，请检查磁盘空间后再试。") from error
    finally:
        part.unlink(missing_ok=True)
