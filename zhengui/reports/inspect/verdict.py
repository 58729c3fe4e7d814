"""What one rule says about a document: measured, allowed, and where it is broken."""

from __future__ import annotations

from dataclasses import dataclass

PLACES = 5


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rule by its name, what was measured, what is allowed, whether it holds, and the first places it does not."""

    name: str
    measured: str
    allowed: str
    ok: bool
    places: tuple[str, ...] = ()


def verdict(name: str, allowed: str, faults: list[str], measured: str = "") -> Verdict:
    """A verdict from the places where a rule is broken; `measured` says what was found when there are none."""
    if faults:
        more = f"等{len(faults)}处" if len(faults) > PLACES else ""
        return Verdict(name, "；".join(faults[:PLACES]) + more, allowed, False, tuple(faults[:PLACES]))
    return Verdict(name, measured or "符合", allowed, True)
