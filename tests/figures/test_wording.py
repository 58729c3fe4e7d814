"""Wording with figures and claims in it."""

from __future__ import annotations

from zhengui.figures.display import PENDING
from zhengui.figures.wording import Piece, expand, placeholders

KNOWN = {
    "checks": ("86次", "figure:checks"),
    "income.villages": ("白沙村、青石村", "figure:income"),
    "year": ("2021", ""),
    "claim.safe": ("{year}年未发生安全事故，检查{checks}。", "claim:safe"),
    "claim.silent": ("", "claim:silent"),
    "claim.loop": ("又{claim.loop}", "claim:loop"),
}


def text(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def test_pieces_keep_their_sources() -> None:
    pieces = expand("{year}年检查{checks}，{income.villages}增收。", KNOWN.get)
    assert pieces == [
        Piece("2021年检查"),
        Piece("86次", "figure:checks"),
        Piece("，"),
        Piece("白沙村、青石村", "figure:income"),
        Piece("增收。"),
    ]


def test_numbers_inside_a_claim_stay_figures() -> None:
    assert expand("全镇{claim.safe}", KNOWN.get) == [
        Piece("全镇"),
        Piece("2021年未发生安全事故，检查", "claim:safe"),
        Piece("86次", "figure:checks"),
        Piece("。", "claim:safe"),
    ]


def test_a_silent_claim_leaves_nothing() -> None:
    assert expand("{claim.silent}", KNOWN.get) == []


def test_two_figures_side_by_side_stay_two() -> None:
    assert len(expand("{checks}{checks}", KNOWN.get)) == 2


def test_what_is_not_known_is_left_to_be_filled_in() -> None:
    assert expand("{other}{claim.other}{township}", KNOWN.get) == [
        Piece(PENDING, "figure:other"),
        Piece(PENDING, "claim:other"),
        Piece(PENDING, ""),
    ]


def test_a_claim_that_names_itself_comes_to_an_end() -> None:
    assert text(expand("{claim.loop}", KNOWN.get)).endswith(PENDING)


def test_placeholders_in_reading_order() -> None:
    assert placeholders("{b}与{a.villages}和{b}，{claim.c}") == ["b", "a.villages", "claim.c"]
