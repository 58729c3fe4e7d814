"""What the plain formulas of a form come to, for looking at it and printing it; others are left to Excel.

Sums, averages, the four kinds of reckoning, rounding, the least and the greatest, and IF over cells of the same form.
A formula with anything else has no answer here, and its cell stays empty rather than wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation

from zhengui.exchange.sheet_grid import Place, SheetGrid, block_of, place_of

Value = Decimal | str | bool | None
_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d*)?|\.\d+)|"(?P<text>(?:[^"]|"")*)"
    |(?P<block>(?:(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)(?![\w(])
    |(?P<name>[A-Z][A-Z0-9.]*)(?=\()|(?P<mark><=|>=|<>|[-+*/()<>=,&%^]))""",
    re.VERBOSE,
)
#: A block of more cells than this is not added up here.
_MOST_CELLS = 20_000
_DEEPEST = 40
#: So many cells are looked at for all formulas of a form together; a form that needs more is left to Excel.
_IN_ALL = 1_000_000


class _Unknown(Exception):
    """The formula holds something that isn't worked out here."""


class Formulas:
    """Works the formulas of a form's sheets out, each once."""

    def __init__(self, grids: Mapping[str, SheetGrid]) -> None:
        self._grids = grids
        self._known: dict[tuple[str, Place], Value] = {}
        self._open: set[tuple[str, Place]] = set()
        self._left = _IN_ALL

    def value(self, sheet: str, place: Place) -> Value:
        """What a cell comes to: a number, a text, or None where it is empty or can't be told."""
        key = (sheet, place)
        if key in self._known:
            return self._known[key]
        grid = self._grids.get(sheet)
        cell = grid.cells.get(place) if grid is not None else None
        if cell is None:
            return None
        if not cell.formula:
            return cell.number if cell.number is not None else cell.text or None
        if key in self._open or len(self._open) > _DEEPEST:
            raise _Unknown
        self._open.add(key)
        try:
            found = _Parser(self, sheet, cell.formula.lstrip("=")).whole()
        except (_Unknown, InvalidOperation, DivisionByZero, ZeroDivisionError, OverflowError, RecursionError):
            if len(self._open) > 1:
                raise _Unknown from None
            found = None
        finally:
            self._open.discard(key)
        self._known[key] = found
        return found

    def cells(self, sheet: str, block: str) -> Iterator[Value]:
        """The values of a block."""
        top, left, bottom, right = block_of(block)
        count = (bottom - top + 1) * (right - left + 1)
        if count > min(_MOST_CELLS, self._left) or sheet not in self._grids:
            raise _Unknown
        self._left -= count
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                yield self.value(sheet, (row, column))


