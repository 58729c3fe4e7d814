"""The wording of the invented plan, eight items in each of its five parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

EPIDEMIC, REVIVAL, ECOLOGY, LIVELIHOOD, GOVERNMENT = (
    "常态化疫情防控",
    "巩固拓展脱贫攻坚成果同乡村振兴有效衔接",
    "生态宜居",
    "民生",
    "服务型政府",
)


class Item(NamedTuple):
    """One item; `targets` are the numbers of the two years, `budget` is in 万元, `indicator` the figure's key.

    `topic` is the paragraph that tells it. `first` is what was otherwise in the plan of 2021.
    """

    part: str
    topic: str
    department: str
    wording: str
    due: tuple[int, int] = (12, 31)
    subject: str = ""
    operator: str = "至少"
    targets: tuple[str, str] | None = None
    unit: str = ""
    indicator: str = ""
    budget: int = 0
    first: Mapping[str, Any] = {}


_RISK, _READY, _BOOSTER = "盯紧风险人员管控", "提高应急处置水平", "有序推进加强免疫"
_POLICY, _INDUSTRY, _UPKEEP = "保持帮扶政策总体稳定", "支持特色产业发展", "完善设施管护机制"
_CLEAN, _CENTRE, _NATURE, _CUSTOMS = (
    "深化农村“三大革命”",
    "建设美丽宜居村庄",
    "加强生态环境保护",
    "倡导文明乡风",
)
_SECURITY, _SERVICES, _BASE = "健全社会保障体系", "发展社会各项事业", "夯实基础设施支撑"
_SAFETY, _LAW, _PEOPLE, _CLEAN_HANDS = (
    "守住安全稳定底线",
    "推进依法规范行政",
    "提升为民服务效能",
    "加强廉洁政府建设",
)

ITEMS: tuple[Item, ...] = (
    Item(EPIDEMIC, _READY, "卫健办", "对商超、学校、养老机构等重点场所定期督查，发现漏洞当日整改。"),
    Item(EPIDEMIC, _RISK, "卫健办", "紧盯中高风险地区返乡人员，当日登记、当日随访，健康监测期满逐人解除。"),
    Item(
        EPIDEMIC, _BOOSTER, "卫健办", "按村（居）倒排工期，符合条件人群加强免疫接种率达到{target}%以上。",
        (6, 30), "疫苗加强针接种率", "至少", ("95", "90"), "%", "booster_rate",
        first={
            "wording": "按村（居）倒排工期，重点人群新冠病毒疫苗全程接种率达到{target}%以上。",
            "due": (12, 31), "subject": "", "indicator": "vaccination_rate",
        },
    ),
    Item(
        EPIDEMIC, _READY, "卫健办", "修订疫情防控应急预案，组织防控演练不少于{target}次。",
        (12, 31), "", "至少", ("4", "5"), "次", "drills_held", 12,
    ),
    Item(EPIDEMIC, _READY, "卫健办", "足量储备防护物资，专账管理、定期轮换。", (3, 31), budget=20),
    Item(EPIDEMIC, _RISK, "卫健办", "完善在外人员信息库，节假日前逐人联系，做好返乡提醒和政策宣传。", (1, 25)),
    Item(EPIDEMIC, _READY, "卫健办", "完成镇卫生院发热门诊改造，提升村卫生室哨点监测能力。", (10, 31), budget=85),
    Item(EPIDEMIC, _READY, "党政办", "落实领导带班和24小时值班制度，信息报送及时准确。"),
    Item(REVIVAL, _POLICY, "乡村振兴站", "把返贫风险消除在萌芽状态，坚决守住不发生规模性返贫的底线。"),
    Item(
        REVIVAL, _POLICY, "乡村振兴站", "定期分析研判监测数据，开展集中排查不少于{target}轮，做到早发现、早干预、早帮扶。",
        (12, 31), "", "至少", ("6", "6"), "轮", "sweep_rounds",
    ),
    Item(
        REVIVAL, _POLICY, "乡村振兴站", "坚持一户一策，每户脱贫户落实帮扶措施不少于{target}条。",
        (11, 30), "", "至少", ("5", "5.5"), "条", "measures_relieved",
    ),
    Item(REVIVAL, _INDUSTRY, "乡村振兴站", "用好衔接资金，实施产业项目，带动脱贫劳动力稳定就业。", (10, 31), budget=960),
    Item(
        REVIVAL, _UPKEEP, "财政所", "落实农村道路、饮水设施管护资金{target}万元，明确管护主体和经费标准。",
        (6, 30), "", "至少", ("50", "60"), "万元", "upkeep_funds", 60, first={"due": (9, 30)},
    ),
    Item(
        REVIVAL, _INDUSTRY, "经发办", "壮大村级集体经济，村集体收入比上年增加{target}%。",
        (12, 31), "村集体收入", "比上年增加", ("10", "12"), "%", "collective_total",
    ),
    Item(
        REVIVAL, _INDUSTRY, "农业农村中心", "引导土地规范流转，全镇合作社达到{target}家以上，推广稻虾共作、优质茶叶等特色产业。",
        (11, 30), "", "至少", ("46", "52"), "家", "cooperatives",
    ),
    Item(REVIVAL, _INDUSTRY, "社保所", "组织脱贫人口技能培训，公益性岗位动态管理，促进稳岗就业。", (12, 20), budget=32),
    Item(
        ECOLOGY, _CLEAN, "城建办", "按照群众意愿完成户厕改造{target}户。",
        (11, 30), "户厕改造", "至少", ("210", "180"), "户", "toilets_converted", 54,
    ),
    Item(ECOLOGY, _CLEAN, "城建办", "对问题厕所实行清单管理，发现一户、整改一户、销号一户。"),
    Item(
        ECOLOGY, _CENTRE, "城建办", "高标准建成{target}个中心村，同步实施道路、绿化亮化、便民中心等工程。",
        (12, 25), "", "至少", ("3", "3"), "个", "centres_completed", 900,
    ),
    Item(
        ECOLOGY, _CLEAN, "城建办", "新建镇区污水主管网，完成农村污水治理{target}处。",
        (12, 10), "", "至少", ("10", "12"), "处", "sewage_works", 420,
    ),
    Item(
        ECOLOGY, _NATURE, "环保站", "落实河长制，全年巡河不少于{target}次，镇内断面水质稳定达标。",
        targets=("500", "560"), unit="次", indicator="river_patrols",
    ),
    Item(
        ECOLOGY, _NATURE, "环保站", "加强大气和扬尘治理，全年检查工地、道路、堆场不少于{target}次，落实围挡、覆盖、冲洗等措施。",
        targets=("120", "130"), unit="次", indicator="dust_checks",
    ),
    Item(
        ECOLOGY, _NATURE, "环保站", "落实秸秆禁烧和综合利用措施，实现全年零火点。",
        (12, 31), "秸秆焚烧火点", "至多", ("0", "0"), "处", "fire_points",
    ),
    Item(
        ECOLOGY, _CUSTOMS, "文旅中心", "发挥村规民约和红白理事会作用，评选身边好人、文明家庭等不少于{target}名（户）。",
        (12, 25), targets=("60", "70"), unit="名（户）", indicator="good_people",
    ),
    Item(
        LIVELIHOOD, _SECURITY, "社保所", "做好城乡居民基本医疗保险参保缴费，对未参保人员逐户提醒、应保尽保。",
        (2, 28), "城乡居民基本医疗保险参保率", "至少", ("96", "97"), "%", "insured_rate", first={"due": (12, 25)},
    ),
    Item(
        LIVELIHOOD, _SECURITY, "社保所", "落实城乡居民基本养老保险待遇，参保率达到{target}%以上。",
        targets=("95", "96"), unit="%", indicator="pension_rate",
    ),
    Item(LIVELIHOOD, _SECURITY, "民政所", "规范低保、特困供养和临时救助，主动发现困难群众，做到动态管理、应救尽救。"),
    Item(
        LIVELIHOOD, _SERVICES, "中心学校", "改善{target}所学校的办学条件，重点是运动场改造和村小食堂升级。",
        (8, 31), "", "至少", ("2", "3"), "所", "schools_improved", 260,
    ),
    Item(
        LIVELIHOOD, _SERVICES, "文旅中心", "办好群众文化活动和农民运动会，送戏下乡不少于{target}场。",
        (11, 30), "其他", "至少", ("22", "28"), "场", "opera_shows", 18,
    ),
    Item(
        LIVELIHOOD, _BASE, "农业农村中心", "新建高标准农田{target}亩，完善灌排、田间道路等配套设施。",
        (12, 31), "高标准农田", "至少", ("8000", "10000"), "亩", "farmland_built", 1500,
    ),
    Item(
        LIVELIHOOD, _BASE, "城建办", "新改建农村公路{target}公里，实施村道安全生命防护工程。",
        (11, 30), "农村公路", "至少", ("18", "22"), "公里", "roads_built", 760,
    ),
    Item(LIVELIHOOD, _SECURITY, "民政所", "新建村级养老服务站，为高龄独居老人提供助餐和上门照料。", (10, 31), budget=46),
    Item(GOVERNMENT, _SAFETY, "应急所", "开展安全生产专项整治，重大隐患动态清零，坚决防范较大以上事故。"),
    Item(
        GOVERNMENT, _SAFETY, "综治中心", "领导带头接访下访、包案化解，信访事项按期办结率达到{target}%以上。",
        (12, 31), "信访事项办结率", "至少", ("90", "98"), "%", "petition_on_time",
    ),
    Item(GOVERNMENT, _SAFETY, "综治中心", "健全矛盾纠纷多元化解机制，努力做到小事不出村、大事不出镇。"),
    Item(
        GOVERNMENT, _PEOPLE, "党政办", "推行“一站式”便民服务，热线工单按期办结率达到{target}%以上。",
        targets=("90", "96"), unit="%", indicator="hotline_on_time",
    ),
    Item(
        GOVERNMENT, _LAW, "党政办", "动态调整权力清单和责任清单，全年主动公开重大决策、财政资金、惠民政策等信息不少于{target}条。",
        targets=("150", "165"), unit="条", indicator="disclosures",
    ),
    Item(GOVERNMENT, _CLEAN_HANDS, "财政所", "规范政府采购和工程招标，强化村级财务和集体“三资”监管，每季度公开一次。"),
    Item(
        GOVERNMENT, _CLEAN_HANDS, "财政所", "坚持过紧日子，“三公”经费支出控制在{target}万元以内。",
        operator="至多", targets=("24", "21.5"), unit="万元", indicator="public_spent",
    ),
    Item(GOVERNMENT, _CLEAN_HANDS, "纪委", "深化巡视整改成果，对已销号事项开展“回头看”。", (9, 30)),
)  # fmt: skip
