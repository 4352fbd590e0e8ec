"""The card as one self-contained page."""

from __future__ import annotations

from pathlib import Path

from comity.core import write_atomic
from comity.core.page.page import render
from comity.core.page.words import clean
from comity.evaluation.card.conclusion import conclusion
from comity.evaluation.card.rows import changes, families, rows, strips
from comity.evaluation.card.verdict import verdict
from comity.evaluation.card.words import GROUPS, about, level, title
from comity.evaluation.regression import Regression
from comity.evaluation.results import Evaluation

LIMITS = (
    "How the agent does with other partners, or in other situations, is not measured.",
    "Gains are shares of a yardstick that differs by family: they compare agents, not situations.",
    "An agent can be built to this panel: held-out variants guard against learning variants only.",
    "Agreements can be collusion: harm is counted only for bystanders whom a Case names.",
)
"""What a card cannot tell."""


def write_page(
    evaluation: Evaluation,
    path: str | Path,
    regression: Regression | None = None,
    *,
    seed: int | None = None,
) -> Path:
    """Write the card in one step, and return its path."""
    return write_atomic(path, render_page(evaluation, regression, seed=seed))


def render_page(
    evaluation: Evaluation, regression: Regression | None = None, *, seed: int | None = None
) -> str:
    """Return the card as one HTML page that needs nothing else, the same for the same figures."""
    context = {
        "title": title(evaluation),
        "summary": about(evaluation),
        "verdict": verdict(evaluation, regression),
        "groups": [(words, rows(evaluation, group)) for group, words in GROUPS.items()],
        "level": level(evaluation),
        "strips": strips(evaluation),
        "families": families(evaluation),
        "changes": changes(regression) if regression else [],
        "conclusion": conclusion(regression) if regression else (),
        "before": clean(regression.before) if regression else "",
        "faults": evaluation.faults,
        "moves": evaluation.moves,
        "assumptions": evaluation.assumptions,
        "limits": LIMITS,
    }
    return render("comity.evaluation.card", {"agent": title(evaluation)}, seed, context)
