"""Which record of a register a name means: by the whole name, and where several have it by what tells them apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from zhengui.catalogue.model import Field, FieldType, Ledger
from zhengui.values.clean import as_name, one_width, plain
from zhengui.values.lookup import Lookup, NameLookup, ParticularLookup, Particulars, exact, nearest
from zhengui.values.show import show
from zhengui.values.value import Beside, RowNeeded, Value, ValueMistake, short

_ID_NUMBER = re.compile(r"\d{15}|\d{17}[\dX]", re.ASCII)
_PIECES = re.compile(r"[\s（）()【】\[\]，,；;/、]+")
#: What of a record decides between people of one name, the surest first.
_DECIDING = (
    FieldType.ID_NUMBER,
    FieldType.HOUSEHOLD,
    FieldType.VILLAGE,
    FieldType.DEPARTMENT,
    FieldType.PHONE,
)
#: What is told of a record to tell it from another of its name, in this order.
_TELLING = (
    FieldType.VILLAGE,
    FieldType.DEPARTMENT,
    FieldType.TEXT,
    FieldType.ID_NUMBER,
    FieldType.DATE,
    FieldType.PHONE,
)
#: The key under which registers and ledgers keep an address.
ADDRESS = "address"
_SHOWN = 4
#: A number in a list, and the township, before a village's name; what its committee and its kind add behind it.
_BEFORE_A_VILLAGE = re.compile(r"^(?:[（(]?\d{1,3}[)）.、．])?(?:.{1,6}?(?:镇|乡|街道)(?=.{2}))?")
_COMMITTEE = re.compile(r"(?:村民委员会|居民委员会|村委会|居委会|行政村|\(居\)|\(社区\))$")
#: What stands between several names; inside brackets it belongs to what tells one of them from others.
_BETWEEN = re.compile(r"[、，,;；|\n]+(?![^（(]*[）)])")


def read_reference(field: Field, text: str, lookup: Lookup, beside: Beside | None = None) -> int:
    """The id of the record that `text` names.

    A whole name decides; where several have it, what the text adds (village, address, ID number, also masked) or
    what stands beside it in the record decides; else the row has to be told apart. Part of a name never decides
    where others match too.
    """
    register = field.register
    number = one_width(text).upper().replace(" ", "")
    by_number = bool(_ID_NUMBER.fullmatch(number))
    candidates = lookup.find(register, number if by_number else text)
    if by_number:
        found = candidates if len(candidates) == 1 else _with_number(register, number, candidates, lookup)
    else:
        found = _named(register, text, candidates, lookup)
    if not found and register == FieldType.VILLAGE:
        called = (exact(name, lookup.find(register, name)) for name in _village_names(text))
        found = next(filter(None, called), [])
    if len(found) > 1:
        found = _narrowed(register, found, lookup, beside)
    if len(found) == 1:
        return found[0][0]
    if found:
        refusal = (
            ValueMistake if beside is not None or not isinstance(lookup, ParticularLookup) else RowNeeded
        )
        raise refusal(_told_apart(register, text, found, lookup))
    raise ValueMistake(_unknown(register, text, candidates, lookup))


def _village_names(text: str) -> Iterator[str]:
    """What a village may be called in a list where a letter would call it so: 白沙村民委员会, 甲镇白沙行政村, 3.白沙村."""
    bare = _BEFORE_A_VILLAGE.sub("", "".join(one_width(text).split()))
    committee = _COMMITTEE.search(bare)
    name = bare[: committee.start()] if committee else bare
    endings = () if committee is None else ("社区", "居") if committee[0].startswith("居") else ("村",)
    for ending in endings:
        yield name + ending
    if name != text:
        yield name


def read_references(field: Field, text: str, lookup: Lookup, beside: Beside | None = None) -> tuple[int, ...]:
    """The ids of the records that `text` names one after the other, each once, in that order.

    A name that has a mark such as 、 in it is taken whole where the register has it.
    """

    def known(name: str) -> bool:
        return bool(exact(name, lookup.find(field.register, name)))

    found = [read_reference(field, name, lookup, beside) for name in split_names(text, known)]
    return tuple(dict.fromkeys(found))


def split_names(text: str, known: Callable[[str], bool]) -> list[str]:
    """The names that stand one after the other in a text; of names that may have a mark in them the longest known."""
    marks = [*_BETWEEN.finditer(text)]
    starts, ends = [0, *(each.end() for each in marks)], [*(each.start() for each in marks), len(text)]
    found: list[str] = []
    place = 0
    while place < len(starts):
        joined = (
            last
            for last in range(len(starts) - 1, place, -1)
            if known(text[starts[place] : ends[last]].strip())
        )
        last = next(joined, place)
        found.append(text[starts[place] : ends[last]].strip())
        place = last + 1
    return [name for name in found if name]


def _named(
    register: str, text: str, candidates: list[tuple[int, str]], lookup: Lookup
) -> list[tuple[int, str]]:
    """The records that the whole text names, or its name together with all that it adds."""
    found = exact(text, candidates)
    if found:
        return found
    pieces = [piece for piece in _PIECES.split(text) if piece]
    if len(pieces) < 2:
        # Nothing but a name, or nothing but brackets.
        return []
    name, *further = pieces
    named = exact(name, lookup.find(register, name))
    return [one for one in named if _tells(register, one, further, lookup)]


def _with_number(
    register: str, number: str, candidates: Sequence[tuple[int, str]], lookup: Lookup
) -> list[tuple[int, str]]:
    known = _particulars(register, candidates, lookup)
    wanted = (FieldType.ID_NUMBER, number)
    return [one for one in candidates if one[0] in known and wanted in known[one[0]].values]


def _particulars(
    register: str, found: Iterable[tuple[int, str]], lookup: Lookup
) -> Mapping[int, Particulars]:
    if not isinstance(lookup, ParticularLookup):
        return {}
    return lookup.particulars(register, [id for id, _label in found])


def _tells(register: str, one: tuple[int, str], further: Sequence[str], lookup: Lookup) -> bool:
    """Whether everything that the text adds to the name is true of the record."""
    known = _particulars(register, [one], lookup).get(one[0])
    label = plain(one[1])
    return all(plain(word) in label or (known is not None and known.has(word)) for word in further)


def _narrowed(
    register: str, found: list[tuple[int, str]], lookup: Lookup, beside: Beside | None
) -> list[tuple[int, str]]:
    """Those of several that agree with the record's own ID number, household, village, address and phone."""
    if beside is None:
        return found
    known = _particulars(register, found, lookup)
    for kind in _DECIDING:
        wanted = {(kind, value) for value in beside.of_type(kind)}
        agreeing = [one for one in found if one[0] in known and not wanted.isdisjoint(known[one[0]].values)]
        found = agreeing or found
    address = beside.values.get(ADDRESS)
    agreeing = [one for one in found if address and one[0] in known and known[one[0]].address == address]
    return agreeing or found


