"""Does an explanation keep what all else relies on? A conformance test for those of one's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from comity.core.conformance import Broken, CheckReport, run_check
from comity.core.randomness import Rng, as_generator
from comity.inference.evidence.situations import Situation
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.batch import Batch, make_batch, typical_size
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.member import one_decision_each
from comity.inference.explanations.parameters import constrain_all, draw_starts
from comity.inference.explanations.variations import reordered, widened
from comity.inference.numerics import x64

DRAWS = 3
STEEP = 1e4
"""The largest sensitivity that is tried, per unit of the payoffs' scale."""
ROUNDS = 5
CLOSE = 1e-6


@dataclass(frozen=True)
class Trial:
    """What an explanation says of situations, at some points.

    Attributes
    ----------
    explanation : which one.
    values : its open parameters at every point, by name, shape (D,) each.
    count : number of situations, G.
    sizes : number of options of each of the G situations.
    alone : log-probabilities by point, situation and option, shape (D, G, K).
    mixed : the same in a wider table, shape (D, 3 G, K + 1): the situations, then the same with
        options in reverse order, then with one option more.
    slopes : of the sum of all finite log-probabilities in the wider table, shape (D, k).
    """

    explanation: Explanation
    values: dict[str, np.ndarray]
    count: int
    sizes: np.ndarray
    alone: np.ndarray
    mixed: np.ndarray
    slopes: np.ndarray


def check_explanation(
    explanation: Explanation, situations: Sequence[Situation], rng: Rng = 0
) -> CheckReport:
    """Return whether an explanation keeps what fitting, comparing and predicting rely on.

    It never raises for a broken explanation: what fails is in the report. Points are the middle of
    typical values, draws around it by ``rng``, and one with very large sensitivities.

    Examples
    --------
    >>> from comity.inference.explanations.catalogue import explain
    >>> pie = Situation(("keep", "share"), [[10, 0], [5, 5]])
    >>> check_explanation(explain("fehr-schmidt", "logit"), [pie]).ok
    True
    """
    given = list(situations)
    report = [
        run_check("says something about the situations", lambda: explanation.check(given)),
        run_check("has parameters that stay within their bounds", lambda: _bounds(explanation)),
    ]
    if all(check.status == "passed" for check in report):
        trials: list[Trial] = []
        report.append(run_check("answers", lambda: trials.append(_try(explanation, given, rng))))
        for trial in trials:
            report += [run_check(name, partial(check, trial)) for name, check in CHECKS.items()]
        if trials and explanation.procedure.start is not None:
            look = partial(_looks_back, trials[0], given[0])
            report.append(run_check("stays a distribution as it looks back", look))
    return CheckReport(explanation.name, tuple(report))


def _try(explanation: Explanation, situations: list[Situation], rng: Rng) -> Trial:
    scale = typical_size(situations)
    points = _points(explanation, scale, rng)
    turned = [reordered(one, np.arange(len(one.options))[::-1]) for one in situations]
    wider = [widened(one) for one in situations]
    with x64():
        values = constrain_all(explanation.parameters, jnp.asarray(points), scale)
        alone, _ = _probe(explanation, points, _batch(situations), scale)
        mixed, slopes = _probe(explanation, points, _batch([*situations, *turned, *wider]), scale)
    return Trial(
        explanation,
        {name: np.asarray(value) for name, value in values.items()},
        len(situations),
        np.array([len(one.options) for one in situations]),
        np.asarray(alone),
        np.asarray(mixed),
        np.asarray(slopes),
    )


def _points(explanation: Explanation, scale: float, rng: Rng) -> np.ndarray:
    """Return points on the whole line, shape (D, k): the middle, draws, and a steep one."""
    parameters = explanation.parameters
    points = draw_starts(parameters, DRAWS, as_generator(rng))
    steep = points[0].copy()
    for i, parameter in enumerate(parameters):
        if parameter.low == 0 and parameter.units < 0:
            steep[i] = parameter.unconstrain(STEEP / scale, scale)
    return np.concatenate([points, steep[None]])


def _batch(situations: Sequence[Situation]) -> Batch:
    return make_batch(one_decision_each(situations))[0]


@partial(jax.jit, static_argnums=0)
def _probe(
    explanation: Explanation, points: jax.Array, batch: Batch, scale: Any
) -> tuple[jax.Array, jax.Array]:
    """Return log-probabilities by point, situation and option, and slopes of their sum."""

    def at(point: jax.Array) -> jax.Array:
        values = constrain_all(explanation.parameters, point, scale)
        return explanation.log_probabilities(values, batch)[0]

    def total(point: jax.Array) -> jax.Array:
        log_p = at(point)
        return jnp.sum(jnp.where(jnp.isfinite(log_p), log_p, 0.0))

    return jax.vmap(at)(points), jax.vmap(jax.grad(total))(points)


