"""ID numbers and phone numbers: whether they can be right, judged without asking anyone."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from importlib.util import find_spec
from types import ModuleType

from zhengui.values.moment import FIRST_YEAR, LAST_YEAR

_PHONE = re.compile(
    r"1[3-9]\d{9}"  # mobile
    r"|(0\d{2,3}-?)?[2-9]\d{6,7}(-\d{1,5})?"  # landline with area code and extension
    r"|[48]00-?\d{3}-?\d{4}",  # service number
    re.ASCII,
)


def check_digit_of_whole() -> Callable[[str], str]:
    """The function from a whole ID number to what its last character should be, for those in a hurry."""
    with _without_connections():
        from stdnum.cn import ric

    whole: Callable[[str], str] = ric.calc_check_digit
    return whole


@contextmanager
def _without_connections() -> Iterator[None]:
    """Let a library name Python's `ssl`, which it needs only to ask servers, where none is shipped: we ask nobody."""
    if "ssl" in sys.modules or find_spec("_ssl") is not None:
        yield
        return
    sys.modules["ssl"] = ModuleType("ssl")
    try:
        yield
    finally:
        del sys.modules["ssl"]


def id_check_digit(number: str) -> str:
    """The last character of an ID number whose first seventeen digits are given."""
    return check_digit_of_whole()(number[:17] + "0")


def check_id_number(number: str) -> str | None:
    """What is wrong with an ID number, or None.

    The table of places is left alone on purpose: people keep numbers with codes that were since withdrawn.
    """
    if len(number) != 18:
        return f"身份证号码应为 18 位，现在是 {len(number)} 位，请核对。"
    if not re.fullmatch(r"[1-9]\d{16}[\dX]", number, re.ASCII):
        return "身份证号码只能是数字，最后一位可以是 X，请核对。"
    try:
        birth_date_of(number)
    except ValueError:
        return "身份证号码中的出生日期不对，请核对第 7 到 14 位。"
    if id_check_digit(number) != number[-1]:
        return "身份证号码的最后一位与前面的数字对不上，请逐位核对。"
    return None


def birth_date_of(number: str) -> date:
    """The birth date inside an ID number; raises ValueError where those digits are no date."""
    day = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(number[6:14])
    return day


def sex_of(number: str) -> str:
    """男 or 女, by the last but one digit of a whole ID number."""
    return "男" if int(number[16]) % 2 else "女"


def check_phone(number: str) -> str | None:
    """What is wrong with a phone number, or None; mobiles, landlines and service numbers are known."""
    if _PHONE.fullmatch(number):
        return None
    if re.fullmatch(r"1\d+", number) and len(number) != 11:
        return f"手机号码应为 11 位，现在是 {len(number)} 位，请核对。"
    return "电话号码不对，请写手机号码，或带区号的座机号码，如 0558-7123456。"
