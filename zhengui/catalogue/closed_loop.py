"""The closed loop that several ledgers share: its fields, its rules and the state a record is in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from zhengui.catalogue.model import Field, FieldType, Ledger, Rule, RuleKind

#: The states in their order; a record's state follows from its dates and is never stored.
LOOP_STATES = ("待交办", "整改中", "待验收", "待销号", "已销号")
#: A mark besides the state: the due date is past and what is due by then, the rectifying, is not done.
OVERDUE = "逾期"

ASSIGNED = "assigned_on"
RECTIFIED = "rectified_on"
VERIFIED = "verified_on"
CLOSED = "closed_on"
DUE = "due_on"
_STEPS = (ASSIGNED, RECTIFIED, VERIFIED, CLOSED)

#: A copy of a record begins at 登记: it is as far as nobody has been told of it.
LOOP_FIELDS: tuple[Field, ...] = (
    Field(ASSIGNED, "交办日期", FieldType.DATE, copy=False, in_table=False, not_future=True),
    Field("department", "责任部门", FieldType.DEPARTMENT, in_table=False, carry=True),
    Field("responsible", "责任人", FieldType.OFFICIAL, carry=True),
    Field(DUE, "整改期限", FieldType.DATE, copy=False),
    Field("measure_taken", "整改措施", FieldType.LONG_TEXT, copy=False, in_table=False, max_length=2000),
    Field(RECTIFIED, "整改完成日期", FieldType.DATE, copy=False, in_table=False, not_future=True),
    Field(VERIFIED, "验收日期", FieldType.DATE, copy=False, in_table=False, not_future=True),
    Field("verifier", "验收人", FieldType.OFFICIAL, copy=False, in_table=False),
    Field(CLOSED, "销号日期", FieldType.DATE, copy=False, not_future=True),
)


def with_loop(ledger: Ledger) -> Ledger:
    """The ledger with the loop's fields after its own (one it declares itself stays) and the loop's rules."""
    own = ledger.by_key
    listed = ledger.period[0] if ledger.period else ""
    steps = (listed, *_STEPS) if listed in own else _STEPS
    rules = [Rule(RuleKind.STAGES, steps, "登记、交办、整改、验收、销号须依次进行，日期不能提前，请核对")]
    if listed in own:
        title = own[listed].title
        rules.append(Rule(RuleKind.ORDER, (listed, DUE), f"整改期限早于{title}，请核对"))
    rules.append(Rule(RuleKind.BOTH, ("verifier", VERIFIED), "验收人和验收日期要一起填"))
    added = tuple(field for field in LOOP_FIELDS if field.key not in own)
    return replace(ledger, fields=(*ledger.fields, *added), rules=(*ledger.rules, *rules))


def state_of(values: Mapping[str, object]) -> str:
    """The state of a record from its dates: the furthest step that is filled decides."""
    for step, state in zip(reversed(_STEPS), reversed(LOOP_STATES), strict=False):
        if values.get(step) is not None:
            return state
    return LOOP_STATES[0]


def is_overdue(values: Mapping[str, object], today: date) -> bool:
    """Whether the due date is past and the record is neither rectified nor closed; checking it has no due date."""
    due = values.get(DUE)
    done = values.get(RECTIFIED) is not None or values.get(CLOSED) is not None
    return isinstance(due, date) and due < today and not done
