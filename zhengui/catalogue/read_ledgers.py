"""Reads ledgers, their fields and their rules out of a catalogue file."""

from __future__ import annotations

from decimal import Decimal

from zhengui.catalogue.closed_loop import with_loop
from zhengui.catalogue.entry import Entry
from zhengui.catalogue.ledgers import OF_ONE_RECORD, REFERENCE_TYPES, LoopNeeds
from zhengui.catalogue.life import Life
from zhengui.catalogue.model import NUMBER_TYPES, Field, FieldType, Ledger, Rule, RuleKind

#: Shared lists of choices by name.
Kinds = dict[str, tuple[str, ...]]

_TYPES = {str(kind): kind for kind in FieldType}
_RULES = {str(kind): kind for kind in RuleKind}


def read_ledger(entry: Entry, area: str, kinds: Kinds) -> Ledger | None:
    """A ledger; a field or rule that does not hold is left out, the ledger only where it cannot stand."""
    fields = [read_field(inner, kinds) for inner in entry.tables("field", "字段")]
    rules = [read_rule(inner) for inner in entry.tables("rule", "规则")]
    title = entry.text("title", required=True)
    ledger = Ledger(
        key=entry.text("key", required=True),
        title=title,
        area=area,
        noun=entry.text("noun") or title,
        measure_word=entry.text("measure_word") or "条",
        about=entry.text("about", required=True),
        fields=tuple(field for field in fields if field),
        rules=tuple(rule for rule in rules if rule),
        period=entry.texts("period"),
        village=entry.text("village"),
        label=entry.texts("label", required=True),
        register=entry.flag("register"),
        closed_loop=entry.flag("closed_loop"),
        loop=_loop(entry),
        life=entry.life(),
        names=entry.text("names"),
    )
    if not entry.finish():
        return None
    return with_loop(ledger) if ledger.closed_loop else ledger


def _loop(entry: Entry) -> LoopNeeds:
    """What the ledger asks of the items of its closed loop."""
    inner = entry.table("loop")
    if inner is None:
        return LoopNeeds()
    found = LoopNeeds(
        evidence=inner.text("evidence"),
        least=inner.whole("least", 1),
        needs=inner.texts("needs"),
        tree=inner.texts("tree"),
        draw=inner.flag("draw"),
    )
    if not entry.flag("closed_loop"):
        inner.flaw("没有 closed_loop = true 的台账不能写 loop，请删去")
    inner.finish()
    entry.take(inner)
    return found


def read_field(entry: Entry, kinds: Kinds) -> Field | None:
    """A field; None where it does not hold."""
    kind = _TYPES.get(entry.one_of("type", _TYPES), FieldType.TEXT)
    minimum = entry.number("minimum")
    if minimum is None and kind in NUMBER_TYPES:
        minimum = Decimal(0)
    field = Field(
        key=entry.text("key", required=True),
        title=entry.text("title", required=True),
        type=kind,
        required=entry.flag("required"),
        unit=entry.text("unit"),
        choices=_choices(entry, kind, kinds),
        default=entry.text("default"),
        minimum=minimum,
        maximum=entry.number("maximum"),
        decimals=entry.whole("decimals", 2),
        max_length=entry.whole("max_length", 2000 if kind is FieldType.LONG_TEXT else 200),
        carry=entry.flag("carry"),
        copy=entry.flag("copy", kind not in OF_ONE_RECORD),
        in_table=entry.flag("in_table", True),
        not_future=entry.flag("not_future"),
        total=entry.flag("total", True),
        total_by=entry.texts("total_by"),
        known_in=entry.text("known_in"),
        help=entry.text("help"),
        life=entry.life(),
        choice_lives=_choice_lives(entry),
        to=_register_of(entry, kind),
        guess=entry.texts("guess"),
        name=entry.flag("name"),
        years=entry.span("years"),
        many=_many(entry, kind),
    )
    return field if entry.finish() else None


def _choices(entry: Entry, kind: FieldType, kinds: Kinds) -> tuple[str, ...]:
    """The field's own list, or the shared list it names."""
    given = entry.data.get("choices")
    if isinstance(given, str):
        entry.known.add("choices")
        if given not in kinds:
            entry.flaw(f"没有名为 {given} 的选项表，请在 [kinds] 里补上或直接写出选项")
        return kinds.get(given, ())
    choices = entry.texts("choices")
    if kind in (FieldType.CHOICE, FieldType.CHOICES) and not choices and entry.sound:
        entry.flaw("选择类字段缺少 choices，请写出选项")
    if len(set(choices)) < len(choices):
        entry.flaw("choices 里有重复的选项，请删去")
    return choices


def _register_of(entry: Entry, kind: FieldType) -> str:
    """The register that a `ref` names records of."""
    to = entry.text("to")
    if kind is FieldType.REF and not to:
        entry.flaw("ref 字段缺少 to，请写出名册的 key")
    elif to and kind is not FieldType.REF:
        entry.flaw("只有 ref 字段可以写 to，请删去")
    return to


def _many(entry: Entry, kind: FieldType) -> bool:
    """Whether the field may name several records."""
    many = entry.flag("many")
    if many and kind not in REFERENCE_TYPES:
        entry.flaw("只有引用名册的字段可以写 many，请删去")
    return many


def _choice_lives(entry: Entry) -> tuple[tuple[str, Life], ...]:
    """The choices that came later than the field, or may be chosen no more, with the years they live in."""
    since, retired = (_choice_years(entry, key) for key in ("choice_since", "choice_retired"))
    return tuple((each, Life(since.get(each), retired.get(each))) for each in {**since, **retired})


def _choice_years(entry: Entry, key: str) -> dict[str, int]:
    inner = entry.table(key)
    if inner is None:
        return {}
    found = [(choice, inner.whole_or_none(choice)) for choice in inner.data]
    entry.take(inner)
    return {choice: year for choice, year in found if year is not None}


def read_rule(entry: Entry) -> Rule | None:
    """A rule between fields; None where it does not hold."""
    rule = Rule(
        kind=_RULES.get(entry.one_of("kind", _RULES), RuleKind.UNIQUE),
        fields=entry.texts("fields", required=True),
        message=entry.text("message", required=True),
        amount=entry.whole("amount"),
        values=entry.texts("values"),
    )
    return rule if entry.finish() else None
