"""What an office calls itself, its villages and what it does: kept with its settings, said wherever it is told."""

from __future__ import annotations

from dataclasses import dataclass, replace

from zhengui.catalogue.speech import PLANS, VILLAGES
from zhengui.problem import Problem
from zhengui.services.township.office import (
    COMMITTEE,
    KIND,
    KINDS,
    LOCAL_NAMES,
    PLAN_WORD,
    VILLAGE_WORD,
)
from zhengui.services.township.page_settings import keep_settings, offered_issuers, settings_of
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right

#: Who signs, in the order of `offered_issuers`.
SIGNED = ("本单位", "党委", "党委和本单位联合")


@dataclass(frozen=True, slots=True)
class OwnWordChoice:
    """A word that an office chooses: the key of its setting, what it is, and what may be chosen (anything if empty)."""

    key: str
    setting: str
    title: str
    offered: tuple[str, ...] = ()

    def usual(self) -> str:
        """What holds where nothing was chosen."""
        return self.offered[0] if self.offered else LOCAL_NAMES[self.setting][0]


CHOICES = (
    OwnWordChoice("kind", KIND, "单位类别", KINDS),
    OwnWordChoice("villages", VILLAGE_WORD, "村（居）怎样称呼", VILLAGES),
    OwnWordChoice("plan_word", PLAN_WORD, "下一年的部分怎样称呼", PLANS),
    OwnWordChoice("evening_talk", "office.name.evening_talk", "夜话活动在本地的名称"),
    OwnWordChoice("letter", "office.name.letter", "公开信在本地的名称"),
)


class NotOffered(Problem, ValueError):
    """A word that can't be chosen, with those that can."""


@reads
def words_of(reading: Reading) -> dict[str, str]:
    """What is chosen now, by the choices' keys; a local name that is none is empty."""
    speech = reading.speech
    names = dict(speech.names)
    found = {"kind": speech.kind, "villages": speech.villages, "plan_word": speech.plan}
    for choice in CHOICES:
        if not choice.offered:
            found[choice.key] = names.get(LOCAL_NAMES[choice.setting][0], "")
    return found


@writes(Right.MANAGE)
def keep_word(writing: Writing, key: str, word: str) -> None:
    """Choose a word; raises NotOffered. The township has to `speak` anew afterwards."""
    choice = next(each for each in CHOICES if each.key == key)
    word = word.strip()
    if choice.offered and word not in choice.offered:
        raise NotOffered(f"{choice.title}：请从“{'”“'.join(choice.offered)}”里选一个。")
    writing.keep_setting(choice.setting, word)
    writing.__dict__.pop("speech", None)


@reads
def signed_by(reading: Reading) -> int:
    """Who signs the office's documents, as a place in SIGNED; -1 where other offices sign, too."""
    offered = offered_issuers(reading.profile().office, reading.setting(COMMITTEE))
    issuers = settings_of(reading).issuers
    return offered.index(issuers) if issuers in offered else -1


@writes(Right.MANAGE)
def sign_by(writing: Writing, place: int) -> None:
    """Let the office, its Party committee or both sign from now on; a document with settings of its own keeps them."""
    offered = offered_issuers(writing.profile().office, writing.setting(COMMITTEE))
    if place < len(offered):
        keep_settings(writing, replace(settings_of(writing), issuers=offered[place]))
