"""The weights and marks of a ranking as the office set them, over those of the catalogue."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal

from zhengui.catalogue.model import Ranking, RankItem
from zhengui.figures.village_marks import Scale
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.problem import StorageProblem

_SETTING = "ranking."
Own = dict[str, Scale]


def key_of(item: RankItem) -> str:
    """What an item is called in settings: its figure, and what that is divided by."""
    return "/".join(part for part in (item.indicator, item.over or item.per) if part)


@reads
def scales_of(reading: Reading, ranking: Ranking) -> list[Scale]:
    """How each item earns points now, in the order of the items; weight 0 leaves one out."""
    text = reading.setting(_SETTING + ranking.key)
    own: dict[str, list[str]] = json.loads(text) if text else {}
    return [
        Scale(*(Decimal(each) for each in own.get(key_of(item), (item.weight, item.zero, item.full))))
        for item in ranking.items
    ]


@writes(Right.MANAGE)
def keep_scales(writing: Writing, ranking: Ranking, scales: Sequence[Scale]) -> None:
    """Keep weights and marks for the months that are not issued yet; StorageProblem says what can't be."""
    if not any(scale.weight > 0 for scale in scales):
        raise StorageProblem("至少要有一项的权重大于 0，不然没有可以比的。")
    for item, scale in zip(ranking.items, scales, strict=True):
        title = writing.catalogue.indicators[item.indicator].title
        if scale.weight < 0:
            raise StorageProblem(f"“{title}”的权重不能小于 0，不参加排名的写 0。")
        if scale.zero == scale.full:
            raise StorageProblem(f"“{title}”的零分和满分不能是同一个数，请改其中一个。")
    own = {
        key_of(item): [str(scale.weight), str(scale.zero), str(scale.full)]
        for item, scale in zip(ranking.items, scales, strict=True)
    }
    writing.keep_setting(_SETTING + ranking.key, json.dumps(own))
