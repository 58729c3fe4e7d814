"""Whether a data file is whole, told without changing it; what can be done where it isn't."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zhengui.services.township import keep_backup
from zhengui.storage.file import copies, journal, lock, mark, vault
from zhengui.storage.problem import StorageProblem


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """`troubles` are sentences, empty for a sound file; `told` says what was looked at; `ways` what can be done."""

    troubles: tuple[str, ...]
    told: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()


def check_file(path: Path) -> FileVerdict:
    """Read every page of a file with the key beside it, and compare it with the mark of its last save."""
    try:
        if not path.is_file():
            raise StorageProblem(f"没有找到数据文件“{path.name}”。请检查文件夹，或从备份恢复。")
        key = vault.read_key(path)
    except StorageProblem as problem:
        return FileVerdict((problem.message,), ways=_ways(path))
    found = copies.faults(path, key)
    content = copies.look_into(path)
    if found or content is None:
        words = f"“{path.name}”不完整，或与旁边的钥匙文件不配套：有 {max(len(found), 1)} 处读不出来或对不上。"
        return FileVerdict((words,), ways=_ways(path))
    told = [f"“{path.name}”完整：每一页都读过，与钥匙配套。"]
    if content.saves:
        told.append(f"里面有 {content.saves:,} 次保存。")
    troubles = []
    waiting = not journal.is_empty(path)
    if waiting:
        open_now = lock.lock_path(path).exists()
        told.append(
            "旁边的 -wal 文件里还有没合并的保存，"
            + ("程序正开着，空闲两秒就会合并。" if open_now else "下次打开时合并。")
        )
    known = mark.read(path)
    if known is not None and content.saves < known.saves and not waiting:
        troubles.append(
            f"它比上次保存的旧：少了最近 {known.saves - content.saves} 次保存"
            f"（最后一次在 {known.at:%Y-%m-%d %H:%M}），可能被旧的文件替换过。"
        )
    return FileVerdict(tuple(troubles), tuple(told), _ways(path) if troubles else ())


def _ways(path: Path) -> tuple[str, ...]:
    """The backups that are at hand."""
    kept = keep_backup.standing(path)
    if not kept:
        return (f"“{path.stem}-备份”文件夹里没有备份。请找一找 U 盘和其他电脑上的备份。",)
    return tuple(
        f"{each.backup.made_at:%Y-%m-%d %H:%M}　{each.backup.size / 1e6:.1f} MB　{each.backup.path.name}"
        f"　{each.missing}"
        for each in kept
    )
