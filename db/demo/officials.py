"""The posts of the invented township's officials."""

from __future__ import annotations

from typing import NamedTuple


class Post(NamedTuple):
    """A post, its department and what its holder does besides."""

    title: str
    department: str
    roles: tuple[str, ...]


_LEADERS = (
    ("党委书记", "党政办"),
    ("党委副书记、镇长", "党政办"),
    ("党委副书记、政法委员", "综治中心"),
    ("人大主席", "党政办"),
    ("党委委员、纪委书记", "纪委"),
    ("党委委员、组织委员", "党政办"),
    ("党委委员、武装部长", "应急所"),
    ("党委委员、宣传委员", "文旅中心"),
    ("副镇长（农业农村）", "农业农村中心"),
    ("副镇长（城建环保）", "城建办"),
    ("副镇长（卫生教育）", "卫健办"),
)
_OFFICES = (
    ("党政办", "主任"),
    ("党政办", "副主任"),
    ("党政办", "文秘"),
    ("纪委", "副书记"),
    ("应急所", "所长"),
    ("应急所", "安全员"),
    ("乡村振兴站", "站长"),
    ("乡村振兴站", "监测专干"),
    ("卫健办", "主任"),
    ("卫健办", "专干"),
    ("城建办", "主任"),
    ("城建办", "规划员"),
    ("经发办", "主任"),
    ("经发办", "统计员"),
    ("农业农村中心", "主任"),
    ("农业农村中心", "农技员"),
    ("综治中心", "主任"),
    ("综治中心", "信访专干"),
    ("民政所", "所长"),
    ("民政所", "专干"),
    ("财政所", "所长"),
    ("财政所", "会计"),
    ("文旅中心", "主任"),
    ("社保所", "所长"),
    ("环保站", "站长"),
    ("环保站", "专干"),
)
_TEAMS = ("第一书记、驻村工作队队长", "驻村工作队副队长", "驻村工作队队员")
#: Which departments send the members of the village teams.
_SENDERS = ("乡村振兴站", "农业农村中心", "民政所", "综治中心", "财政所", "社保所", "经发办", "城建办")

OFFICIALS: tuple[Post, ...] = (
    *(Post(title, department, ("班子成员", "包点领导")) for title, department in _LEADERS),
    *(Post(title, department, ("包村干部",)) for department, title in _OFFICES),
    *(Post(f"{title}（{sender}派出）", sender, ("驻村工作队",)) for sender in _SENDERS for title in _TEAMS),
    Post("县农业农村局局长（县包点领导）", "乡村振兴站", ("县包点领导",)),
    Post("县政协副主席（县包点领导）", "党政办", ("县包点领导",)),
    Post("退休返聘档案员", "党政办", ("其他",)),
)
