"""Which column of a workbook holds which field: by titles, forgiving of marks, spaces and units."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from zhengui.catalogue.model import Field, FieldType
from zhengui.values.lookup import nearest

#: The column in which a workbook comes back with what is wrong.
MISTAKE_TITLE = "错误说明"
#: Between the parts of a title that stands in two or three rows: 整改情况 over 交办日期.
HEADING_JOIN = " · "
#: Columns that people keep for themselves, and the one that the program adds.
PASSED_OVER = frozenset({"序号", "编号", MISTAKE_TITLE})
#: Offices call the same column 村（居）, 村（社区） or 社区.
_VILLAGES = re.compile(r"村\((?:居|社区)\)|村居|社区")
#: The titles of a folder of workbooks are the same few, compared with those of every ledger again and again.
_KNOWN = 20_000
_BRACKETS = re.compile(r"[(\[【〔].*?[)\]】〕]")


@dataclass(frozen=True, slots=True)
class Matching:
    """`columns` are (position, field) in the workbook's order.

    `unknown` are titles that name no field, `repeated` titles that name one a second time, `missing` the fields
    without a column. `problem` says in one sentence why nothing can be imported, or is empty.
    """

    columns: tuple[tuple[int, Field], ...]
    unknown: tuple[str, ...]
    repeated: tuple[str, ...]
    missing: tuple[Field, ...]

    @property
    def missing_required(self) -> tuple[Field, ...]:
        """The fields without a column that every record needs."""
        return tuple(field for field in self.missing if field.required and not field.default)

    @property
    def problem(self) -> str:
        """Why the workbook cannot be taken as it is, with what to do, or empty."""
        if not self.columns:
            return "第一行没有一个栏目名称是这本台账的。请先导出一份空表，按它的栏目填写。"
        if self.repeated:
            return f"栏目“{self.repeated[0]}”出现了两次，请只留一列。"
        if not self.missing_required:
            return ""
        titles = "、".join(f"“{field.title}”" for field in self.missing_required)
        near = self._nearest_unknown()
        return f"缺少栏目{titles}，请在表中加上这些列。{near}"

    def _nearest_unknown(self) -> str:
        for field in self.missing_required:
            found = nearest(field.title, self.unknown)
            if found:
                return f"“{found}”如果就是“{field.title}”，请改成这个名称。"
        return ""


@lru_cache(_KNOWN)
def plain_title(title: str) -> str:
    """A title for comparing: width folded, no spaces, no asterisks, no colon at the end."""
    folded = unicodedata.normalize("NFKC", title)
    return _VILLAGES.sub("村", re.sub(r"[\s*＊★]", "", folded).rstrip(":").lower())


@lru_cache(_KNOWN)
def bare_title(title: str) -> str:
    """As `plain_title`, and without what stands in brackets: 金额（元） gives 金额."""
    return _BRACKETS.sub("", plain_title(title))


def title_candidates(title: str) -> list[str]:
    """What a title may be looked up as, the likeliest first: whole, then its lowest part, then those above."""
    parts = title.split(HEADING_JOIN)
    names = [plain_title("".join(parts)), bare_title("".join(parts))]
    if len(parts) > 1:
        names += [name for part in reversed(parts) for name in (plain_title(part), bare_title(part))]
    return [name for name in dict.fromkeys(names) if name]


def match_columns(header: Sequence[str], fields: Sequence[Field]) -> Matching:
    """Find the field of each title of the header; retired fields and attachments take no column."""
    wanted = [f for f in fields if f.is_asked and f.type is not FieldType.ATTACHMENT]
    by_plain = {plain_title(field.title): field for field in wanted}
    by_bare: dict[str, Field | None] = {}
    for field in wanted:
        bare = bare_title(field.title)
        by_bare[bare] = None if bare in by_bare else field  # 面积（亩） and 面积（平方米） need their units
    columns: list[tuple[int, Field]] = []
    unknown, repeated, used = [], [], set()
    skipped = {plain_title(f.title) for f in fields if f.type is FieldType.ATTACHMENT} | PASSED_OVER
    for index, title in enumerate(header):
        plain = plain_title(title)
        if not plain or not skipped.isdisjoint(title_candidates(title)[-2:]):
            continue
        names = title_candidates(title)
        known = (by_plain.get(name) or by_bare.get(name) for name in names)
        found = next((each for each in known if each is not None), None)
        if found is None:
            unknown.append(title)
        elif found.key in used:
            repeated.append(title)
        else:
            used.add(found.key)
            columns.append((index, found))
    missing = tuple(field for field in wanted if field.key not in used)
    return Matching(tuple(columns), tuple(unknown), tuple(repeated), missing)
