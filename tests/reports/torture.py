"""Documents that try everything at once: long names, many signers, web addresses, account numbers, huge tables.

All of them, judged by the checker and by a ruler of the tests that shares nothing with it:

    python -m tests.reports.torture [how many] [the first] [folder for the PDFs]
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.reports.second_ruler import measure
from zhengui.reports.document import (
    Attachment,
    Block,
    Cell,
    Chart,
    Document,
    Head,
    Heading,
    Imprint,
    Level,
    Paragraph,
    Picture,
    Pictures,
    Run,
    Series,
    Table,
)
from zhengui.reports.gb9704 import render
from zhengui.reports.inspect import inspect_pdf
from zhengui.reports.page_settings import MEETING, STANDARD, PageSettings

WHOLE = 150
NUMERALS = "一二三四五六七八九十"
WORDS = (
    "坚持党建引领 夯实基层基础 推动乡村振兴 严格落实责任 统筹安全发展 压实工作措施 巩固拓展成果 强化源头治理 群众满意 人居环境 "
    "整治提升 防汛抗旱 秸秆禁烧 矛盾纠纷 排查化解 产业项目 土地流转 集体经济 医疗保障 河长制 林长制 网格员 志愿服务 移风易俗 "
    "高标准农田 饮水安全 危房改造 电子商务 特色种养 光伏收益 督查考核 建章立制"
).split()
MARKS = "，，，，、、；：。"
NAMES = "张三丰 李四光 王五一 赵六合 孙七星 周八方 吴九龄 郑十全 欧阳修远 马进".split()
LATIN = (
    "GDP",
    "App",
    "PM2.5",
    "COVID-19",
    "WiFi",
    "VR",
    "5G",
    "internationalization",
    "OFFICE",
    "e-Government",
)
PLACES = ("云岭镇", "青山镇", "白水镇", "红旗镇", "石桥镇", "金湖镇", "沙河镇", "柳林镇")
LONG_OFFICE = "中共云岭县委农村工作领导小组办公室乡村振兴和人居环境整治联合工作专班"
LONG_NAME = "云岭镇高标准农田建设与水利设施提升改造工程项目推进工作领导小组办公室成员单位联席会议纪要"


class Maker:
    """Makes one document out of a number; the same number gives the same document."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.chance = random.Random(97_040_000 + number)

    def settings(self) -> PageSettings:
        """A variant of the page."""
        chance = self.chance
        form = MEETING if chance.random() < 0.12 else STANDARD
        return replace(
            form,
            red_head=chance.random() < 0.4,
            cover=chance.random() < 0.2,
            contents=chance.random() < 0.2,
            watermark="征求意见稿" if chance.random() < 0.1 else "",
            bold_third=chance.random() < 0.3,
            system_faces=False,
        )

    def document(self) -> Document:
        """A document with some of everything."""
        chance = self.chance
        offices = [chance.choice([LONG_OFFICE[: chance.randint(20, 34)], "云岭镇人民政府", "某某局"])]
        if chance.random() < 0.2:
            offices += ["中共云岭镇委员会", "云岭镇人大主席团", "云岭镇武装部"][: chance.randint(1, 3)]
        sealed = chance.random() < 0.4
        return Document(
            title=self._title(),
            blocks=tuple(self._body()),
            office=offices[0],
            joint=tuple(offices[1:]),
            date=chance.choice(["2021年12月31日", "2022年1月1日", "2022年10月10日"]),
            addressee="、".join(chance.choices(PLACES, k=chance.choice([1, 3, 8, 60])))
            if chance.random() < 0.6
            else "",
            attachments=tuple(self._attachments()),
            sealed=sealed,
            imprint=self._imprint() if chance.random() < 0.4 else None,
            head=self._head(offices),
            remark="此件公开发布" if chance.random() < 0.2 else "",
        )

    def sentence(self, addresses: bool = True) -> str:
        """A sentence with what is hard to set."""
        chance = self.chance
        parts = [chance.choice(WORDS)]
        for _ in range(chance.randint(1, 6)):
            parts.append(chance.choice(MARKS[:-1]) + chance.choice(WORDS))
            if chance.random() < 0.5:
                parts.append(self._hard(addresses))
        return "".join(parts) + "。"

    def _hard(self, addresses: bool) -> str:
        chance = self.chance
        digits = "".join(chance.choices("0123456789", k=19))
        kinds = [
            f"{chance.randint(1, 99999)}{chance.choice(['户', '人次', '个', '万元', '亩', '公里', '余人次', '㎡'])}",
            f"{chance.randint(1, 9999999):,}.{chance.randint(0, 99):02}万元",
            f"{chance.randint(0, 100)}.{chance.randint(0, 99)}%",
            f"2021年{chance.randint(1, 12)}月{chance.randint(1, 28)}日",
            f"（责任部门：党政办；完成时限：{chance.randint(1, 12)}月{chance.randint(1, 28)}日）",
            f"“{chance.choice(WORDS)}”",
            f"《{chance.choice(WORDS)}》《{chance.choice(WORDS)}》",
            "、".join(chance.choices(NAMES, k=4)),
            chance.choice(LATIN),
            f"账号{digits}",
            f"身份证号{digits[:17]}X",
            f"电话139{digits[:8]}",
            f"面积{chance.randint(1, 999)}m²，体积{chance.randint(1, 99)}m³",
            "村民㛃䶮𬭚堃昇喆",
            LONG_NAME[: chance.randint(30, 40)],
            "——",
            "……",
            "？！",
        ]
        if addresses and chance.random() < 0.08:
            return f"网址https://www.example.gov.cn/zhengce/2021-12/{digits[:6]}/content_{digits[:7]}.html?id={digits}"
        return chance.choice(kinds)

    def paragraph(self, sentences: int, addresses: bool = True) -> Paragraph:
        """A paragraph; a figure stands somewhere in it."""
        text = "".join(self.sentence(addresses) for _ in range(sentences))
        return Paragraph((Run(text), Run("1287", "figure:a"), Run("余次。")), "p")

    def _title(self) -> tuple[str, ...]:
        chance = self.chance
        middle = tuple(chance.choice(WORDS) for _ in range(chance.randint(1, 9)))
        return ("云岭镇", "关于", "2021年度", *middle, "情况", "的报告")

    def _body(self) -> list[Block]:
        chance = self.chance
        addresses = self.number % 2 == 0
        blocks: list[Block] = [self.paragraph(chance.randint(2, 4), addresses)]
        for number in range(chance.randint(0, 5)):
            blocks.append(Heading(Level.FIRST, f"{NUMERALS[number]}、", (Run(self._heading()),)))
            for inner in range(chance.randint(1, 4)):
                if chance.random() < 0.6:
                    blocks.append(Heading(Level.SECOND, f"（{NUMERALS[inner]}）", (Run(self._heading()),)))
                if chance.random() < 0.3:
                    blocks.append(Heading(Level.THIRD, f"{inner + 1}.", (Run(self._heading()),)))
                if chance.random() < 0.1:
                    blocks.append(Paragraph((Run(""),)))
                blocks.append(self.paragraph(chance.randint(1, 5), addresses))
        return blocks

    def _heading(self) -> str:
        return "2021年" * (self.chance.random() < 0.2) + "，".join(
            self.chance.choice(WORDS) for _ in range(self.chance.randint(1, 5))
        )

    def _attachments(self) -> list[Attachment]:
        chance = self.chance
        count = 30 if chance.random() < 0.04 else chance.choice([0, 0, 1, 2, 4])
        return [
            Attachment(
                f"{chance.choice(WORDS)}{LONG_NAME[: chance.choice([0, 0, 12, 30])]}{chance.choice(['统计表', '情况', '名单'])}",
                tuple(self._attached(count > 10)),
            )
            for _ in range(count)
        ]

    def _attached(self, small: bool) -> list[Block]:
        chance = self.chance
        kind = chance.choice(["table", "table", "wide", "text", "chart", "photos"])
        if small or kind == "text":
            return [self.paragraph(1)]
        if kind == "chart":
            return [self._trend(), self._compared()]
        if kind == "photos":
            photo = BytesIO()
            Image.new("RGB", (300, 200), (90, 90, 90)).save(photo, "PNG")
            return [Pictures(tuple(Picture(photo.getvalue(), "整改后" + LONG_NAME[:20]) for _ in range(5)))]
        return [
            self._table(chance.choice([1, 3, 20, 60, 120, 500]) if kind == "table" else 30, kind == "wide")
        ]

    def _table(self, rows: int, wide: bool) -> Table:
        chance = self.chance
        columns = chance.randint(9, 13) if wide else chance.randint(3, 6)
        header = (
            "村（居）",
            *(f"{chance.choice(WORDS)}（{chance.choice(['户', '人次', '万元'])}）" for _ in range(columns)),
        )
        body = tuple(
            (
                Cell(f"{chance.choice(PLACES)}第{number}村" + LONG_NAME[: chance.choice([0, 0, 0, 8, 36])]),
                *(
                    Cell(f"{chance.randint(0, 10 ** chance.randint(1, 6)):,}", "right", "figure:a")
                    for _ in range(columns)
                ),
            )
            for number in range(rows)
        )
        totals = (Cell("合计"), *(Cell(f"{10**6:,}", "right") for _ in range(columns)))
        return Table(header, body, (2.5, *(1.0 for _ in range(columns))), totals, landscape=wide)

    def _trend(self) -> Chart:
        chance = self.chance
        years = tuple(f"{year}年" for year in range(2022 - chance.choice([1, 3, 5, 12, 20]), 2022))
        values = tuple(None if chance.random() < 0.1 else float(chance.randint(0, 99999)) for _ in years)
        return Chart("trend", years, (Series("次数", values),), "人次", "历年情况", "figure:a")

    def _compared(self) -> Chart:
        chance = self.chance
        names = tuple(f"{LONG_NAME[: chance.randint(2, 20)]}村" for _ in range(chance.choice([1, 8, 26, 40])))
        values = tuple(None if chance.random() < 0.1 else float(chance.randint(0, 99999)) for _ in names)
        return Chart("compare", names, (Series("户数", values),), "户", "各村（居）比较", "figure:a")

    def _imprint(self) -> Imprint:
        chance = self.chance
        copies = "，".join(
            f"{place}{office}" for place in PLACES for office in ("党委", "人民政府", "人大", "纪委")
        )
        return Imprint(
            (copies * 5)[: chance.choice([0, 20, 200, 1200])],
            LONG_OFFICE[: chance.choice([8, 34])],
            "2021年12月31日",
        )

    def _head(self, offices: list[str]) -> Head:
        chance = self.chance
        signers = "、".join(chance.choices(NAMES, k=chance.choice([0, 1, 2, 5, 9])))
        together = len(offices) > 1
        return Head(
            "文件" if together else f"{offices[0]}文件",
            "云政发〔2022〕123号",
            signers,
            chance.choice(["", "机密★1年"]),
            chance.choice(["", "特急"]),
            chance.choice(["", "000001"]),
            tuple(offices) if together else (),
        )


def judged(number: int, keep: Path | None = None) -> tuple[list[str], int]:
    """What both judges find wrong with a document, and how many pages it has."""
    maker = Maker(number)
    settings, document = maker.settings(), maker.document()
    buffer = BytesIO()
    rendered = render(document, buffer, settings)
    if keep is not None:
        (keep / f"{number}.pdf").write_bytes(buffer.getvalue())
    found = [f"inspect {one.name}: {one.measured}" for one in inspect_pdf(buffer.getvalue()) if not one.ok]
    found += [f"ruler {fault}" for fault in measure(buffer.getvalue(), document, settings.red_head)]
    return found, rendered.pages


def main() -> int:
    """Judge them all and tell what was found."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else WHOLE
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    keep = Path(sys.argv[3]) if len(sys.argv) > 3 else None
    pages, kinds = 0, Counter[str]()
    for number in range(first, first + count):
        found, size = judged(number, keep)
        pages += size
        for fault in found:
            kinds[fault.split(":")[0]] += 1
            print(f"{number:>4}  {fault[:220]}", flush=True)
    print(f"{count} documents, {pages} pages, {sum(kinds.values())} faults {dict(kinds)}")
    return 1 if kinds else 0


if __name__ == "__main__":
    raise SystemExit(main())
