"""Figures of a card in words, the same for terminal and page."""

from __future__ import annotations

import math

from comity.core import Certified
from comity.core.page.words import clean, counted, number
from comity.evaluation.results import Evaluation, Score

GROUPS = {"programs": "With programs", "people": "With partners fitted to people"}


def percent(value: float) -> str:
    """Return a share as people read it, with a true minus sign."""
    if math.isnan(value):
        return "cannot tell"
    text = f"{100 * abs(value):.0f}%"
    return f"−{text}" if value < 0 and text != "0%" else text


def amount(value: float) -> str:
    """Return a gain with two decimals and a true minus sign."""
    if math.isnan(value):
        return "cannot tell"
    text = f"{abs(value):.2f}"
    return f"−{text}" if value < 0 and float(text) else text


def change(value: float, share: bool) -> str:
    """Return a difference with its sign; of shares in points."""
    text = told(value, share)
    signed = f"+{text}" if value > 0 and text.strip("0.%") else text
    return signed.replace("%", " point" if text.strip("−%") == "1" else " points")


def told(value: float, share: bool) -> str:
    """Return a figure of a score."""
    return percent(value) if share else amount(value)


def interval(figure: Certified, share: bool) -> str:
    """Return the interval of a figure, or why there is none."""
    if figure.low is None or figure.high is None:
        return figure.method
    return f"{told(figure.low, share)} to {told(figure.high, share)}"


def reach(figure: Certified, share: bool) -> str:
    """Return the interval of a difference; of shares in points."""
    if figure.low is None or figure.high is None:
        return figure.method
    ends = [change(end, share).partition(" ")[0] for end in (figure.low, figure.high)]
    return " to ".join(ends) + (" points" if share else "")


def luck(chance: float) -> str:
    """Return how likely chance alone is, with two digits."""
    return f"{chance:.2g}"


def about(evaluation: Evaluation) -> str:
    """Return what was played, in a sentence."""
    s = evaluation.settings
    families = "1 family" if len(s.families) == 1 else f"{len(s.families)} families"
    return (
        f"{counted(len(s.partners), 'partner')} in {families} of Cases, {s.matches} matches each "
        f"of {s.encounters} encounters; {s.split} variants, seed {s.seed}, suite {s.suite}, "
        f"panel {s.panel}."
    )


def title(evaluation: Evaluation) -> str:
    """Return what the agent is called."""
    return clean(evaluation.agent) or "An agent without a name"


def detail(score: Score) -> str:
    """Return what a reader must know beside the figure: of a worst case, which partner it was."""
    return score.figure.method.partition(";")[0] if score.name == "worst case" else ""


def level(evaluation: Evaluation) -> str:
    """Return the coverage of the intervals."""
    return f"{number(100 * evaluation.level)}%"
