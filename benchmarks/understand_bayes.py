"""Hierarchical Bayes beside the same model written out in NumPyro, and what pooling predicts.

    python benchmarks/understand_bayes.py --data DIR [--seed 0] [--quick] [--rival] [--splits 3]

DIR, or the variable COMITY_DATA, holds `social_preferences` (Bruhin, Fehr and Schunk 2019, session
1). The rival has the same population, prior and choices; it is what the manual of NumPyro leads
to: people as standard normals times a Cholesky factor, NUTS as it comes. Its chains take long, so
that it runs where asked for. Times are processor time of all cores together, compiling included;
what counts is effective draws a second of the parameter that mixes worst.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from comity.inference.estimation.chains import agreement, arviz
from comity.inference.estimation.cross_validation import cross_validate
from comity.inference.estimation.empirical_bayes import empirical_bayes
from comity.inference.estimation.hierarchical import HierarchicalFit, fit_hierarchical
from comity.inference.estimation.individuals import fit_individuals
from comity.inference.estimation.maximum_likelihood import fit
from comity.inference.estimation.population import default_prior
from comity.inference.estimation.scoring import score
from comity.inference.evidence import Evidence
from comity.inference.evidence.adapters.allocations import allocations
from comity.inference.explanations import explain, make_batch

RECIPROCAL = explain("bruhin-fehr-schunk", "logit")
CHAINS = 4
Row = tuple[str, str, str, str]
"""What, the figure, what it is compared with, what was aimed at."""


def hand_written(evidence: Evidence) -> Callable[[], None]:
    """Return the model of the benchmark as one writes it in NumPyro."""
    import jax.numpy as jnp
    import numpyro
    import numpyro.distributions as dist

    prior, scale = default_prior(RECIPROCAL.parameters), make_batch(evidence)[0].scale
    payoffs = np.array([s.payoffs[:, 0] for s in evidence.situations])[evidence.situation]
    kind, unkind = (
        np.array([float(s.history[name].item()) for s in evidence.situations])[evidence.situation]
        for name in ("kind", "unkind")
    )
    own, other = jnp.asarray(payoffs[..., 0]), jnp.asarray(payoffs[..., 1])
    kind, unkind = jnp.asarray(kind)[:, None], jnp.asarray(unkind)[:, None]
    person, choice = jnp.asarray(evidence.person), jnp.asarray(evidence.choice)
    people, size = len(evidence.people), len(RECIPROCAL.parameters)

    def model() -> None:
        mean = numpyro.sample("mean", dist.Normal(prior.middle, prior.reach).to_event(1))
        sd = numpyro.sample("sd", dist.HalfNormal(prior.spread).to_event(1))
        factor = numpyro.sample("factor", dist.LKJCholesky(size, prior.concentration))
        z = numpyro.sample("z", dist.Normal(0, 1).expand([people, size]).to_event(2))
        theta = numpyro.deterministic("person", mean + z @ (sd[:, None] * factor).T)
        alpha, beta, gamma, delta, log_s = theta[person].T[..., None]
        gap = other - own
        weight = alpha * (gap > 0) + beta * (gap < 0) + gamma * kind + delta * unkind
        utility = jnp.exp(log_s) / scale * (own + weight * gap)
        numpyro.sample("choice", dist.Categorical(logits=utility), obs=choice)

    return model


def run_by_hand(evidence: Evidence, draws: int, warmup: int, seed: int) -> Any:
    """Return the rival's draws as an `arviz.InferenceData`."""
    import jax
    from numpyro.infer import MCMC, NUTS

    sampler = MCMC(
        NUTS(hand_written(evidence)),
        num_warmup=warmup,
        num_samples=draws,
        num_chains=CHAINS,
        chain_method="sequential",
        progress_bar=False,
    )
    sampler.run(jax.random.key(seed), extra_fields=("num_steps",))
    return arviz().from_numpyro(sampler)


def timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """Return what work returns, processor time and wall time in seconds."""
    wall, processor = time.perf_counter(), time.process_time()
    found = work()
    return found, time.process_time() - processor, time.perf_counter() - wall


