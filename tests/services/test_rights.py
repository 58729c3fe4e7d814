"""Every service asks for the right it needs, of every role; docs/rights.md is what this test sees."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import zhengui.services
from zhengui.services.township import rights
from zhengui.services.township.reading import GATED, NEEDS
from zhengui.services.township.rights import MAY, RIGHTS, ROLES, Right, Role
from zhengui.services.township.township import Township as RealTownship
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


#: Services without a gate that ask for a right by themselves, before anything else.
ASKING = {
    "entry.apply_import.apply_import": Right.ENTER,
    "entry.import_workbook.import_workbook": Right.ENTER,
    "township.check_log.check_log": Right.AUDIT,
    "township.keep_backup.choose_second_place": Right.MANAGE,
    "township.people.give_up_passwords": Right.MANAGE,
    "township.people.renew_key": Right.MANAGE,
}
#: What everybody may, for it tells nothing of a record, or is the program's own housekeeping.
EVERYBODY = frozenset(
    {
        "entry.browse_records.index_for_search",
        "township.keep_backup.back_up_before",
        "township.keep_backup.back_up_elsewhere",
        "township.keep_backup.back_up_if_due",
        "township.keep_backup.back_up_now",
        "township.keep_backup.changed_since",
        "township.keep_backup.reminder",
        "township.keep_backup.second_place",
        "township.overview.backup_words",
        # Only where there are no passwords, and so no roles.
        "township.people.begin_with_passwords",
        "whole.demo.is_demo",
        "whole.demo_loops.work_off",
        "whole.demo_reports.report",
        "whole.demo_warnings.decide_some",
    }
)
#: Parts of services, handed the state that those opened behind their gate.
PARTS = frozenset(
    {
        "counting.compute_figures.named_records",
        "counting.compute_figures.told_whole",
        "counting.fill_wording.plain_names",
        "county_forms.fill_form.blocks_of",
        "county_forms.fill_form.ids_of",
        "document.begin_document.begun",
        "document.compose_document.written_or_begun",
        "document.edit_document.from_outline",
        "entry.plain_columns.matched",
        "entry.preview_import.still_holds",
        "entry.referring.refuse_if_referred_to",
        "issue.frozen_content.rows_now",
        "issue.ledger_book.book_of",
        "issue.sign_off.keep_signatures",
        "loops.sheets.keep_sheet",
        "loops.sheets.pages_of",
        "plan.plan_values.needed_keys",
        "plan.share_ways.weights_of",
        "sheets.merge_files.shown_values",
        "township.people.others_may",
        "township.personal.covered",
        "township.personal.may_see",
        "watch.rank_villages.by_village",
    }
)


def without_gate() -> dict[str, Callable[..., Any]]:
    """Every public function of a service that is handed a township or its state, and is behind no gate."""
    services()
    found = {}
    for module in [each for name, each in sys.modules.items() if name.startswith("zhengui.services.")]:
        short = module.__name__.removeprefix("zhengui.services.")
        for name, each in vars(module).items():
            if name.startswith("_") or not inspect.isfunction(each) or each.__module__ != module.__name__:
                continue
            handed = {str(given.annotation) for given in inspect.signature(each).parameters.values()}
            if handed & {"Township", "Reading", "Writing", "Database"} and f"{short}.{name}" not in GATED:
                found[f"{short}.{name}"] = each
    return found


def asks(service: Callable[..., Any], account: Account) -> bool:
    """Whether a service without a gate refuses a person before it looks at anything else."""
    needed = [
        given for given in inspect.signature(service).parameters.values() if given.default is given.empty
    ]
    try:
        service(Township(account), *[None for _other in needed[1:]])
    except NotAllowed:
        return True
    except Exception:  # noqa: BLE001 - who is let through meets that nothing was handed over
        return False
    return False


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
    rows += [
        f"| {name} | {' | '.join('✓' if rights.may(account, right) else '—' for account in PEOPLE.values())} |"
        for name, right in sorted(ASKING.items())
    ]
    return "\n".join([*head, *rows]) + "\n"


def test_every_service_says_what_it_needs() -> None:
    assert len(services()) > 180
    assert [name for name, right in NEEDS.items() if right is None] == []


def test_no_service_goes_without_a_rule() -> None:
    """Who adds a service gives it a gate, or says here why it has none."""
    assert sorted(without_gate()) == sorted({*ASKING, *EVERYBODY, *PARTS})


@pytest.mark.parametrize("name", list(ASKING))
def test_what_has_no_gate_asks_by_itself(name: str) -> None:
    service = without_gate()[name]
    for who, account in PEOPLE.items():
        if account is not None:
            assert asks(service, account) is not rights.may(account, ASKING[name]), who


@pytest.mark.parametrize("role", list(Role))
def test_only_a_manager_sets_what_figures_and_names_depend_on(written: RealTownship, role: Role) -> None:
    """Several are set together or none, whatever the panels of the window let through."""
    written.account = Account(1, "u", "甲", role)
    for key in ("parameter.old_age", "township.name", "office.committee", "report.due_day"):
        if role is Role.MANAGER:
            written.keep_settings({"table.hazard": "x", key: "1"})
            assert written.setting(key) == "1"
        else:
            before = written.setting(key)
            with pytest.raises(NotAllowed, match="角色是"):
                written.keep_settings({"table.hazard": role, key: "1"})
            assert (written.setting(key), written.setting("table.hazard")) == (before, "")
    # How one's own window looks is everybody's.
    written.keep_setting("table.hazard", "place")


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
