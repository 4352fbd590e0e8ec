"""What to ask next: questions ranked, with what each teaches and how many answers it takes."""

from __future__ import annotations

import math
from dataclasses import dataclass

from comity.core.page.words import clean, listed
from comity.inference.report.words import Shown, needed, shown
from comity.inference.results import Question, Understanding


@dataclass(frozen=True)
class Asked:
    """One question in words.

    Attributes
    ----------
    information, value : what an answer teaches, and what it adds to the decision.
    separates : the two that it tells apart best.
    expected, errors : answers needed, by the expected log-likelihood ratio and by error rates.
    """

    name: str
    information: Shown
    value: Shown | None
    separates: str
    expected: str
    errors: str
    note: str


def asked(understanding: Understanding) -> list[Asked]:
    """Return the questions in the order of the result, the most worthwhile first."""
    return [_asked(question) for question in understanding.questions]


def _apart(question: Question) -> str:
    """Return the two that a question tells apart best; empty where it tells none apart."""
    if math.isinf(question.people_expected) and math.isinf(question.people_errors):
        return ""
    return listed([clean(name) for name in question.separates if name])


def _asked(question: Question) -> Asked:
    return Asked(
        clean(question.name),
        shown(question.information),
        None if question.value is None else shown(question.value),
        _apart(question),
        needed(question.people_expected),
        needed(question.people_errors),
        clean(question.note),
    )
