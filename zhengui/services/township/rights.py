"""Who may do what: the roles, what each may, and the one place where that is asked.

A service says which right it needs (`@reads`, `@writes`); `expect` asks when it is called from outside. What a clerk
may enter is limited to areas and villages; that is asked of the rows a transaction has touched, before they are kept
(`expect_within`), so no service can forget it. An office without passwords has no accounts, and everybody may do all.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from zhengui.catalogue.model import Catalogue
from zhengui.storage.problem import NotAllowed
from zhengui.storage.records import touched
from zhengui.storage.records.accounts import Account
from zhengui.storage.schema.tables import Tables

if TYPE_CHECKING:
    from zhengui.storage.schema.sql_types import Connection


class Role(StrEnum):
    """What a person is in the office; the value is kept in the file."""

    MANAGER = "manager"
    CLERK = "clerk"
    REVIEWER = "reviewer"
    READER = "reader"
    AUDITOR = "auditor"


class Right(StrEnum):
    """What can be done, as far as roles differ in it."""

    LOOK = "look"
    ENTER = "enter"
    WRITE = "write"
    REVIEW = "review"
    ISSUE = "issue"
    OPEN = "open"
    EXPORT = "export"
    MANAGE = "manage"
    AUDIT = "audit"
    OWN = "own"


ROLES: Mapping[Role, str] = {
    Role.MANAGER: "管理员",
    Role.CLERK: "业务员",
    Role.REVIEWER: "审核",
    Role.READER: "只读",
    Role.AUDITOR: "审计",
}
RIGHTS: Mapping[Right, str] = {
    Right.LOOK: "查看台账、指标和文稿（个人信息遮盖）",
    Right.ENTER: "登记、修改、导入、零报告",
    Right.WRITE: "起草文稿、年度计划",
    Right.REVIEW: "审核记录",
    Right.ISSUE: "签发文稿",
    Right.OPEN: "看完整的证件号和电话",
    Right.EXPORT: "导出、打印台账和佐证",
    Right.MANAGE: "人员、参数、目录、备份恢复、清空回收站",
    Right.AUDIT: "看操作记录、核对",
    Right.OWN: "自己的草稿、列宽、收藏，改自己的密码",
}
MAY: Mapping[Role, frozenset[Right]] = {
    Role.MANAGER: frozenset(Right),
    Role.CLERK: frozenset(
        {Right.LOOK, Right.ENTER, Right.WRITE, Right.OPEN, Right.EXPORT, Right.OWN},
    ),
    Role.REVIEWER: frozenset(
        {Right.LOOK, Right.WRITE, Right.REVIEW, Right.ISSUE, Right.OPEN, Right.EXPORT, Right.OWN}
    ),
    Role.READER: frozenset({Right.LOOK, Right.EXPORT, Right.OWN}),
    Role.AUDITOR: frozenset({Right.LOOK, Right.AUDIT, Right.OWN}),
}


def may(account: Account | None, right: Right) -> bool:
    """Whether a person has a right; without accounts everybody has all."""
    return account is None or right in MAY[Role(account.role)]


def expect(account: Account | None, right: Right) -> None:
    """Raise NotAllowed where a person has not the right."""
    why = why_not(account, right)
    if why:
        raise NotAllowed(why)


def why_not(account: Account | None, right: Right) -> str:
    """Why a person may not, and who may, as a sentence; empty where he may."""
    if account is None or may(account, right):
        return ""
    others = "、".join(ROLES[role] for role, rights in MAY.items() if right in rights)
    return (
        f"“{account.name}”的角色是{ROLES[Role(account.role)]}，不能做这一步：{RIGHTS[right]}。可以做的是：{others}。"
        "需要时请管理员在“系统 → 人员”里改角色，或换人。"
    )


class WritingSoFar(Protocol):
    """What was written so far, and by whom: a `Writing` before it is kept."""

    conn: Connection
    tables: Tables
    catalogue: Catalogue
    account: Account | None
    begun: str


def expect_within(writing: WritingSoFar) -> None:
    """Raise NotAllowed where a clerk has written outside his areas and villages; before anything is kept."""
    account = writing.account
    if account is not None and not writing.begun and touched.ledgers(writing.conn):
        # What opens a state by itself, as an import does, is held to this as well.
        expect(account, Right.ENTER)
    if account is None or account.role != Role.CLERK or not (account.areas or account.villages):
        return
    for ledger_key in touched.ledgers(writing.conn):
        ledger = writing.catalogue.ledgers.get(ledger_key)
        if ledger is None or ledger.register:
            # Households, people and the like belong to the whole office.
            continue
        if account.areas and ledger.area not in account.areas:
            raise NotAllowed(
                f"“{ledger.title}”不在“{account.name}”负责的领域里，没有保存。请管理员在“系统 → 人员”里调整。"
            )
        if account.villages and touched.outside(
            writing.conn, writing.tables, ledger_key, sorted(account.villages)
        ):
            raise NotAllowed(
                f"“{ledger.title}”里有的记录不属于“{account.name}”负责的村（居），没有保存。"
                "请核对村（居），或请管理员在“系统 → 人员”里调整。"
            )
