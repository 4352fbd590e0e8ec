"""How well a model's facts explain data that everybody has seen.

The loss of a model is the negative log likelihood of the data under independent Gaussian noise of
a stated standard deviation, up to a constant that is the same for all models. This is our
completion: Clifton (2021) leaves open how evidence enters the combination of models.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from comity.agreement.models.narrow import BlockGame, in_blocks
from comity.cases import Evidence
from comity.core.choices import check_choice
from comity.core.errors import InputError
from comity.games import Game, Negotiation


def evidence_loss(model: Game, evidence: Sequence[Evidence]) -> float:
    """Return the loss of the model's facts on all shared data, in nats."""
    return float(sum(observation_loss(model, item) for item in evidence))


def evidence_weights(
    reports: Sequence[Game], evidence: Sequence[Evidence]
) -> dict[str, np.ndarray]:
    """Return for each quantity the weight of each report, ``exp(-loss)`` scaled to sum 1.

    Only data on a quantity weigh on it; one without data gets equal weights.
    """
    names = in_blocks(reports[0], "to hold against evidence").quantities
    losses = {name: np.zeros(len(reports)) for name in names}
    for item in evidence:
        _check_quantity(reports[0], item)
        losses[item.quantity] += [observation_loss(report, item) for report in reports]
    return {name: _softmax(-loss) for name, loss in losses.items()}


def observation_loss(model: Game, item: Evidence) -> float:
    """Return the loss of the model's facts on one set of observations, in nats.

    Observed everywhere, a quantity is predicted by its mean over cells, weighted over states by
    the model's prior. Raises `InputError` for an unknown quantity, cell or state, and where the
    noise is neither stated nor seen in the spread of two or more observations.
    """
    k = _check_quantity(model, item)
    view = in_blocks(model, "to hold against evidence")
    states = _states(view, item)
    prior = view.prior[states]
    weights = prior / prior.sum() if prior.sum() > 0 else np.full(len(states), 1 / len(states))
    cells = view.facts[k][np.ix_(states, cells_named(view, item.cell))]
    predicted = float(weights @ cells.mean(axis=1))
    misses = np.asarray(item.values, dtype=float) - predicted
    return float(np.sum(misses**2) / (2 * _noise(item) ** 2))


def cells_named(model: BlockGame, name: str) -> np.ndarray:
    """Return the cells that a name stands for: all, a profile or deal, an issue, an option."""
    found = _cell_names(model).get(name.strip().removeprefix("(").removesuffix(")"))
    if found is None:
        raise InputError(
            "no such cell",
            place="evidence.cell",
            found=name,
            expected="a profile, a deal, an issue or an option as `issue: option`",
        )
    return found


def _cell_names(model: BlockGame) -> dict[str, np.ndarray]:
    count = model.facts.shape[2]
    names = {"": np.arange(count)}
    if isinstance(model, Negotiation) and model.form == "additive":
        for issue, start in zip(model.issues, model.offsets, strict=True):
            names[issue.name] = np.arange(start, start + len(issue.options))
            for k, option in enumerate(issue.options):
                names[f"{issue.name}: {option}"] = np.array([start + k])
    elif isinstance(model, Negotiation):
        names |= {model.describe(model.unrank(c)): np.array([c]) for c in range(count)}
    else:
        names |= {model.describe(model.outcome(c)): np.array([c]) for c in range(count)}
    return names


def _check_quantity(model: Game, item: Evidence) -> int:
    names = in_blocks(model, "to hold against evidence").quantities
    if item.quantity not in names:
        raise InputError(
            "no such quantity",
            place="evidence.quantity",
            found=item.quantity,
            expected=", ".join(names) or "a frame with quantities",
        )
    return names.index(item.quantity)


def _states(model: BlockGame, item: Evidence) -> np.ndarray:
    if not item.state:
        return np.arange(len(model.states))
    check_choice(item.state, model.states, "no such state", "evidence.state")
    return np.array([model.states.index(item.state)])


def _noise(item: Evidence) -> float:
    values = np.asarray(item.values, dtype=float)
    if item.sd is not None:
        spread = float(item.sd)
    else:
        spread = float(values.std(ddof=1)) if len(values) > 1 else 0.0
    if not np.isfinite(spread) or spread <= 0:
        raise InputError(
            "the noise of the observations is not known",
            place=f"evidence.{item.quantity}.sd",
            found=item.sd,
            expected="a positive standard deviation, or two differing observations",
        )
    return spread


def _softmax(scores: np.ndarray) -> np.ndarray:
    weights = np.exp(scores - scores.max())
    return weights / weights.sum()
