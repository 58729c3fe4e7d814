"""Which passwords are taken: long before strange, and none that everybody would try first."""

from __future__ import annotations

import re
import unicodedata

SHORTEST, LONGEST = 8, 128
#: Digits alone are birthdays and telephone numbers, unless there are many of them.
SHORTEST_DIGITS = 12
#: What is tried first anywhere, and in Chinese offices; compared without capitals, spaces and strange characters.
COMMON = frozenset(
    """
    password passw0rd password1 password12 password123 password1234 p@ssw0rd p@ssword passwd123 pass1234 pass12345
    admin123 admin1234 admin12345 admin888 administrator admin@123 root1234 root12345 guest123 test1234 test12345
    user1234 welcome1 welcome123 letmein1 iloveyou iloveyou1 sunshine princess football baseball superman batman123
    qwertyui qwertyuiop qwerty12 qwerty123 qwer1234 1qaz2wsx 1q2w3e4r 1q2w3e4r5t q1w2e3r4 qazwsxedc zaq12wsx asdfghjkl
    asdf1234 zxcvbnm1 zxcvbnm123 abcd1234 abcd12345 abc12345 abc123456 a1234567 a12345678 a123456789 aa123456 aa123456789
    a1b2c3d4 abcdefgh abcdefg1 abcdefghi 11111111a 123456aa 123456abc 12345678a 123456789a 1234qwer 123qweasd 123qwe123
    woaini123 woaini520 woaini1314 5201314a wo123456 zhang123 wang1234 li123456 liu12345 chen1234 nihao123 zhongguo
    zhongguo1 china123 china888 beijing1 beijing2008 shanghai mima1234 mima123456 wodemima zhengfu1 zhengfu123
    xiangzhen xiangzhen1 bangong1 bangongshi bangong123 dangzheng dangzhengban dzb123456 nongcun1 fupin123 fupinban
    zhengui1 zhengui123 taizhang taizhang1 jiedao123 shequ123 cunwei123 windows1 windows10 microsoft computer
    dragon123 monkey123 master123 shadow123 michael1 jennifer jordan23 trustno1 starwars whatever freedom1 secret123
    changeme changeme1 default1 temp1234 newpass1 login123 access14 hello123 helloworld goodluck lovelove
    88888888a 66666666a 00000000a aaaaaaaa1 qqqqqqqq1 a88888888 a66666666 a11111111 a00000000 abc88888 abc66666
    """.split()
)
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
)


def wrong_with(password: str, *names: str) -> str:
    """What is wrong with a new password, as a sentence; empty where it may be used.

    `names` are the person's and the office's, and their pinyin: a password must be more than one of them.
    """
    plain = unicodedata.normalize("NFKC", password)
    if len(plain) < SHORTEST:
        return f"密码至少要 {SHORTEST} 个字符，越长越好，例如几个不相干的词连在一起。"
    if len(plain) > LONGEST:
        return f"密码太长，请不超过 {LONGEST} 个字符。"
    if plain.isdigit() and len(plain) < SHORTEST_DIGITS:
        return f"只用数字时至少要 {SHORTEST_DIGITS} 位；生日、电话容易被猜到。请再加几个字母或汉字。"
    small = "".join(plain.lower().split())
    bare = re.sub(r"[^0-9a-z\u4e00-\u9fff]", "", small)
    if (
        small in COMMON
        or bare in COMMON
        or len(set(small)) < 4
        or any(map(_is_a_run, (bare, bare[1:], bare[:-1])))
    ):
        return "这个密码太常见，别人一试就中。请换一个，例如几个不相干的词连在一起。"
    for name in names:
        told = "".join(name.lower().split())
        if len(told) > 1 and told in small and len(small) - len(told) < 7:
            return "密码里不要只是姓名或单位的名称加几个数字，容易被猜到。请换一个。"
    return ""


def _is_a_run(text: str) -> bool:
    """Whether it is only neighbours on the keyboard or in the alphabet, forwards or backwards, perhaps twice."""
    for once in (text, text[: len(text) // 2]):
        whole = len(once) >= 4 and once * (len(text) // len(once)) == text
        if whole and any(once in run or once[::-1] in run for run in _RUNS):
            return True
    return False