def hierarchical_rows(evidence: Evidence, source: str, seed: int, rival: bool) -> list[Row]:
    """Time the posterior of everybody, and the rival's where asked for."""
    found, seconds, wall = timed(lambda: fit_hierarchical(RECIPROCAL, evidence, rng=seed))
    worst = min(found.ess.values())
    what = (
        f"{source}, {len(evidence.people)} people: hierarchical posterior, {found.chains} chains of"
        f" {found.draws}, {found.divergences} divergences (wall time {wall:.0f} s)"
    )
    figure = f"{seconds:.0f} s, r-hat at most {max(found.rhat.values()):.4f}"
    rows = [(what, figure, "", "r-hat below 1.01")]
    pooled, fast, _ = timed(lambda: empirical_bayes(RECIPROCAL, evidence, rng=seed))
    near = closeness(found, pooled.means())
    rows.append(("the same by empirical Bayes", f"{fast:.0f} s", near, ""))
    if rival:
        rows.append(rival_row(evidence, worst / seconds, seed))
    return rows


def rival_row(evidence: Evidence, ours: float, seed: int, draws: int = 500) -> Row:
    """Time NumPyro by hand; ``ours`` is in effective draws a second."""
    idata, seconds, _ = timed(lambda: run_by_hand(evidence, draws, draws, seed))
    rhat, ess, _ = agreement(idata, ("mean", "sd", "person"))
    theirs = min(ess.values()) / seconds
    what = f"effective draws a second of the worst parameter; NumPyro by hand, {CHAINS} x {draws}"
    compared = (
        f"by hand {theirs:.2f} a second: {seconds:.0f} s, r-hat {max(rhat.values()):.3f}, "
        f"{min(ess.values()):.0f} effective"
    )
    return what, f"{ours:.1f} a second, {ours / theirs:,.0f} times", compared, ""


def closeness(found: HierarchicalFit, means: np.ndarray) -> str:
    """Return how far people's means are from those of chains, in posterior spreads."""
    draws = found.idata.posterior["person"].values
    far = np.abs(means - draws.mean(axis=(0, 1))) / draws.std(axis=(0, 1))
    return f"people's means differ by {far.mean():.2f} posterior spreads, at most {far.max():.2f}"


def held_out_rows(evidence: Evidence, splits: int, seed: int) -> list[Row]:
    """Predict half of each person's choices from the other half, several times over."""
    predictors = {
        "partial pooling": lambda known, whole: empirical_bayes(RECIPROCAL, known).predict(whole),
        "one for all": lambda known, whole: fit(RECIPROCAL, known).predict(whole),
        "each alone": lambda known, whole: RECIPROCAL.predict(
            fit_individuals(RECIPROCAL, known).values(), whole
        ),
    }
    rows = []
    for split in range(splits):
        tables = cross_validate(predictors, evidence, "row", 2, rng=seed + split).tables
        scores = {name: score(table, evidence) for name, table in tables.items()}
        words = [
            f"{name} {s.log_likelihood.value:.4f}, {s.accuracy.value:.2%}"
            for name, s in scores.items()
        ]
        what = f"held-out halves, split {split}: log-likelihood per choice and accuracy"
        rows.append((what, words[0], "; ".join(words[1:]), "beats both"))
    return rows


def rows(
    evidence: Evidence, source: str, *, seed: int = 0, splits: int = 3, rival: bool = False
) -> list[Row]:
    """Return all rows of the table."""
    found = hierarchical_rows(evidence, source, seed, rival)
    return found + held_out_rows(evidence, splits, seed)


def main() -> None:
    """Run everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("COMITY_DATA"), required=False)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--splits", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="24 people only")
    parser.add_argument("--rival", action="store_true", help="also run NumPyro by hand")
    given = parser.parse_args()
    if given.data is None:
        parser.error("--data, or COMITY_DATA, must name the folder with social_preferences")
    folder = Path(given.data) / "social_preferences"
    evidence = allocations(
        folder / "bfs2019_choices_exp1.csv",
        kind="q",
        unkind="v",
        drop=folder / "bfs2019_dropped_subjects.csv",
    )
    if given.quick:
        evidence = evidence.of_people(np.arange(24))
    source = "Bruhin, Fehr and Schunk (2019)"
    options = {"seed": given.seed, "splits": given.splits, "rival": given.rival}
    for row in rows(evidence, source, **options):
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
