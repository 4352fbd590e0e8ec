"""What a report is told about: an agreement and everything that was found around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from comity.agreement.report.space import own_payoffs
from comity.agreement.results import Agreement, Comparison
from comity.core import Certified
from comity.games import Play

if TYPE_CHECKING:
    from comity.agreement.report.scenarios import Scenario
    from comity.agreement.report.settings import Setting
    from comity.agreement.robustness.minimax import MinimaxRegret
    from comity.agreement.robustness.question import Inquiry
    from comity.agreement.studies.study import Study

NOT_SOUGHT = "not looked for"
"""How a certificate says that nobody searched for a lie."""

EPSILON = 1e-7
"""Differences of payoffs below this, relative to the largest payoff in sight, count as none."""


@dataclass(frozen=True)
class Findings:
    """An agreement with the comparison, the what-ifs and the solutions beside it.

    Attributes
    ----------
    agreement : the honest run of the protocol.
    comparison : where the views differ, if it was worked out.
    expected : what each expects without a deal, by its own view, shape (n,).
    without : what is really played without a deal: each one's own default.
    solutions : the play under every solution notion that applies, by name.
    settings : how much distance is tolerated, from tight to loose.
    scenarios : what happens if somebody lies; the first is the honest run.
    study : figures over many draws, if a study was run.
    regret, inquiry : what risks least over the views that fit, and what to ask, where a party has
        several and they are few enough.
    """

    agreement: Agreement
    comparison: Comparison | None
    expected: np.ndarray
    without: Play | None
    solutions: Mapping[str, Play] = field(default_factory=dict)
    settings: tuple[Setting, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    study: Study | None = None
    regret: MinimaxRegret | None = None
    inquiry: Inquiry | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the parties."""
        return self.agreement.case.names

    @property
    def agreed(self) -> bool:
        """Whether there is a deal."""
        return self.agreement.status == "agreed"

    @cached_property
    def deal(self) -> np.ndarray:
        """What the play is worth to each by its own view, shape (n,)."""
        if self.agreement.play is None:
            return self.apart
        return own_payoffs(self.agreement.case.models, self.agreement.play)

    @cached_property
    def apart(self) -> np.ndarray:
        """What really happens without a deal is worth to each by its own view, shape (n,)."""
        if self.without is None:
            return np.asarray(self.expected)
        return own_payoffs(self.agreement.case.models, self.without)

    @cached_property
    def tolerance(self) -> float:
        """Differences below this are rounding."""
        sizes = [np.abs(self.deal).max(), np.abs(self.apart).max(), np.abs(self.expected).max()]
        return EPSILON * max(1.0, *map(float, sizes))

    @property
    def surprised(self) -> list[str]:
        """Those who really get less without a deal than they expect."""
        less = self.apart < self.expected - self.tolerance
        return [name for name, worse in zip(self.names, less, strict=True) if worse]

    @property
    def clash(self) -> bool:
        """Whether acting on their own views disappoints somebody, or leaves all worse off.

        Walking away from a negotiation is no clash: nobody acts.
        """
        if self.without is None:
            return False
        worse = self.agreed and bool(np.all(self.apart < self.deal - self.tolerance))
        return bool(self.surprised) or worse or bool(self.comparison and self.comparison.conflict)

    def breaking(self, view: str) -> dict[str, Certified]:
        """Return each one's gain from breaking the agreement, by the ``own`` or ``common`` view."""
        certificate = self.agreement.certificate
        if certificate is None:
            return {}
        return {
            name: gains[view] for name, gains in certificate.deviation_gain.items() if view in gains
        }

    def lying(self) -> dict[str, Certified]:
        """Return the most each was found to gain by lying."""
        certificate = self.agreement.certificate
        return dict(certificate.misreport_found) if certificate else {}

    @property
    def lies_sought(self) -> bool:
        """Whether anybody's gain from lying was looked for."""
        return any(figure.method != NOT_SOUGHT for figure in self.lying().values())

    @property
    def breakers(self) -> list[str]:
        """Those who would gain from breaking the agreement, by their own view."""
        return [n for n, c in self.breaking("own").items() if c.value > 1e-6]
