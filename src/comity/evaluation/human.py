"""Partners fitted to how people took or refused offers.

The people are explained as a mixture of types (`comity.inference.fit_mixture`). In each match the
partner is one person, of a type drawn by its estimated share. It reports honestly, and takes or
refuses what is proposed as likely as such a person takes an offer that gives it, and the others
together, the same shares of the pie. What is proposed here is richer than an offer: that people
would treat it alike is an assumption, and the card says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.agreement.defaults import default_payoffs
from comity.agreement.parties import Context, Honest, PartyBehaviour
from comity.agreement.proposal import Proposal, delayed
from comity.agreement.results import Decision
from comity.cases import Case, Constitution, Party
from comity.core.canonical import digest
from comity.core.errors import InputError
from comity.core.randomness import Rng
from comity.evaluation.panel import Partner

if TYPE_CHECKING:
    from comity.inference import Evidence, MixtureFit, Situation

GRID = np.linspace(0.0, 1.0, 21)
"""Shares of the pie at which the fitted people are asked; between them they are interpolated."""

DIGITS = 4
"""Significant digits of a fitted figure that count for who the people are: a search that ends a
little elsewhere on another machine finds the same people."""

LATER, LAST = 1, 0
"""Values of the feature ``continues`` before the last encounter and in it."""


@dataclass(frozen=True)
class TakesOrRefuses(Honest):
    """A person of one type: honest in what it states, and as likely to accept as people are.

    Attributes
    ----------
    later, last : shape (21, 21), chance to accept by own share and that of the others, while
        encounters are to come and in the last one.
    """

    later: np.ndarray = field(repr=False)
    last: np.ndarray = field(repr=False)

    def respond(self, context: Context, proposal: Proposal) -> Decision:
        """Return yes with the chance that such a person takes such an offer."""
        play = proposal.solution.play
        if play is None:
            return Decision(context.name, False, ("There is nothing to take.",))
        own, others = _shares(context, proposal)
        table = self.later if context.remaining else self.last
        chance = interpolated(table, own, others)
        accepts = bool(context.rng().random() < chance)
        reason = f"It would get {own:.0%} of the pie, the others {others:.0%}."
        return Decision(context.name, accepts, (reason,))


def _shares(context: Context, proposal: Proposal) -> tuple[float, float]:
    """Return its own gain and that of all others in shares of the most that all could gain."""
    assert proposal.solution.play is not None
    model = context.model
    default = default_payoffs(model, context.constitution)
    gains = delayed(model, proposal.delay).payoffs(proposal.solution.play) - default
    pie = model.best_plan(np.ones(len(gains))).value - float(default.sum())
    if pie <= 0:
        return 0.0, 0.0
    own = float(gains[context.place])
    return own / pie, (float(gains.sum()) - own) / pie


def interpolated(table: np.ndarray, own: float, others: float) -> float:
    """Return the value of a table on `GRID` x `GRID` at a point, bilinear, at its edge outside."""
    places = np.clip([own, others], 0.0, 1.0) * (len(GRID) - 1)
    low = np.minimum(places.astype(int), len(GRID) - 2)
    x, y = places - low
    corner = table[low[0] : low[0] + 2, low[1] : low[1] + 2]
    return float(np.array([1 - x, x]) @ corner @ np.array([1 - y, y]))


def human_partners(case: Case, data: Sequence[Any], *, rng: Rng = 0) -> tuple[Partner, ...]:
    """Return a partner that behaves as the people in some data, which a Case says how to read.

    Parameters
    ----------
    case : with ``[behaviour]``; its explanations are the types, those that suit the kind of data
        unless it names any.
    data : files or DataFrames of decisions to take or refuse.
    rng : of the search for the likeliest types.

    Raises `InputError` for data in which nobody takes or refuses anything.
    """
    from comity.inference import choice_tables, fit_mixture, read_behaviour
    from comity.inference.explanations.member import Member
    from comity.inference.understanding.defaults import chosen

    evidence, behaviour = read_behaviour(data, case)
    template, take = _template(evidence)
    types, _ = chosen(behaviour.explanations or None, behaviour.kind, evidence)
    fit = fit_mixture(types, evidence, rng=rng)
    members = [
        Member(explanation, fit.points[name])
        for name, explanation in zip(fit.types, fit.explanations, strict=True)
    ]
    pie = max(float(s.payoffs.sum(axis=2).max()) for s in evidence.situations)
    tables = []
    for continues in (LATER, LAST):
        asked = _offers(template, take, pie, continues)
        chances = choice_tables(members, asked)[:, :, take]
        tables.append(chances.reshape(len(members), len(GRID), len(GRID)))
    shares = np.array([fit.shares[name] for name in fit.types])
    people = [TakesOrRefuses(later, last) for later, last in zip(*tables, strict=True)]
    return (_partner(people, shares / shares.sum(), case, fit.types, made_of(fit, pie)),)


def made_of(fit: MixtureFit, pie: float) -> str:
    """Return a digest of types, their parameters and shares, and of the pie they were asked of."""
    types = {
        name: {"share": fit.shares[name], **{f"parameter {k}": v for k, v in point.items()}}
        for name, point in fit.points.items()
    }
    return digest(
        {
            "pie": _rounded(pie),
            "types": {
                name: {key: _rounded(value) for key, value in figures.items()}
                for name, figures in types.items()
            },
        }
    )


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def _partner(
    people: Sequence[PartyBehaviour],
    shares: np.ndarray,
    case: Case,
    types: Sequence[str],
    made: str,
) -> Partner:
    def make(party: Party, constitution: Constitution, seed: int) -> PartyBehaviour:
        rng = np.random.default_rng([seed, party.model.players.index(party.name)])
        return people[int(rng.choice(len(people), p=shares))]

    told = ", ".join(f"{name} {share:.0%}" for name, share in zip(types, shares, strict=True))
    about = f"Takes or refuses as people did ({told})."
    return Partner(f"people of {case.title}", about, make, human=True, digest=made)


def _template(evidence: Evidence) -> tuple[Situation, int]:
    """Return a situation of taking or refusing, and which of its options takes."""
    for situation in evidence.situations:
        nothing = ~situation.payoffs.any(axis=(1, 2))
        if situation.shape == (2, 1, 2) and nothing.sum() == 1:
            return situation, int(np.flatnonzero(~nothing)[0])
    raise InputError(
        "nobody takes or refuses anything in these data",
        place="--human",
        found=f"{len(evidence.situations)} kinds of decisions",
        expected="two options, one of which leaves both with nothing, as in an ultimatum",
    )


def _offers(template: Situation, take: int, pie: float, continues: int) -> list[Situation]:
    """Return one situation for each point of the grid, in C order."""
    import dataclasses

    seen = dict(template.history)
    if "continues" in seen:
        seen["continues"] = np.full(np.shape(seen["continues"]), float(continues))
    offers = []
    for own in GRID:
        for others in GRID:
            payoffs = np.zeros((2, 1, 2))
            payoffs[take, 0] = own * pie, others * pie
            offers.append(dataclasses.replace(template, payoffs=payoffs, history=seen))
    return offers
