"""The certificate of an agreement: every figure with its kind, and how it was obtained.

Each field is computed anew from the parties' models, the reports and the play; nothing is taken
from the run but these.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.agreement.defaults import (
    DISAGREEMENTS,
    actual_default,
    default_payoffs,
    disagreement_point,
    play_payoffs,
)
from comity.agreement.misreports.misreport import (
    Information,
    Misreport,
    Search,
    beliefs_stated,
    misreport_bound,
    misreport_found,
)
from comity.agreement.proposal import delayed
from comity.agreement.results import Agreement, Certificate
from comity.agreement.robustness.of_agreement import robustness_of
from comity.agreement.solution import EQUILIBRIA, apply_solution
from comity.cases import Case
from comity.core import Certified, as_generator
from comity.core.errors import ComityError, Intractable, SolverError
from comity.core.randomness import Rng
from comity.games import Game, Lottery, Negotiation, NormalForm, Play

Progress = Callable[[str, float], None]

NOTICED = 1e-9
"""A gain this small a share of the range of payoffs is rounding."""


def certify_agreement(
    agreement: Agreement,
    *,
    rng: Rng = 0,
    misreports: Search | int = "local",
    progress: Progress | None = None,
) -> Certificate:
    """Return the certificate of what a run of the protocol ended in.

    Parameters
    ----------
    rng : seed of the search for lies.
    misreports : how hard that search is: ``none``, ``local``, ``full`` or a number of reports.
    progress : called with a sentence and the share done.
    """
    seen = _Seen.of(agreement)
    seed = int(as_generator(rng).integers(2**31)) if rng is not None else 0
    found, bounds = _lies(agreement.case, misreports, seed, progress or (lambda words, share: None))
    return Certificate(
        gain_reported=_gains(seen, agreement.reports, "its report"),
        gain_private=_gains(seen, agreement.case.models, "its own model"),
        deviation_gain={name: _deviations(seen, i, name) for i, name in enumerate(seen.names)},
        misreport_found={name: lie.gain for name, lie in found.items()},
        misreport_bound=bounds,
        misreport_report={name: lie.report for name, lie in found.items()},
        information=information_of(agreement.case),
        bystanders=_bystanders(seen),
        disagreement_sensitivity=_sensitivity(seen),
        optimality_gap=_gap(seen),
        robustness=robustness_of(agreement),
    )


def information_of(case: Case) -> Information:
    """Return ``interim`` where every party states what it believes of every other's tastes."""
    return "interim" if beliefs_stated(case) else "ex post"


@dataclass(frozen=True)
class _Seen:
    """An agreement as its certificate sees it.

    Attributes
    ----------
    delay : rounds of talk before the last proposal.
    fallback : what would happen, or happens, without agreement: each by its own model.
    """

    agreement: Agreement
    delay: int
    fallback: Play | None

    @classmethod
    def of(cls, agreement: Agreement) -> _Seen:
        """Read the delay off the transcript; it discounts a negotiation."""
        rounds = [s["data"]["round"] for s in agreement.transcript if s.get("type") == "solve"]
        case = agreement.case
        return cls(
            agreement, max(rounds, default=0), actual_default(case.models, case.constitution)
        )

    @property
    def names(self) -> tuple[str, ...]:
        return self.agreement.case.names

    @property
    def agreed(self) -> bool:
        return self.agreement.status == "agreed"

    def later(self, model: Game) -> Game:
        """Return the model as deals are worth when the agreement was reached."""
        return delayed(model, self.delay) if self.agreed else model


def _gains(seen: _Seen, models: Mapping[str, Game], whose: str) -> dict[str, Certified]:
    """Return what each gets over what its default promises it, both by one model."""
    found = {}
    for i, name in enumerate(seen.names):
        if name not in models:
            found[name] = Certified.unknown("it made no report")
            continue
        model = seen.later(models[name])
        worth = float(play_payoffs(model, seen.agreement.play)[i])
        promised = float(default_payoffs(model, seen.agreement.case.constitution)[i])
        words = f"expected payoffs by {whose}: {worth:.6g} against {promised:.6g} by default"
        if not seen.agreed:
            words += "; there is no agreement, so this is what acting alone brings against that"
        if seen.agreed and seen.agreement.played != seen.agreement.play:
            words += "; this is what was agreed, and somebody broke it"
        found[name] = Certified.exact(worth - promised, words)
    return found


def _deviations(seen: _Seen, player: int, name: str) -> dict[str, Certified]:
    """Return what a party gains by breaking the agreement, under each view."""
    views = {"common": seen.agreement.common, "own": seen.agreement.case.models[name]}
    return {view: _deviation(seen, model, player) for view, model in views.items()}


def _deviation(seen: _Seen, model: Game | None, player: int) -> Certified:
    play = seen.agreement.play
    if model is None:
        return Certified.unknown("there is no common model")
    if play is None:
        return Certified.exact(0.0, "there is no deal to break")
    later = seen.later(model) if model is not seen.agreement.common else model
    if isinstance(later, NormalForm) and isinstance(play, Lottery):
        return _drawn_deviation(later, play, player, mediated(seen.agreement))
    reply = later.best_reply(player, play)
    return Certified.exact(reply.gain, f"best reply: {reply.description}")


