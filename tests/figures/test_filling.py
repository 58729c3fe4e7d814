"""Wording with figures and claims in it."""

from __future__ import annotations

from zhengui.catalogue.wording import Chip, chips
from zhengui.figures.chips import SourcedRun, fill
from zhengui.figures.display import PENDING

KNOWN = {
    "checks": ("86次", "figure:checks"),
    "income.villages": ("白沙村、青石村", "figure:income"),
    "year": ("2021", ""),
    "claim.safe": ("{year}年未发生安全事故，检查{checks}。", "claim:safe"),
    "claim.silent": ("", "claim:silent"),
    "claim.loop": ("又{claim.loop}", "claim:loop"),
}


def known(chip: Chip) -> tuple[str, str] | None:
    return KNOWN.get(chip.text.strip("{}"))


def text(pieces: list[SourcedRun]) -> str:
    return "".join(piece.text for piece in pieces)


def test_pieces_keep_their_sources() -> None:
    pieces = fill("{year}年检查{checks}，{income.villages}增收。", known)
    assert pieces == [
        SourcedRun("2021年检查"),
        SourcedRun("86次", "figure:checks"),
        SourcedRun("，"),
        SourcedRun("白沙村、青石村", "figure:income"),
        SourcedRun("增收。"),
    ]


def test_numbers_inside_a_claim_stay_figures() -> None:
    assert fill("全镇{claim.safe}", known) == [
        SourcedRun("全镇"),
        SourcedRun("2021年未发生安全事故，检查", "claim:safe"),
        SourcedRun("86次", "figure:checks"),
        SourcedRun("。", "claim:safe"),
    ]


def test_a_silent_claim_leaves_nothing() -> None:
    assert fill("{claim.silent}", known) == []


def test_two_figures_side_by_side_stay_two() -> None:
    assert len(fill("{checks}{checks}", known)) == 2


def test_what_is_not_known_is_left_to_be_filled_in() -> None:
    assert fill("{other}{claim.other}{township}", known) == [
        SourcedRun(PENDING, "figure:other"),
        SourcedRun(PENDING, "claim:other"),
        SourcedRun(PENDING, ""),
    ]


def test_a_claim_that_names_itself_comes_to_an_end() -> None:
    assert text(fill("{claim.loop}", known)).endswith(PENDING)


def test_chips_in_reading_order() -> None:
    found = chips("{b}与{a.villages}和{b}，{claim.c}，{不是}")
    assert [chip.text for chip in found] == ["{b}", "{a.villages}", "{b}", "{claim.c}"]
