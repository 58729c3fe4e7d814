"""A signature against random histories: it stands exactly as long as nothing that was signed has changed."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from zhengui.figures.sign_off import SignedPiece, changes

KEYS = st.sampled_from(["figure:a", "figure:b", "claim:c", "text:1", "text:2"])


def piece(key: str, shown: int, behind: int) -> SignedPiece:
    return SignedPiece(key, f"“{key}”", str(shown), f"{shown} {behind}")


class SignMachine(RuleBasedStateMachine):
    """A draft's pieces come, change and go; `touched` is kept by other means: which differ from what was signed."""

    def __init__(self) -> None:
        super().__init__()
        self.now = {"figure:a": piece("figure:a", 1, 1), "text:1": piece("text:1", 1, 1)}
        self.signed: dict[str, SignedPiece] | None = None

    @rule(key=KEYS, shown=st.integers(1, 3), behind=st.integers(1, 3))
    def something_changes(self, key: str, shown: int, behind: int) -> None:
        self.now[key] = piece(key, shown, behind)

    @rule(key=KEYS)
    def something_is_left_out(self, key: str) -> None:
        self.now.pop(key, None)

    @rule()
    def the_department_signs(self) -> None:
        self.signed = dict(self.now)

    @precondition(lambda self: self.signed is not None)
    @rule()
    def what_was_signed_comes_back(self) -> None:
        assert self.signed is not None
        self.now = dict(self.signed)

    @invariant()
    def it_stands_as_long_as_nothing_changed(self) -> None:
        if self.signed is None:
            return
        told = changes(self.signed, self.now)
        assert (not told) == (self.signed == self.now)
        differ = {k for k in {*self.signed, *self.now} if self.signed.get(k) != self.now.get(k)}
        assert len(told) == len(differ)
        assert all(any(f"“{key}”" in words for words in told) for key in differ)


SignMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
TestSignMachine = SignMachine.TestCase


def test_what_changed_is_said_in_words() -> None:
    then = {"figure:a": SignedPiece("figure:a", "“消除隐患”", "132处", "x"), "text:1": piece("text:1", 1, 1)}
    now = {"figure:a": SignedPiece("figure:a", "“消除隐患”", "133处", "y"), "text:1": piece("text:1", 2, 1)}
    assert changes(then, now) == ["“消除隐患”会签时是132处，现在是133处", "“text:1”的文字改过"]
    now["figure:a"] = SignedPiece("figure:a", "“消除隐患”", "132处", "z")
    assert changes(then, now)[0] == "“消除隐患”背后的记录改过"