def _bounds(explanation: Explanation) -> None:
    """Raise where a parameter leaves its bounds, or does not come back from the whole line."""
    for parameter in explanation.parameters:
        with x64():
            found = np.asarray(parameter.constrain(jnp.asarray([-3.0, 0.0, 3.0])))
        inside = (parameter.low <= found) & (found <= parameter.high)
        back = parameter.unconstrain(found)
        if not inside.all() or not np.allclose(back, [-3, 0, 3], atol=1e-6):
            raise Broken(f"{parameter.name} becomes {found.tolist()}, then {back.tolist()}")


def _numbers(trial: Trial) -> None:
    for log_p in (trial.alone, trial.mixed):
        wrong = np.isnan(log_p).any(axis=(1, 2))
        if wrong.any():
            raise Broken(f"not a number at {_at(trial, int(np.argmax(wrong)))}")


def _sums(trial: Trial) -> None:
    sums = np.exp(trial.mixed).sum(axis=-1)
    off = np.abs(sums - 1).max(axis=1)
    worst = int(np.argmax(off))
    if not off[worst] <= CLOSE:
        raise Broken(f"probabilities sum to 1 {off[worst]:+.2g} at {_at(trial, worst)}")


def _absent(trial: Trial) -> None:
    beyond = np.arange(trial.mixed.shape[2]) >= trial.sizes[:, None]
    shown = np.exp(trial.mixed[:, : trial.count])[:, beyond]
    if shown.size and not (shown == 0).all():
        raise Broken(f"an option that is not there has probability {np.nanmax(shown):.3g}")


def _company(trial: Trial) -> None:
    beside = np.exp(trial.mixed[:, : trial.count, : trial.alone.shape[2]])
    _same(trial, np.exp(trial.alone), beside, "a wider table")


def _order(trial: Trial) -> None:
    found = np.exp(trial.mixed[:, : 2 * trial.count])
    plain, turned = found[:, : trial.count], found[:, trial.count :]
    back = np.zeros_like(turned)
    for g, size in enumerate(trial.sizes):
        back[:, g, :size] = turned[:, g, :size][:, ::-1]
    _same(trial, plain, back, "another order of options")


def _same(trial: Trial, first: np.ndarray, second: np.ndarray, words: str) -> None:
    gaps = np.abs(first - second).max(axis=(1, 2))
    worst = int(np.argmax(gaps))
    if not gaps[worst] <= CLOSE:
        raise Broken(f"{words} moves a probability by {gaps[worst]:.3g} at {_at(trial, worst)}")


def _slopes(trial: Trial) -> None:
    wrong = ~np.isfinite(trial.slopes)
    if wrong.any():
        point, place = map(int, np.argwhere(wrong)[0])
        name = trial.explanation.parameters[place].name
        raise Broken(f"no slope in {name} at {_at(trial, point)}")


def _looks_back(trial: Trial, situation: Situation) -> None:
    """Raise where probabilities along a sequence of rounds are not a distribution."""
    zeros = np.zeros(ROUNDS, int)
    options, contingencies, _ = situation.shape
    play = Evidence(
        (situation,),
        ("somebody",),
        zeros,
        zeros,
        np.arange(ROUNDS) % options,
        sequence=zeros,
        order=np.arange(ROUNDS),
        others=np.arange(ROUNDS) // 2 % contingencies,
    )
    for point in range(DRAWS + 1):
        values = {name: float(value[point]) for name, value in trial.values.items()}
        found = trial.explanation.predict(values, play)
        if not np.allclose(found.sum(axis=1), 1, atol=CLOSE):
            raise Broken(f"probabilities sum to {found.sum(axis=1)} at {_at(trial, point)}")


CHECKS: dict[str, Callable[[Trial], None]] = {
    "gives numbers": _numbers,
    "gives probabilities that sum to 1": _sums,
    "gives nothing to options that are not there": _absent,
    "does not depend on what else is in a table": _company,
    "does not depend on the order of options": _order,
    "has finite slopes": _slopes,
}


def _at(trial: Trial, point: int) -> str:
    """Return a point in words."""
    shown = ", ".join(f"{name} = {value[point]:.4g}" for name, value in trial.values.items())
    return shown or "no parameters"