def particulars_of(ledger: Ledger, values: Mapping[str, Value], lookup: Lookup) -> Particulars:
    """What is known of a record of a register beyond its label; numbers are masked in its marks."""
    filled = [(field, values.get(field.key)) for field in ledger.live_fields]
    kept = [(field, value) for field, value in filled if value is not None]
    told = [
        one for kind in _TELLING for one in kept if one[0].type is kind and one[0].key not in _own(ledger)
    ]
    return Particulars(
        tuple((field.type, value) for field, value in kept if field.type in _DECIDING),
        tuple(show(field, value, lookup) for field, value in told),
        str(values.get(ADDRESS) or ""),
    )


def _own(ledger: Ledger) -> set[str]:
    """The fields of the name itself; a village in a label only adds to the name."""
    return {key for key in ledger.label if not ledger[key].is_reference}


def apart(group: Mapping[int, Particulars]) -> dict[int, str]:
    """For records of one name, the words that tell each of them from the others; empty where nothing does."""
    found = {}
    for id, known in group.items():
        others = [other.marks for key, other in group.items() if key != id]
        told: list[str] = []
        for mark in known.marks:
            remaining = [marks for marks in others if mark in marks]
            if len(remaining) < len(others):
                told.append(mark)
                others = remaining
        found[id] = "" if others else " ".join(told)
    return found


def _told_apart(register: str, text: str, found: Sequence[tuple[int, str]], lookup: Lookup) -> str:
    """The sentence that asks which of several is meant, with what would tell them apart."""
    told = [words for words in apart(_particulars(register, found, lookup)).values() if words]
    lead = f"有 {len(found)} 个“{short(text)}”"
    if not told:
        return f"{lead}，请从列表中选一个。"
    shown = "、".join(f"“{as_name(text)}（{words}）”" for words in told[:_SHOWN])
    return f"{lead}，请从列表中选一个，或写明是哪一个，如{shown}。"


def _unknown(register: str, text: str, candidates: Sequence[tuple[int, str]], lookup: Lookup) -> str:
    names = [label for _, label in candidates]
    if isinstance(lookup, NameLookup):
        names += lookup.names(register)
    near = nearest(text, names) or next((name for name in names if plain(text) in plain(name)), None)
    if near:
        return f"没有“{short(text)}”，是“{near}”吗？"
    return f"没有“{short(text)}”，请先在基础信息中登记，或核对名称。"
