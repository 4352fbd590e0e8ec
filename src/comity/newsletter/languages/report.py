"""How a translation went: how many sentences were refused, which, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from comity.core.results import Result
from comity.newsletter.languages.translated import Translated
from comity.newsletter.model.faults import Fault, Kind

LONGEST_SHOWN = 120


@dataclass(frozen=True)
class Report(Result):
    """What became of the sentences of an issue in another language."""

    issue: int
    language: str
    engine: str
    sentences: int
    refused: int
    by_loss: dict[str, int]
    """Sentences by what they would have lost; one sentence may count under several."""
    faults: tuple[Fault, ...]
    """Each refused sentence with its reasons."""


def report(translated: Translated) -> Report:
    """Return how the translation of an issue went."""
    refused = [sentence for sentence in translated.sentences if sentence.refused]
    losses = Counter(loss for s in refused for loss in {reason.loss for reason in s.reasons})
    place = f"{translated.edition.label}, {translated.language}"
    return Report(
        issue=translated.edition.issue.number,
        language=translated.language,
        engine=translated.engine,
        sentences=len(translated.sentences),
        refused=len(refused),
        by_loss={loss.value: n for loss, n in losses.most_common()},
        faults=tuple(
            Fault(
                Kind.TRANSLATION,
                "; ".join(map(str, sentence.reasons)),
                place=place,
                found=_brief(sentence.original),
            )
            for sentence in refused
        ),
    )


def _brief(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
