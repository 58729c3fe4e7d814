"""Mistakes in rules of warning, as they happen in a catalogue file."""

from __future__ import annotations

from tests.catalogue.mistakes_of_ledgers import Mistake

OF_WARNINGS: dict[str, Mistake] = {
    "kind of warning": (
        "monitoring.toml",
        "kind = 'sum_above'",
        "kind = 'too_much'",
        "预警 medical_outlay",
        "kind 不能是",
    ),
    "limit of a warning": (
        "monitoring.toml",
        "limit = 'income_line'",
        "limit = 'income'",
        "预警 low_income",
        "没有名为 income 的参数",
    ),
    "subject of a warning": (
        "monitoring.toml",
        "subject = 'household'\nday = 'date'",
        "subject = 'home'\nday = 'date'",
        "预警 job_lost",
        "没有字段 home",
    ),
    "day of a warning": (
        "economy.toml",
        "end = 'to_on'",
        "end = 'mu'",
        "预警 contract_ends",
        "不是日期",
    ),
    "what a warning needs": (
        "economy.toml",
        "end = 'to_on'\n",
        "",
        "预警 contract_ends",
        "ends_soon 缺少 end",
    ),
    "words of a warning": (
        "monitoring.toml",
        "why = '已有 {days} 天没有走访",
        "why = '已有 {weeks} 天没有走访",
        "预警 unvisited",
        "why 里只能用",
    ),
    "lead of a warning": (
        "monitoring.toml",
        "leads = ['visit']",
        "leads = ['visits']",
        "预警 unvisited",
        "没有名为 visits 的台账",
    ),
    "what is wanted": (
        "monitoring.toml",
        "other = { ledger = 'visit',",
        "other = { ledger = 'visits',",
        "预警 unvisited",
        "没有名为 visits 的台账",
    ),
}