class _Parser:
    """Reads one formula from left to right."""

    def __init__(self, formulas: Formulas, sheet: str, text: str) -> None:
        self._formulas, self._sheet = formulas, sheet
        self._tokens: list[tuple[str, str]] = []
        at = 0
        while text[at:].strip():
            found = _TOKEN.match(text, at)
            if found is None or found.lastgroup is None:
                raise _Unknown
            self._tokens.append((found.lastgroup, found[found.lastgroup]))
            at = found.end()
        self._at = 0

    def whole(self) -> Value:
        """The value of the whole formula."""
        if not self._tokens:
            raise _Unknown
        found = self._compared()
        if self._at != len(self._tokens):
            raise _Unknown
        return found

    def _next(self, *marks: str) -> str:
        if (
            self._at < len(self._tokens)
            and self._tokens[self._at][0] == "mark"
            and self._tokens[self._at][1] in marks
        ):
            self._at += 1
            return self._tokens[self._at - 1][1]
        return ""

    def _compared(self) -> Value:
        left = self._added()
        mark = self._next("=", "<>", "<", ">", "<=", ">=")
        if not mark:
            return left
        right = self._added()
        if mark in ("=", "<>"):
            same = _number(left) == _number(right) if not isinstance(left, str) else left == right
            return same if mark == "=" else not same
        a, b = _number(left), _number(right)
        return {"<": a < b, ">": a > b, "<=": a <= b, ">=": a >= b}[mark]

    def _added(self) -> Value:
        found = self._multiplied()
        while mark := self._next("+", "-", "&"):
            right = self._multiplied()
            if mark == "&":
                found = f"{_text(found)}{_text(right)}"
            else:
                found = _number(found) + _number(right) if mark == "+" else _number(found) - _number(right)
        return found

    def _multiplied(self) -> Value:
        found = self._signed()
        while mark := self._next("*", "/"):
            right = _number(self._signed())
            found = _number(found) * right if mark == "*" else _number(found) / right
        return found

    def _signed(self) -> Value:
        if self._next("-"):
            return -_number(self._signed())
        self._next("+")
        found = self._single()
        while self._next("%"):
            found = _number(found) / 100
        return found

    def _single(self) -> Value:
        if self._next("("):
            found = self._compared()
            if not self._next(")"):
                raise _Unknown
            return found
        kind, text = self._taken()
        if kind == "number":
            return Decimal(text)
        if kind == "text":
            return text.replace('""', '"')
        if kind == "block":
            sheet, block = self._split(text)
            if ":" in block:
                raise _Unknown
            return self._formulas.value(sheet, place_of(block.replace("$", "")))
        if kind == "name" and self._next("("):
            return self._called(text)
        raise _Unknown

    def _taken(self) -> tuple[str, str]:
        if self._at >= len(self._tokens):
            raise _Unknown
        self._at += 1
        return self._tokens[self._at - 1]

    def _split(self, text: str) -> tuple[str, str]:
        sheet, mark, block = text.rpartition("!")
        return (sheet.strip("'").replace("''", "'") if mark else self._sheet), block

    def _called(self, name: str) -> Value:
        if name == "IF":
            return self._chosen()
        work = _FUNCTIONS.get(name)
        if work is None:
            raise _Unknown
        values = self._arguments()
        return work(values)

    def _arguments(self) -> list[Value]:
        """The values between the brackets, blocks cell by cell."""
        values: list[Value] = []
        if self._next(")"):
            return values
        while True:
            alone = self._tokens[self._at : self._at + 2]
            if alone and alone[0][0] == "block" and ":" in alone[0][1]:
                self._at += 1
                sheet, block = self._split(alone[0][1])
                values += self._formulas.cells(sheet, block.replace("$", ""))
            else:
                values.append(self._compared())
            if self._next(")"):
                return values
            if not self._next(","):
                raise _Unknown

    def _chosen(self) -> Value:
        """IF: a part that is not chosen may be wrong, as a division by nothing."""
        test = self._compared()
        if not self._next(","):
            raise _Unknown
        first = self._perhaps()
        second: Callable[[], Value] = lambda: False  # noqa: E731
        if self._next(","):
            second = self._perhaps()
        if not self._next(")"):
            raise _Unknown
        return first() if test not in (False, None) and test != 0 else second()

    def _perhaps(self) -> Callable[[], Value]:
        try:
            found = self._compared()
        except (InvalidOperation, DivisionByZero, ZeroDivisionError) as error:
            wrong = error
            self._skip()

            def fail() -> Value:
                raise _Unknown from wrong

            return fail
        return lambda: found

    def _skip(self) -> None:
        """Go on to the end of an argument."""
        depth = 0
        while self._at < len(self._tokens):
            mark = self._tokens[self._at][1] if self._tokens[self._at][0] == "mark" else ""
            if depth == 0 and mark in (",", ")"):
                return
            depth += (mark == "(") - (mark == ")")
            self._at += 1
        raise _Unknown


def _number(value: Value) -> Decimal:
    if value is None:
        return Decimal(0)
    if isinstance(value, bool):
        return Decimal(int(value))
    return Decimal(value)


def _text(value: Value) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)


def _numbers(values: list[Value]) -> list[Decimal]:
    return [value for value in values if isinstance(value, Decimal)]


def _rounded(values: list[Value]) -> Value:
    number, places = _number(values[0]), int(_number(values[1])) if len(values) > 1 else 0
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _average(values: list[Value]) -> Value:
    found = _numbers(values)
    return sum(found, Decimal(0)) / len(found)


def _product(values: list[Value]) -> Value:
    made = Decimal(1)
    for each in _numbers(values):
        made *= each
    return made


_FUNCTIONS: Mapping[str, Callable[[list[Value]], Value]] = {
    "SUM": lambda values: sum(_numbers(values), Decimal(0)),
    "AVERAGE": _average,
    "ROUND": _rounded,
    "MAX": lambda values: max(_numbers(values), default=Decimal(0)),
    "MIN": lambda values: min(_numbers(values), default=Decimal(0)),
    "COUNT": lambda values: Decimal(len(_numbers(values))),
    "COUNTA": lambda values: Decimal(sum(value is not None for value in values)),
    "ABS": lambda values: abs(_number(values[0])),
    "PRODUCT": _product,
}
