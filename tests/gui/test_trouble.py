"""What the program says when something did not work, and where the details go."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from zhengui.gui.kit.trouble import LOG_FILE, keep_log, sentence


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


def test_foreseen_trouble_speaks_for_itself() -> None:
    assert sentence(ValueError("磁盘满了。")) == "磁盘满了。"
