"""Every service asks for the right it needs, of every role; docs/rights.md is what this test sees."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import zhengui.services
from zhengui.services.township import rights
from zhengui.services.township.reading import GATED, NEEDS
from zhengui.services.township.rights import MAY, RIGHTS, ROLES, Right, Role
from zhengui.storage.problem import NotAllowed
from zhengui.storage.records.accounts import Account

TABLE = Path(__file__).parents[2] / "docs" / "rights.md"
#: Every kind of person that there is; a limited clerk asks for the same rights, and is held to his limits besides.
PEOPLE: dict[str, Account | None] = {
    "没有密码的单位": None,
    "管理员": Account(1, "u", "甲", Role.MANAGER),
    "业务员": Account(1, "u", "甲", Role.CLERK),
    "业务员（限领域）": Account(1, "u", "甲", Role.CLERK, frozenset({"safety"})),
    "业务员（限村）": Account(1, "u", "甲", Role.CLERK, frozenset(), frozenset({1})),
    "审核": Account(1, "u", "甲", Role.REVIEWER),
    "只读": Account(1, "u", "甲", Role.READER),
    "审计": Account(1, "u", "甲", Role.AUDITOR),
}


class Reached(Exception):
    """The service was let through, and began."""


class Township:
    """Stands for an open township: whoever is let through meets the end of the test."""

    def __init__(self, account: Account | None) -> None:
        self.account = account

    @contextmanager
    def reading(self) -> Iterator[Any]:
        raise Reached
        yield

    writing = reading


def services() -> dict[str, Callable[..., Any]]:
    """Every service with a gate, by its name."""
    for module in pkgutil.walk_packages(zhengui.services.__path__, "zhengui.services."):
        importlib.import_module(module.name)
    # The window puts several of them together under the same gate; what it may is what they may.
    return {name: service for name, service in GATED.items() if not name.startswith("zhengui.")}


def may(service: Callable[..., Any], account: Account | None) -> bool:
    """Call it."""
    try:
        service(Township(account))
    except Reached:
        return True
    except NotAllowed:
        return False
    raise AssertionError("it neither began nor was refused")


def table() -> str:
    """What every kind of person may, service by service, as Markdown."""
    found = services()
    head = [
        "# Who may do what",
        "",
        "Made by `python -m tests.services.test_rights` from calling every service as every kind of person. A clerk",
        "who is limited to areas or villages may call what other clerks may; what he writes outside them is refused",
        "before it is kept ([test_accounts.py](../tests/services/test_accounts.py)).",
        "",
        f"| 权限 | {' | '.join(ROLES.values())} |",
        f"|---|{'---|' * len(ROLES)}",
        *(
            f"| {words} | {' | '.join('✓' if right in MAY[role] else '' for role in ROLES)} |"
            for right, words in RIGHTS.items()
        ),
        "",
        f"| service | {' | '.join(PEOPLE)} |",
        f"|---|{'---|' * len(PEOPLE)}",
    ]
    rows = [
        f"| {name} | {' | '.join('✓' if may(service, account) else '—' for account in PEOPLE.values())} |"
        for name, service in sorted(found.items())
    ]
    return "\n".join([*head, *rows]) + "\n"


def test_every_service_says_what_it_needs() -> None:
    assert len(services()) > 180
    assert [name for name, right in NEEDS.items() if right is None] == []


def test_every_role_may_what_the_table_says() -> None:
    assert TABLE.read_text(encoding="utf-8") == table()


@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_refused_in_words(role: Role) -> None:
    account = Account(1, "u", "甲", role)
    for right in Right:
        if not rights.may(account, right):
            with pytest.raises(NotAllowed, match="角色是"):
                rights.expect(account, right)


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
