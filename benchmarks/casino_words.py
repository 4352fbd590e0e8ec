"""What a CaSiNo negotiator's own words and offers say of each issue, up to the deal.

Two campers divide three packages each of food, water and firewood (Chawla et al. 2021, *CaSiNo*,
CC BY 4.0). Seven counts per issue, read by rules that a person can check by eye and that treat the
issues alike but for the words that name them. The accepted offer, the points, the reasons and the
annotations are never read; that people often say the coming deal aloud is part of what is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

ISSUES = ("Food", "Water", "Firewood")
FEATURES = ("named first", "needs", "needs most", "can spare", "uses", "asks", "asks at first")
HALF = 1.5  # of the three packages of an issue


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def places(*texts: str) -> dict[str, int]:
    return {word: place for place, text in enumerate(texts) for word in text.split()}


NAMES = places("food foods meal meals snacks", "water waters", "firewood firewoods wood woods fire")
USES = places(
    "eat eating hungry hunger starve starving diabetic diabetes diet feed",
    "thirsty thirst dehydrated hydrated hydrate drink drinking",
    "cold warm warmth heat freezing campfire bonfire smores cook cooking",
)
AMOUNTS = places("0 zero none", "1 one", "2 two both", "3 three all")
ME = words("i me my mine we us our i'm i'll i'd i've im ill")
YOU = words("you your yours u ya you'll you're you'd you've")
MOST = words("""most priority highest main mainly top greatest biggest primarily badly desperately
    crucial necessary essential important""")
NEED = MOST | words("""need needs needed want wants wanted require required must prefer preferred
    like love hoping interested extra more short low forgot really mostly especially definitely
    all lot lots""")
SPARE = words("""don't dont not least less plenty enough lots spare without already little doesn't
    won't excess much lower lowest isn't""")
SENTENCE = re.compile(r"[.!?;]+")
CLAUSE = re.compile(r"[.!?;,]+|\b(?:but|so|if|because|and then)\b")
TOKEN = re.compile(r"[a-z']+|\d+")
REACH = 5  # an amount belongs to an issue named within this many words


def tokens(text: str) -> list[str]:
    return TOKEN.findall(text.lower().replace("’", "'"))


def before_deal(dialogue: Mapping) -> list[Mapping]:
    """Return the messages before the accepted offer, or all of them if none was accepted."""
    log = list(dialogue["chat_logs"])
    last = max((k for k, m in enumerate(log) if m["text"] == "Submit-Deal"), default=len(log))
    accepted = any(m["text"] == "Accept-Deal" for m in log[last:])
    return log[:last] if accepted else log


def amounts_asked(text: str) -> Iterator[tuple[int, int]]:
    """Yield (issue, packages the speaker would keep) for each amount named."""
    for sentence in SENTENCE.split(text):
        said, speaker_keeps, issue = tokens(sentence), True, None
        for place, word in enumerate(said):
            if word in ME or word in YOU:
                speaker_keeps = word in ME
            if word not in AMOUNTS:
                continue
            end = _end_of_amount(said, place)
            issue = NAMES.get(said[end], issue)
            if issue is not None:
                keeps = _named_receiver(said, end, speaker_keeps)
                yield issue, AMOUNTS[word] if keeps else 3 - AMOUNTS[word]


def _end_of_amount(said: Sequence[str], place: int) -> int:
    """Find the issue an amount belongs to; `place` itself where the amount stands alone."""
    for ahead in range(place + 1, min(place + 1 + REACH, len(said))):
        if said[ahead] in NAMES:
            return ahead
        if said[ahead] in AMOUNTS or said[ahead] in ME | YOU:
            break
    return place


def _named_receiver(said: Sequence[str], end: int, default: bool) -> bool:
    """Read "... for me" or "... for you" behind an amount, else keep the default."""
    behind = said[end + 1 : end + 3]
    named = len(behind) == 2 and behind[0] == "for" and behind[1] in ME | YOU
    return behind[1] in ME if named else default


def features(dialogue: Mapping, partner: str) -> np.ndarray:
    """Return what the partner's words and offers before the deal say of each issue, (3, 7)."""
    x = np.zeros((len(ISSUES), len(FEATURES)))
    named: list[int] = []
    asked: list[tuple[int, int]] = []
    for message in before_deal(dialogue):
        if message["id"] != partner:
            continue
        if message["text"] == "Submit-Deal":
            offer = message["task_data"]["issue2youget"]
            asked += [(i, int(offer[issue])) for i, issue in enumerate(ISSUES)]
        elif not message["task_data"]:
            asked += amounts_asked(message["text"])
            _count_words(message["text"], x, named)
    x[:, 1:5] = np.log1p(x[:, 1:5])
    for rank, issue in enumerate(named):
        x[issue, 0] = 3 - rank
    for issue in range(3):
        if kept := [count - HALF for which, count in asked if which == issue]:
            x[issue, 5:] = np.mean(kept), kept[0]
    return x


def _count_words(text: str, x: np.ndarray, named: list[int]) -> None:
    """Add one text to the word counts (columns 1 to 4) and to the order of first naming."""
    for clause in CLAUSE.split(text.lower().replace("’", "'")):
        said = tokens(clause)
        issues = dict.fromkeys(NAMES[word] for word in said if word in NAMES)
        named += [issue for issue in issues if issue not in named]
        if not next((word in ME for word in said if word in ME | YOU), True):
            continue  # about the listener
        spare = not SPARE.isdisjoint(said)
        for issue in issues:
            x[issue, 1] += not spare and not NEED.isdisjoint(said)
            x[issue, 2] += not spare and not MOST.isdisjoint(said)
            x[issue, 3] += spare
        for issue in {USES[word] for word in said if word in USES}:
            x[issue, 4] += 1
