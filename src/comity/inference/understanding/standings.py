"""What becomes of every explanation that is taken as one of everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import jax.numpy as jnp
import numpy as np

from comity.core import Certified
from comity.core.errors import ComityError
from comity.inference.estimation.clustered_means import mean_by_person
from comity.inference.estimation.fits import Fit
from comity.inference.estimation.held_out import HeldOut, hold_out_people
from comity.inference.estimation.maximum_likelihood import fit
from comity.inference.estimation.scoring import accuracy_by_person
from comity.inference.estimation.units import as_people, unit_of
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.explanation import Explanation
from comity.inference.results import Standing

UNUSUAL = 5.0
"""Widths of the typical interval from its middle, beyond which an estimate is pointed out."""


@dataclass(frozen=True, eq=False)
class Tried:
    """One explanation fitted to all, and to all but those it is scored on.

    Attributes
    ----------
    fit : to everybody.
    held_out : predictions for people of other folds; ``None`` where there is one person.
    """

    fit: Fit
    held_out: HeldOut | None

    @property
    def name(self) -> str:
        """The explanation's name."""
        return self.fit.name


def try_explanation(
    explanation: Explanation, evidence: Evidence, *, cluster: str = "person", rng: int = 0
) -> Tried | str:
    """Return a fit with its held-out predictions, or why there is none.

    Parameters
    ----------
    cluster : within what decisions may depend on each other, ``person`` or ``study``; of which
        some are held out whole, too.
    """
    try:
        found = fit(explanation, evidence, cluster=cluster, rng=rng)
    except ComityError as error:
        return str(error)
    if found.status in ("ruled out", "no data"):
        return found.warnings[0] if found.warnings else found.status
    if len(np.unique(unit_of(evidence, cluster)[evidence.person])) < 2:
        return Tried(found, None)
    # Searches of the folds do not start from the fit to all, which knows those who are held out.
    return Tried(found, hold_out_people(explanation, evidence, by=cluster, rng=rng))


def standing_of(
    tried: Tried,
    evidence: Evidence,
    stands: bool | None,
    verdict: str,
    level: float,
    cluster: str = "person",
) -> Standing:
    """Return the row of one explanation."""
    found, explanation = tried.fit, tried.fit.explanation
    if tried.held_out is None:
        lone = Certified.unknown(f"one {cluster}: nothing can be held out")
        scores = (lone, lone)
    else:
        words = "people of other folds" if cluster == "person" else "other studies"
        units = as_people(evidence, cluster)
        scores = (
            mean_by_person(tried.held_out.log_likelihoods, units, words, level),
            accuracy_by_person(tried.held_out.hits, units, words, level),
        )
    return Standing(
        name=found.name,
        about=about(explanation),
        source="; ".join(filter(None, (explanation.motive.source, explanation.procedure.source))),
        estimates={name: found.estimate(name, level) for name in found.estimates},
        meanings={p.name: p.meaning for p in explanation.parameters},
        log_likelihood=found.log_likelihood,
        held_out=scores[0],
        accuracy=scores[1],
        stands=stands,
        verdict=verdict,
        flat=found.flat,
        notes=(*found.warnings, *unusual(found)),
    )


def unusual(found: Fit) -> tuple[str, ...]:
    """Return a sentence for each estimate that no reader would take for what it is named after.

    Distances are measured on the whole line, where searches move (see `Parameter`).
    """
    words = []
    for parameter in found.explanation.parameters:
        value = found.estimates.get(parameter.name, np.nan)
        if not parameter.low < value < parameter.high:
            continue
        low, high = parameter.free_interval()
        away = abs(float(parameter.unconstrain(value, found.scale)) - (low + high) / 2)
        if away > UNUSUAL * (high - low):
            least, most = (
                float(end) for end in parameter.constrain(jnp.asarray([low, high]), found.scale)
            )
            words.append(
                f"{parameter.name} ({parameter.meaning}) is {value:.3g} where {least:.3g} to "
                f"{most:.3g} is usual: it fits these choices without being what it is named after"
            )
    return tuple(words)


def about(explanation: Explanation) -> str:
    """Return what an explanation says, in a sentence or two."""
    motive = explanation.motive.about if explanation.procedure.uses_motive else ""
    return " ".join(filter(None, (motive, explanation.procedure.about)))


def best_first(standings: Sequence[Standing]) -> tuple[Standing, ...]:
    """Return standings by held-out score, then by likelihood."""

    def key(standing: Standing) -> tuple[float, float]:
        held = standing.held_out.value
        return (-held if np.isfinite(held) else np.inf, -standing.log_likelihood)

    return tuple(sorted(standings, key=key))
