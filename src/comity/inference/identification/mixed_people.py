"""Populations of several types before a confidence set: as candidates, and as references."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comity.inference.estimation.mixture_fits import MixtureFit
from comity.inference.estimation.mixtures import Type, expanded, fit_mixture, type_names
from comity.inference.evidence.table import Evidence


@dataclass(frozen=True, eq=False)
class MixedPeople:
    """People of several types, whose shares and parameters are left open.

    Attributes
    ----------
    types : explanations, or pairs of one and how many types it stands for.
    shared : parameters that all types share.
    title : a name of its own; that of the types unless given.
    starts, seed : of the search for the best; see `fit_mixture`.
    """

    types: Sequence[Type]
    shared: Sequence[str] = ()
    title: str = ""
    starts: int = 16
    seed: int = 0

    @property
    def name(self) -> str:
        """The title, or what the types are."""
        return self.title or " and ".join(type_names(expanded(self.types)))

    def fit(self, evidence: Evidence, people: np.ndarray) -> MixtureFit:
        """Return the fit to some people, by shape (P,)."""
        part = evidence.subset(np.asarray(people, bool)[evidence.person])
        return fit_mixture(self.types, part, shared=self.shared, starts=self.starts, rng=self.seed)

    def refer(self, evidence: Evidence, learning: np.ndarray) -> np.ndarray:
        """Return the log-likelihood of every person by the fit to some, shape (P,).

        This is what `confidence_set` asks of its references: it looks at nobody else.
        """
        return self.fit(evidence, learning).people_log_likelihoods(evidence)

    def both(
        self, evidence: Evidence, learning: np.ndarray, judging: np.ndarray
    ) -> tuple[float, float]:
        """Return the judging half's log-likelihood by the learning half's fit, and by its own."""
        learnt = float(self.refer(evidence, learning)[judging].sum())
        own = self.fit(evidence, judging).log_likelihood
        # The search for the best may miss it; the other half's fit is one more candidate for it.
        return learnt, max(learnt, own)
