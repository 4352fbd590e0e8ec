"""How much an answer is expected to teach: mutual information between hypotheses and answers.

The expected fall of uncertainty, in nats, that Lindley (1956, On a measure of the information
provided by an experiment) proposed for choosing experiments.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.core import Certified, Result
from comity.core.randomness import Rng
from comity.inference.design.answers import answers_to, hypotheses, summed


@dataclass(frozen=True)
class Information(Result):
    """What answers to a question are expected to teach, in nats.

    Attributes
    ----------
    about_members : which member of the set is at work.
    about_parameters : beyond that, what a member's parameters are; 0 where they are taken as known.
    uncertainty : entropy of the prior over the members, the most that can be learnt about them.
    people : how many answer.
    """

    about_members: Certified
    about_parameters: Certified
    uncertainty: float
    people: int

    def __str__(self) -> str:
        return (
            f"Information in the answers of {self.people}, in nats\n"
            f"  about the members: {self.about_members}, of {self.uncertainty:.4g}\n"
            f"  about their parameters: {self.about_parameters}"
        )


def expected_information(
    tables: Sequence[Any] | np.ndarray,
    prior: Sequence[float] | np.ndarray | None = None,
    people: int = 1,
    rng: Rng = None,
) -> Information:
    """Return what the answers of so many people are expected to teach.

    Parameters
    ----------
    tables : for each member the probabilities of the options, shape (K,), or by each draw of its
        parameters, shape (D, K). Draws count as the whole of what its parameters may be, so that
        few draws understate what can be learnt of them.
    prior : shape (M,); even unless given.
    people : how many answer, each on their own; one member and draw holds for all of them.
    rng : for answers that are too many to list.

    Examples
    --------
    >>> never, always, coin = [1.0, 0.0], [0.0, 1.0], [0.5, 0.5]
    >>> round(expected_information([never, always]).about_members.value, 4)
    0.6931
    >>> expected_information([coin, coin]).about_members.value
    0.0
    """
    table, beliefs, member = hypotheses(tables, prior)
    answers = answers_to(table, beliefs, people, rng)
    shares = summed(member, beliefs[:, None])
    about_members = _gain(summed(member, answers.posterior), shares)
    # The rest by the chain rule, which holds answer by answer.
    rest = np.maximum(_gain(answers.posterior, beliefs[:, None]) - about_members, 0.0)
    return Information(
        answers.mean(about_members),
        answers.mean(np.where(rest > 1e-12, rest, 0.0)),
        -float(np.sum(_times_log(shares))),
        people,
    )


def _times_log(p: np.ndarray) -> np.ndarray:
    return p * np.log(np.where(p > 0, p, 1.0))


def _gain(posterior: np.ndarray, prior: np.ndarray) -> np.ndarray:
    """Return the divergence of the prior from the posterior of every answer, shape (Y,)."""
    ratio = np.where(posterior > 0, posterior, 1.0) / np.where(posterior > 0, prior, 1.0)
    gain = np.sum(posterior * np.log(ratio), axis=0)
    # Beliefs that do not move teach nothing, not a rounding error of either sign.
    return np.where(np.abs(posterior - prior).max(axis=0) <= 1e-12, 0.0, np.maximum(gain, 0.0))
