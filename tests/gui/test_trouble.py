"""What the program says when something did not work, and where the details go."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from zhengui.gui.kit import trouble
from zhengui.gui.kit.trouble import KEPT_LOGS, LOG_FILE, keep_log, sentence


@pytest.fixture
def no_handlers() -> Iterator[None]:
    logger = logging.getLogger("zhengui")
    kept = logger.handlers[:]
    logger.handlers.clear()
    yield
    for handler in logger.handlers:
        handler.close()
    logger.handlers[:] = kept


@pytest.mark.usefixtures("no_handlers")
def test_unforeseen_trouble_is_told_and_written_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGUI_HOME", str(tmp_path))
    keep_log()
    told = sentence(ZeroDivisionError("division by zero"))
    assert LOG_FILE in told
    assert "division" not in told
    assert "ZeroDivisionError" in (tmp_path / LOG_FILE).read_text(encoding="utf-8")


@pytest.mark.usefixtures("no_handlers")
def test_the_log_gives_way_to_itself_and_quotes_no_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGUI_HOME", str(tmp_path))
    monkeypatch.setattr(trouble, "LOG_SIZE", 2000)
    keep_log()
    for number in range(200):
        sentence(KeyError(f"张三 330127198001011234 {number}"))
    logs = sorted(tmp_path.glob(f"{LOG_FILE}*"))
    assert len(logs) == 1 + KEPT_LOGS
    assert all(path.stat().st_size <= 2000 for path in logs)
    text = "".join(path.read_text(encoding="utf-8") for path in logs)
    assert "KeyError" in text
    assert "张三" not in text
    assert "330127" not in text


def test_foreseen_trouble_speaks_for_itself() -> None:
    assert sentence(ValueError("磁盘满了。")) == "磁盘满了。"