def _drawn_deviation(model: NormalForm, play: Lottery, player: int, mediator: bool) -> Certified:
    """Return the gain of who hears the public draw, or its own part from a mediator."""
    private, public = (model.best_reply(player, play, s) for s in ("private", "public"))
    if public.gain <= private.gain + NOTICED * float(np.ptp(model.table[player])):
        return Certified.exact(private.gain, f"best reply: {private.description}")
    if not mediator:
        words = f"told the whole draw, which is public; {private.gain:.4g} if told its own part"
        return Certified.exact(public.gain, f"best reply: {public.description}; {words}")
    words = f"if a mediator tells each only its own part; {public.gain:.4g} if told the whole draw"
    return Certified.exact(private.gain, f"best reply: {private.description}; {words}")


def mediated(agreement: Agreement) -> bool:
    """Return whether the notion rests on a mediator who tells each only its own part."""
    enforced = agreement.case.constitution.enforcement == "binding"
    return not enforced or agreement.solution in EQUILIBRIA


def mediator_assumed(agreement: Agreement) -> tuple[str, ...]:
    """Return the assumption of a mediator, where the public draw would move somebody to deviate."""
    common, play = agreement.common, agreement.play
    if not isinstance(common, NormalForm) or not isinstance(play, Lottery):
        return ()
    if agreement.status != "agreed" or not mediated(agreement):
        return ()
    gains = {}
    for i, name in enumerate(common.players):
        private, public = (common.best_reply(i, play, s).gain for s in ("private", "public"))
        if public > private + NOTICED * float(np.ptp(common.table[i])):
            gains[name] = public
    if not gains:
        return ()
    told = ", ".join(f"{name} {gain:.4g}" for name, gain in gains.items())
    mediator = "A mediator tells each only its own part of what is drawn."
    warning = "Told the whole draw, as the transcript tells whoever reads it, some would gain"
    return (f"{mediator} {warning} by breaking it: {told}.",)


def _lies(
    case: Case, search: Search | int, seed: int, tell: Progress
) -> tuple[dict[str, Misreport], dict[str, Certified]]:
    """Return the best lie found and the bound for each party."""
    information = information_of(case)
    found: dict[str, Misreport] = {}
    bounds: dict[str, Certified] = {}
    for k, name in enumerate(case.names):
        tell(f"what could {name} gain by lying?", 0.4 + 0.6 * k / len(case.names))
        try:
            bounds[name] = misreport_bound(case, name, information=information)
        except (Intractable, SolverError) as error:
            bounds[name] = Certified.unknown(str(error))
        if search == "none":
            unknown = Certified.unknown("not looked for")
            found[name] = Misreport(name, unknown, {}, information, 0, case.models[name])
        else:
            found[name] = misreport_found(
                case, name, information=information, search=search, seed=seed
            )
    return found, bounds


def _bystanders(seen: _Seen) -> dict[str, dict[str, Certified]]:
    """Return what the outcome does to each bystander, by each view."""
    views = {**seen.agreement.case.models}
    if seen.agreement.common is not None:
        views["common"] = seen.agreement.common
    return {
        name: {view: _effect(seen, model, b) for view, model in views.items()}
        for b, name in enumerate(seen.agreement.case.bystanders)
    }


def _effect(seen: _Seen, model: Game, bystander: int) -> Certified:
    def worth(play: Play | None) -> float:
        return 0.0 if play is None else float(model.effects(play)[bystander])

    value = worth(seen.agreement.play) - worth(seen.fallback)
    if not seen.agreed:
        return Certified.exact(value, "there is no agreement, so it changes nothing")
    if isinstance(model, Negotiation):
        return Certified.exact(value, "the deal against no deal, which counts as 0")
    return Certified.exact(value, "the agreement against each acting alone by its own model")


def _sensitivity(seen: _Seen) -> dict[str, dict[str, Any]]:
    """Return the agreement from each other disagreement point that is defined here."""
    common, rules = seen.agreement.common, seen.agreement.case.constitution
    found: dict[str, dict[str, Any]] = {}
    if common is None or not seen.agreement.solution:
        return found
    for name in DISAGREEMENTS:
        if name == rules.disagreement:
            continue
        other = dataclasses.replace(rules, disagreement=name)  # type: ignore[arg-type]
        try:
            point = disagreement_point(common, other)
            solution = apply_solution(common, other, seen.agreement.solution, disagreement=point)
        except ComityError:
            continue
        if not np.allclose(point, seen.agreement.disagreement):
            found[name] = {
                "point": point.tolist(),
                "payoffs": solution.payoffs.tolist(),
                "status": solution.status,
            }
    return found


def _gap(seen: _Seen) -> Certified:
    """Return how far the proposed play could be from the best one, solved again."""
    common, notion = seen.agreement.common, seen.agreement.solution
    if common is None or not notion:
        return Certified.unknown("there was no proposal")
    rules = seen.agreement.case.constitution
    point = seen.agreement.disagreement
    return apply_solution(common, rules, notion, disagreement=point).gap
