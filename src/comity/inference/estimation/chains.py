"""Hamiltonian Markov chains, side by side in threads, and whether they agree."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from comity.core.choices import pick

LARGEST_RHAT, LEAST_ESS = 1.01, 400
"""What chains must satisfy to count as converged (Vehtari et al. 2021)."""
SETTINGS: dict[str, Any] = {
    "step_size": 0.3,
    "target_accept_prob": 0.8,
    "adapt_mass_matrix": False,
}
Energy = Callable[[dict[str, jax.Array]], jax.Array]
STATISTICS = {
    "diverging": "diverging",
    "num_steps": "n_steps",
    "accept_prob": "acceptance_rate",
    "energy": "energy",
    "potential_energy": "lp",
}
"""What a sampler says of a draw, and what ArviZ calls it."""


def _quarter_turn(energy: Energy) -> Any:
    from numpyro.infer import HMC

    return HMC(potential_fn=energy, trajectory_length=np.pi / 2, **SETTINGS)


def _no_u_turn(energy: Energy) -> Any:
    from numpyro.infer import NUTS

    return NUTS(potential_fn=energy, **SETTINGS)


SAMPLERS: dict[str, Callable[[Energy], Any]] = {"hmc": _quarter_turn, "nuts": _no_u_turn}
"""Kernels of NumPyro by name. Where a density is round with unit spread, a quarter of a turn leads
to independent draws, with half the steps that NUTS takes to find out."""


def sample(
    energy: Energy, start: dict[str, jax.Array], warmup: int, draws: int, kind: str, seed: int
) -> tuple[dict[str, jax.Array], dict[str, np.ndarray]]:
    """Return draws by coordinate, and what the sampler says of them, axes (chains, draws) first.

    Parameters
    ----------
    energy : minus the log-density, which should be nearly round with unit spread: steps are
        tuned to it, but no spreads.
    start : coordinates with a leading axis of chains.
    kind : one of `SAMPLERS`.
    """
    from numpyro.infer import MCMC

    chains = len(jax.tree.leaves(start)[0])
    sampler = MCMC(
        pick(SAMPLERS, kind, "no such sampler", "sampler")(energy),
        num_warmup=warmup,
        num_samples=draws,
        num_chains=chains,
        chain_method=_side_by_side,
        progress_bar=False,
    )
    sampler.run(jax.random.key(seed), init_params=start, extra_fields=tuple(STATISTICS))
    fields = sampler.get_extra_fields(group_by_chain=True)
    stats = {name: np.asarray(fields[field]) for field, name in STATISTICS.items()}
    return sampler.get_samples(group_by_chain=True), stats | {"lp": -stats["lp"]}


def _side_by_side(one: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a function that runs one chain in each of several threads, compiled once."""

    def run(arguments: Any) -> Any:
        chains = len(jax.tree.leaves(arguments)[0])
        parts = [jax.tree.map(lambda leaf, i=i: leaf[i], arguments) for i in range(chains)]
        compiled = jax.jit(one).lower(parts[0]).compile()
        with ThreadPoolExecutor(chains) as pool:
            found = list(pool.map(compiled, parts))
        return jax.tree.map(lambda *leaves: jnp.stack(leaves), *found)

    return run


def arviz() -> Any:
    """Return the library, which warns of its own future when it is imported."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import arviz

    return arviz


def agreement(
    idata: Any, names: Sequence[str]
) -> tuple[dict[str, float], dict[str, float], list[str]]:
    """Return the largest r-hat and the smallest ESS of variables, and what is wrong in words.

    Entries that never vary, such as the correlation of a parameter with itself, do not count.
    """
    library = arviz()
    rhat: dict[str, float] = {}
    ess: dict[str, float] = {}
    for name in names:
        draws = idata.posterior[name]
        varying = np.ptp(draws.values, axis=(0, 1)) > 0
        if not varying.any():
            continue
        chosen = {name: draws.values[:, :, varying]}
        rhat[name] = float(np.max(library.rhat(chosen)[name].values))
        ess[name] = float(
            min(np.min(library.ess(chosen, method=m)[name].values) for m in ("bulk", "tail"))
        )
    problems = [
        f"r-hat of {name} is {value:.3f}, above {LARGEST_RHAT}"
        for name, value in rhat.items()
        if not value < LARGEST_RHAT
    ]
    problems += [
        f"{name} has {value:.0f} effective draws, fewer than {LEAST_ESS}"
        for name, value in ess.items()
        if not value >= LEAST_ESS
    ]
    divergences = int(idata.sample_stats["diverging"].values.sum())
    if divergences:
        problems.append(f"{divergences} divergent draws")
    return rhat, ess, problems
