"""What the log calls each thing that was done: the names of services, and of what changes nothing."""

from __future__ import annotations

_NOTED = {
    "begin": "开始操作记录",
    "upgrade": "升级后重新封存",
    "login": "登录",
    "logout": "退出",
    "protect": "设置密码",
    "unprotect": "取消密码",
    "not_set": "密码没有设成",
    "not_given_up": "密码没有取消",
    "older_vault": "打开了旧的密码文件",
    "first_person": "首位登录者成为管理员",
    "password": "改密码",
    "recovery": "换恢复密钥",
    "view": "看完整的证件号或电话",
    "export": "导出",
    "older_file": "打开了旧的文件",
    "empty_bin": "清空回收站",
    "change": "修改",
}
_SERVICES = {
    "entry.record.save": "登记或修改",
    "entry.record.edit_many": "批量修改",
    "entry.record.delete": "移到回收站",
    "entry.record.restore": "从回收站恢复",
    "entry.steps.set_cells": "在表格里修改",
    "entry.review_records.review": "审核",
    "entry.review_records.withdraw": "撤回审核",
    "entry.review_records.require_review": "设置审核",
    "entry.review_rows.approve": "审核",
    "entry.review_rows.send_back": "退回修改",
    "entry.past_imports.take_back_import": "撤回导入",
    "entry.referring.end": "停用",
    "entry.referring.merge": "合并",
    "entry.import_workbook.import_rows": "导入",
    "issue.issue_document.issue": "签发",
    "returns.report_month.mark": "标记报送",
    "returns.report_month.unmark": "撤回报送",
    "returns.report_year.set_marks": "标记报送",
    "counting.entered_values.enter": "录入以前年度的数",
    "counting.entered_values.paste": "录入以前年度的数",
    "counting.entered_values.forget": "删除录入的数",
    "township.own_catalogue.add_entries": "修改目录",
    "township.own_catalogue.retire": "停用目录条目",
    "township.people.add_person": "增加人员",
    "township.people.change_person": "修改人员",
    "township.people.remove_person": "移除人员",
    "township.people.set_password": "改密码",
    "township.people.change_own_password": "改密码",
    "township.people.renew_recovery_key": "换恢复密钥",
    "whole.open_next_year.open_next_year": "转入下一年",
    "whole.open_next_year.close_next_year": "撤回转入下一年",
}


def deed_words(deed: str) -> str:
    """A deed in words; what has no words of its own is told by its room."""
    found = _NOTED.get(deed) or _SERVICES.get(deed)
    if found:
        return found
    last = deed.rpartition(".")[2]
    if last.startswith(("take_back", "undo", "do_again")):
        return "撤销或重做"
    room = deed.partition(".")[0]
    return {"plan": "修改计划", "document": "修改文稿", "returns": "修改报送"}.get(room, "修改")
