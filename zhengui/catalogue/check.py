"""Judges the catalogue as a whole: what does not hold is left out and listed, so the rest can be used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from zhengui.catalogue.check_figures import claim_faults, indicator_faults
from zhengui.catalogue.check_ledgers import (
    field_faults,
    key_faults,
    ledger_faults,
    lost_registers,
    rule_faults,
)
from zhengui.catalogue.check_warnings import warning_faults
from zhengui.catalogue.check_wording import (
    claim_wording_faults,
    outline_texts,
    section_texts,
    unknown_parts,
)
from zhengui.catalogue.model import Area, Catalogue, FieldType, Flaw, Ledger
from zhengui.catalogue.read_rankings import ranking_faults
from zhengui.catalogue.wording import wording_faults
from zhengui.paths import resource

_Item = TypeVar("_Item")


def sound(catalogue: Catalogue, origin: Mapping[str, str]) -> Catalogue:
    """The catalogue with what does not hold left out and the reasons added to its flaws.

    `origin` gives the file of each area by its key, and of the frame as `outline`. Wording that names an
    unknown figure stays, for the document shows the gap; everything else that is flawed goes.
    """
    judge = _Judge(catalogue, origin)
    judge.areas()
    judge.ledgers()
    judge.plan_parts()
    judge.figures()
    judge.claims()
    judge.warnings()
    judge.rankings()
    judge.wording()
    return replace(judge.catalogue, flaws=(*catalogue.flaws, *judge.flaws))


class _Judge:
    """One pass over a catalogue; each step drops what does not hold before the next step looks at the rest."""

    def __init__(self, catalogue: Catalogue, origin: Mapping[str, str]) -> None:
        self.catalogue = catalogue
        self.origin = origin
        self.flaws: list[Flaw] = []

    def note(self, area: str, entry: str, message: str) -> None:
        own = self.origin.get(f"{area}/{entry.rpartition(' ')[2]}")
        self.flaws.append(Flaw(own or self.origin.get(area, area), entry, message))

    def keep(
        self, area: str, label: str, items: Iterable[_Item], faults: Callable[[_Item], Iterable[str]]
    ) -> tuple[_Item, ...]:
        """The items without a fault; the faults of the others are noted."""
        kept = []
        for item in items:
            found = list(faults(item))
            for message in found:
                self.note(area, f"{label} {getattr(item, 'key', '')}".strip(), message)
            if not found:
                kept.append(item)
        return tuple(kept)

    def change(self, step: Callable[[Area], Area]) -> None:
        """Every area after a step."""
        self.catalogue = replace(self.catalogue, areas=tuple(step(area) for area in self.catalogue.areas))

    def areas(self) -> None:
        """Areas whose keys can name things; a title that is too long is only noted."""
        areas = []
        for area in self.catalogue.areas:
            found = list(key_faults(area.key))
            for message in found:
                self.note(area.key, "area", message)
            if len(area.short) > 6:
                self.note(area.key, "area", f"short“{area.short}”超过6个字，请改短")
            if area.icon and not resource("icons").joinpath(f"{area.icon}_20_regular.svg").is_file():
                self.note(area.key, "area", f"没有名为 {area.icon} 的图案，先用一张纸代替，请换一个")
            if not found:
                areas.append(area)
        self.catalogue = replace(self.catalogue, areas=tuple(areas))

    def ledgers(self) -> None:
        """Ledgers with the fields and rules that hold."""
        lost = lost_registers(self.catalogue)
        for register in sorted(lost):
            self.note("registers", "", f"没有可用的名册 {register}，引用它的字段暂时不能用，请补上这个名册")
        seen: set[str] = set()
        self.change(lambda area: replace(area, ledgers=self.area_ledgers(area, lost, seen)))
        ledgers = self.catalogue.ledgers
        self.change(
            lambda area: replace(
                area,
                ledgers=self.keep(
                    area.key, "台账", area.ledgers, lambda ledger: ledger_faults(ledger, ledgers)
                ),
            )
        )

    def area_ledgers(self, area: Area, lost: set[str], seen: set[str]) -> tuple[Ledger, ...]:
        """The area's ledgers with new keys, each without the fields and rules that do not hold."""
        kept = []
        for ledger in self.keep(area.key, "台账", area.ledgers, lambda item: key_faults(item.key, seen)):
            label = f"台账 {ledger.key}"
            own: set[str] = set()
            usable = [field for field in ledger.fields if field.register not in lost]
            for field in ledger.fields:
                if field.register in lost and field.type is FieldType.REF:
                    told = f"没有名册 {field.to}，请核对 to，或补上这个名册"
                    self.note(area.key, f"{label} 字段 {field.key}", told)
            fields = self.keep(area.key, f"{label} 字段", usable, _with_seen(field_faults, own))
            trimmed = replace(ledger, fields=fields)
            gone = {field.key for field in ledger.fields} - {field.key for field in fields}
            rules = [rule for rule in ledger.rules if not gone.intersection(rule.fields)]
            kept.append(replace(trimmed, rules=self.keep(area.key, f"{label} 规则", rules, _of(trimmed))))
        return tuple(kept)

    def plan_parts(self) -> None:
        """Parts of the plan that areas name and that there are not; their work then belongs to the last part."""
        parts = [
            choice
            for area in self.catalogue.areas
            if area.kind == "plan"
            for ledger in area.ledgers
            if "part" in ledger.by_key
            for choice in ledger["part"].choices
        ]
        for area in self.catalogue.areas:
            if area.plan_part and parts and area.plan_part not in parts:
                told = f"plan_part“{area.plan_part}”不是计划的一个部分，可用的有：{'、'.join(parts)}"
                self.note(area.key, "area", told)

    def figures(self) -> None:
        """Parameters and indicators that hold."""
        seen: set[str] = set()
        self.change(
            lambda area: replace(
                area,
                parameters=self.keep(
                    area.key, "参数", area.parameters, lambda item: key_faults(item.key, seen)
                ),
            )
        )
        names: set[str] = set()
        numbers: set[int] = set()
        catalogue = self.catalogue
        self.change(
            lambda area: replace(
                area,
                indicators=self.keep(
                    area.key,
                    "指标",
                    area.indicators,
                    lambda item: indicator_faults(item, catalogue, names, numbers),
                ),
            )
        )

    def claims(self) -> None:
        """Claims that hold, judged after the figures they may name."""
        catalogue = self.catalogue
        names = set(catalogue.indicators)

        def step(area: Area) -> Area:
            sound_claims = self.keep(
                area.key, "论断", area.claims, lambda item: claim_faults(item, catalogue, names)
            )
            worded = self.keep(
                area.key, "论断", sound_claims, lambda item: claim_wording_faults(item, catalogue)
            )
            return replace(area, claims=worded)

        self.change(step)

    def warnings(self) -> None:
        """Rules of warning that hold."""
        catalogue, seen = self.catalogue, set[str]()
        self.change(
            lambda area: replace(
                area,
                warnings=self.keep(
                    area.key, "预警", area.warnings, lambda item: warning_faults(item, catalogue, seen)
                ),
            )
        )

    def rankings(self) -> None:
        """Rankings that hold."""
        catalogue, seen = self.catalogue, set[str]()
        self.change(
            lambda area: replace(
                area,
                rankings=self.keep(
                    area.key, "排名", area.rankings, lambda item: ranking_faults(item, catalogue, seen)
                ),
            )
        )

    def wording(self) -> None:
        """Note placeholders that name nothing; the text itself stays."""
        catalogue = self.catalogue
        for area in catalogue.areas:
            for entry, text in section_texts(area.section):
                for message in wording_faults(text, catalogue):
                    self.note(area.key, entry, message)
        for entry, text in outline_texts(catalogue.outline):
            for message in wording_faults(text, catalogue):
                self.note("outline", entry, message)
        for message in unknown_parts(catalogue):
            self.note("outline", "outline", message)


def _with_seen(
    faults: Callable[[_Item, set[str]], Iterable[str]], seen: set[str]
) -> Callable[[_Item], Iterable[str]]:
    return lambda item: faults(item, seen)


def _of(ledger: Ledger) -> Callable[..., Iterable[str]]:
    return lambda rule: rule_faults(rule, ledger)
