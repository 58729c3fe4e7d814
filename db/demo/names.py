"""Names of the invented township: people, villages, departments and enterprises."""

from __future__ import annotations

from db.demo.chance import Chance

TOWNSHIP = "云岭镇"
#: Every record about a person says that there is no such person.
MARK = "演示数据，人物虚构"

VILLAGES = (
    "白沙村",
    "青石村",
    "柳湾村",
    "大塘村",
    "双桥村",
    "石门村",
    "桃源村",
    "松岗村",
    "竹溪村",
    "枫林村",
    "上河村",
    "下河村",
    "荷塘村",
    "杨店村",
    "新庄村",
    "梨园村",
    "马岭村",
    "龙泉村",
    "古井村",
    "茶山村",
    "梅冲村",
    "高桥村",
)
COMMUNITIES = ("云岭社区", "河东社区", "南街社区", "站前社区")
GROUPS = ("东头", "西头", "前进", "红旗", "新建", "大塘沿", "老庄", "河沿", "岗上", "街南")

DEPARTMENTS = (
    ("党政办", "综合协调、党建、文秘和总结计划"),
    ("纪委", "监督执纪、巡视整改督办"),
    ("应急所", "安全生产、防灾减灾和应急值守"),
    ("乡村振兴站", "防返贫监测、帮扶政策落实和衔接资金项目"),
    ("卫健办", "疫情防控、疫苗接种和基层卫生"),
    ("城建办", "人居环境、村镇建设和违建管控"),
    ("经发办", "经济运行、招商和统计"),
    ("农业农村中心", "农业生产、高标准农田和土地流转"),
    ("综治中心", "矛盾纠纷调处、信访和平安建设"),
    ("民政所", "低保、特困供养和养老服务"),
    ("财政所", "预算、村级财务代理和资金监管"),
    ("文旅中心", "文化、体育和旅游"),
    ("社保所", "医保、养老保险和就业"),
    ("环保站", "大气、水环境和秸秆禁烧"),
    ("中心学校", "义务教育、控辍保学和校园安全"),
)

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊"
    "金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
COMPOUND = ("欧阳", "诸葛", "上官", "司马")
MALE = "建国志明军伟勇磊涛斌飞超波辉刚健俊峰海山河林松柏宏亮德福贵才旺荣昌盛祥业永生根宝春生东平安"
FEMALE = "秀英桂兰玉梅凤霞丽娟芳敏静红艳莲香翠萍莉娜婷雪琴慧巧美珍贞爱华淑洁瑞彩虹荷月桃杏菊"
YOUNG = "子轩浩宇梓涵欣怡佳琪雨桐思远博文俊杰若曦诗语晨曦一诺嘉禾沐阳"
#: Characters that many programs drop or draw as boxes.
RARE_MALE = ("䶮", "堃", "昇", "喆", "镕", "𫖯", "建堃", "文喆", "子䶮", "永昇", "镕石", "𫖯山")
RARE_FEMALE = ("㛃", "𬭚", "玉㛃", "雅𬭚", "喆兰", "晓堃")

ENTERPRISES = (
    ("云岭粮油加工有限公司", "农产品加工"),
    ("青石新型建材有限公司", "建材"),
    ("锦云纺织有限公司", "纺织服装"),
    ("岭上机械制造有限公司", "机械制造"),
    ("双桥木业有限公司", "木竹加工"),
    ("荷塘食品有限公司", "农产品加工"),
    ("龙泉饮品有限公司", "农产品加工"),
    ("石门混凝土有限公司", "建材"),
    ("枫林家具有限公司", "木竹加工"),
    ("云岭服饰有限公司", "纺织服装"),
    ("高桥精密铸造有限公司", "机械制造"),
    ("茶山茶业有限公司", "农产品加工"),
    ("站前汽配制造有限公司", "机械制造"),
    ("云岭清洁能源有限公司", "能源化工"),
    ("柳湾羽绒制品有限公司", "纺织服装"),
    ("竹溪竹制品厂", "木竹加工"),
    ("大塘砖瓦厂", "建材"),
    ("白沙砂石经营部", "建材"),
    ("桃源农庄", "文化旅游"),
    ("云岭温泉度假村", "文化旅游"),
    ("上河水产养殖有限公司", "农产品加工"),
    ("杨店加油站", "能源化工"),
    ("南街商贸城", "商贸物流"),
    ("河东农贸市场", "商贸物流"),
    ("云岭物流园", "商贸物流"),
    ("新庄饲料厂", "农产品加工"),
    ("梨园果品合作加工厂", "农产品加工"),
    ("马岭石材厂", "建材"),
    ("古井酿造坊", "农产品加工"),
    ("梅冲电子加工点", "其他"),
    ("松岗养殖设备厂", "机械制造"),
    ("下河修造厂", "机械制造"),
    ("云岭印务社", "其他"),
    ("南街宾馆", "文化旅游"),
    ("站前超市", "商贸物流"),
    ("双桥冷链仓储中心", "商贸物流"),
    ("青石驾驶员培训学校", "其他"),
    ("龙泉民宿", "文化旅游"),
    ("云岭再生资源回收站", "其他"),
    ("荷塘幼儿用品厂", "纺织服装"),
)
#: The first so many enterprises are above the size from which output is reported every month.
LISTED = 14


def person_name(chance: Chance, sex: str, birth_year: int) -> str:
    """A name that fits sex and age; about one in a hundred holds a rare character."""
    draw = chance.random()
    surname = chance.pick(COMPOUND) if draw > 0.992 else chance.pick(SURNAMES)
    if draw < 0.012:
        return surname + chance.pick(RARE_MALE if sex == "男" else RARE_FEMALE)
    stock = MALE if sex == "男" else FEMALE
    if birth_year > 1998 and chance.odds(0.7):
        place = chance.below(len(YOUNG) // 2) * 2
        return surname + YOUNG[place : place + 2]
    if chance.odds(0.22):
        return surname + chance.pick(stock)
    return surname + chance.pick(stock) + chance.pick(stock)


def mobile(chance: Chance) -> str:
    """A mobile number of a range that no operator has been given."""
    return f"160{chance.below(100_000_000):08d}"


def id_number(serial: int, birth: str, sex: str) -> str:
    """A number of eighteen digits with the right last one and the code of a place that doesn't exist."""
    order = serial * 2 + (1 if sex == "男" else 0)
    digits = f"999901{birth}{order:03d}"
    total = sum(int(digit) * (pow(2, 17 - place, 11)) for place, digit in enumerate(digits))
    return digits + "10X98765432"[total % 11]
