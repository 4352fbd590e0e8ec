"""Hierarchical Bayes: a population and everybody's parameters in it, sampled together.

People's parameters are normal on the whole line. Their means are normal, their standard deviations
half-normal, their correlations as Lewandowski, Kurowicka and Joe (2009) propose.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from comity.core.certified import Certified
from comity.core.errors import InputError
from comity.core.randomness import Rng, as_generator
from comity.inference.estimation.chains import agreement, arviz, sample
from comity.inference.estimation.likelihood import natural_table
from comity.inference.estimation.pooled import PooledPeople
from comity.inference.estimation.population import (
    Prior,
    check_prior,
    default_prior,
    natural_moments,
    unpack,
)
from comity.inference.estimation.population_search import settle
from comity.inference.estimation.whitened import Whitening, place, potential, whiten
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.explanation import Explanation
from comity.inference.numerics import x64

MOST_KEPT = 512
"""Draws of each person that predictions average over."""
METHOD = "posterior by Markov chains"


@dataclass(frozen=True, eq=False)
class HierarchicalFit(PooledPeople):
    """A population and everybody's parameters, by Markov chains.

    Attributes
    ----------
    population_mean, population_sd : by parameter, of people's parameters themselves; unknown,
        with the reason, where chains have not converged.
    population_correlation : shape (k, k), on the whole line.
    idata : all draws as an `arviz.InferenceData`: ``population_mean``, ``population_sd`` and
        ``person`` are parameters themselves, ``mean``, ``sd`` and ``correlation`` belong to the
        whole line.
    chains, draws : how many of each.
    rhat, ess : the largest potential scale reduction and the smallest effective sample size (of
        bulk and tails) of each variable.
    divergences : draws where the sampler could not follow the posterior.
    converged : whether all of this is as it should be; ``problems`` says what is not.
    """

    population_mean: dict[str, Certified]
    population_sd: dict[str, Certified]
    population_correlation: np.ndarray
    idata: Any = field(repr=False)
    chains: int
    draws: int
    rhat: dict[str, float]
    ess: dict[str, float]
    divergences: int
    converged: bool
    problems: tuple[str, ...]


def fit_hierarchical(
    explanation: Explanation,
    evidence: Evidence,
    *,
    draws: int = 800,
    warmup: int = 150,
    chains: int = 4,
    sampler: str = "hmc",
    prior: Prior | None = None,
    rng: Rng = 0,
) -> HierarchicalFit:
    """Return draws of a population and of everybody's parameters given all choices.

    Parameters
    ----------
    draws, warmup : of each chain, kept and not kept.
    sampler : ``hmc``, by quarter turns in coordinates in which the posterior is nearly round, or
        ``nuts``, slower and for posteriors that are not round even there.
    prior : on the population, on the whole line; from what is typical unless given.

    Raises
    ------
    InputError : where there is nothing to fit, a person's choices have probability 0, or fewer
        than 2 chains or 4 draws are asked for.

    Chains start from draws of a normal approximation (see `whitened`) and run side by side.
    """
    if chains < 2 or draws < 4 or warmup < 1:
        raise InputError(
            "too short to tell whether it converged",
            place="draws",
            found=f"{chains} chains of {warmup} + {draws}",
            expected="2 chains or more, 4 draws or more, some warmup",
        )
    generator = as_generator(rng)
    prior = default_prior(explanation.parameters) if prior is None else prior
    check_prior(prior, len(explanation.parameters))
    found = settle(explanation, evidence, prior, generator)
    with x64():
        white = whiten(found, prior, generator)
        energy = partial(potential, explanation, found.lanes.layout, white)
        shapes = {"population": (chains, *white.point.shape), "people": (chains, *white.pull.shape)}
        start = {name: jnp.asarray(generator.normal(size=s)) for name, s in shapes.items()}
        seed = int(generator.integers(2**31))
        sampled, stats = sample(energy, start, warmup, draws, sampler, seed)
        points, free = _placed(sampled, white)
    return _result(explanation, evidence, found.lanes.scale, (points, free), stats, generator)


def _placed(sampled: dict[str, jax.Array], white: Whitening) -> tuple[np.ndarray, np.ndarray]:
    """Return populations (chains, draws, d) and people (chains, draws, P, k)."""
    shape = sampled["population"].shape[:2]
    flat = jax.tree.map(lambda leaf: leaf.reshape(-1, *leaf.shape[2:]), sampled)
    points, free = _place_all(flat, white)
    return (
        np.asarray(points).reshape(*shape, -1),
        np.asarray(free).reshape(*shape, *free.shape[1:]),
    )


@jax.jit
def _place_all(flat: dict[str, jax.Array], white: Whitening) -> tuple[jax.Array, jax.Array]:
    found: tuple[jax.Array, jax.Array] = jax.lax.map(lambda at: place(at, white), flat)
    return found


def _result(
    explanation: Explanation,
    evidence: Evidence,
    scale: float,
    drawn: tuple[np.ndarray, np.ndarray],
    stats: dict[str, np.ndarray],
    rng: np.random.Generator,
) -> HierarchicalFit:
    points, free = drawn
    names = tuple(p.name for p in explanation.parameters)
    tables = _tables(explanation, points, free, scale)
    idata = _inference_data(tables, stats, names, evidence.people)
    rhat, ess, problems = agreement(idata, tuple(tables))
    chains, draws = points.shape[:2]
    kept = np.linspace(0, chains * draws - 1, min(MOST_KEPT, chains * draws)).round().astype(int)
    flat = free.reshape(-1, *free.shape[2:])
    return HierarchicalFit(
        explanation=explanation,
        names=names,
        people=evidence.people,
        free=np.swapaxes(flat[kept], 0, 1),
        weights=np.full((len(evidence.people), len(kept)), 1 / len(kept)),
        strangers=_strangers(points.reshape(-1, points.shape[-1])[kept], len(names), rng),
        scale=scale,
        population_mean=_certified(tables["population_mean"], names, problems),
        population_sd=_certified(tables["population_sd"], names, problems),
        population_correlation=tables["correlation"].mean(axis=(0, 1)),
        idata=idata,
        chains=chains,
        draws=draws,
        rhat=rhat,
        ess=ess,
        divergences=int(stats["diverging"].sum()),
        converged=not problems,
        problems=tuple(problems),
    )


def _tables(
    explanation: Explanation, points: np.ndarray, free: np.ndarray, scale: float
) -> dict[str, np.ndarray]:
    """Return draws by variable, leading axes (chains, draws)."""
    size = free.shape[-1]
    with x64():
        mean, factor = _unpack_all(jnp.asarray(points), size)
        spread = jnp.linalg.norm(factor, axis=-1)
        centre, around = natural_moments(explanation.parameters, mean, spread, scale)
        unit = factor / spread[..., None]
        correlation = unit @ jnp.swapaxes(unit, -1, -2)
        found = {
            "population_mean": centre,
            "population_sd": around,
            "mean": mean,
            "sd": spread,
            "correlation": correlation,
        }
        tables = {name: np.asarray(table) for name, table in found.items()}
    return tables | {"person": natural_table(explanation.parameters, free, scale)}


def _unpack_all(points: jax.Array, size: int) -> tuple[jax.Array, jax.Array]:
    found = jax.vmap(jax.vmap(lambda point: tuple(unpack(point, size))))(points)
    mean, factor = found
    return mean, factor


def _inference_data(
    tables: dict[str, np.ndarray],
    stats: dict[str, np.ndarray],
    names: tuple[str, ...],
    people: tuple[str, ...],
) -> Any:
    one = ("population_mean", "population_sd", "mean", "sd")
    return arviz().from_dict(
        posterior=tables,
        sample_stats=stats,
        coords={"parameter": list(names), "beside": list(names), "person_name": list(people)},
        dims={
            **{name: ["parameter"] for name in one},
            "correlation": ["parameter", "beside"],
            "person": ["person_name", "parameter"],
        },
    )


def _certified(
    table: np.ndarray, names: tuple[str, ...], problems: list[str], level: float = 0.95
) -> dict[str, Certified]:
    """Return means and central intervals by parameter, or why there are none."""
    if problems:
        why = f"chains have not converged: {problems[0]}"
        return dict.fromkeys(names, Certified.unknown(why))
    ends = np.quantile(table, [0.5 - level / 2, 0.5 + level / 2], axis=(0, 1))
    means = table.mean(axis=(0, 1))
    return {
        name: Certified.estimate(means[i], ends[0, i], ends[1, i], METHOD, level)
        for i, name in enumerate(names)
    }


def _strangers(points: np.ndarray, size: int, rng: np.random.Generator) -> np.ndarray:
    """Return one person of each population, shape (draws, k)."""
    normal = rng.normal(size=(len(points), size))
    with x64():
        mean, factor = (np.asarray(a)[0] for a in _unpack_all(jnp.asarray(points[None]), size))
    return np.asarray(mean + np.einsum("sij,sj->si", factor, normal))
