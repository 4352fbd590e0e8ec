"""What each joint member leads to, and what a given play is worth in each.

A play that is put to the table is carried out unless a party refuses it. Each party knows its own
tastes, and none knows which facts hold: a party refuses, under the gain rule, what leaves it below
its default in *every* member that has its own tastes; where nobody enforces a play, also what
it would break in every such member. After a refusal each acts alone, which is worth what it
is where all act on the member's views. In a set of one member this is the rule of the protocol.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comity.agreement.acceptance import SLACK
from comity.agreement.models.narrow import flat_blocks
from comity.agreement.proposal import delayed
from comity.agreement.robustness.members import Member, joint_members
from comity.agreement.settle import Settled, Table
from comity.cases import Case
from comity.core.errors import located
from comity.games import Game, Play

BREAKING = 1e-9
"""A gain from breaking a play this small, relative to its worth, is rounding."""


@dataclass(frozen=True)
class Worlds:
    """Every joint member of a Case with the outcome of the protocol in it.

    Attributes
    ----------
    case : whose set it is.
    members : M of them, the central one first.
    settled : by member, what the protocol leads to if each party holds and reports its view.
    without : shape (M, n), what really happens without agreement, by each one's own view.
    expected : shape (M, n), what each expects of its default, by its own view.
    known : shape (M, n), members that agree on a party's own tastes have one number for it.
    places : shape (M, n), which of its views a party has.
    """

    case: Case
    members: tuple[Member, ...]
    settled: tuple[Settled, ...]
    without: np.ndarray
    expected: np.ndarray
    known: np.ndarray
    places: np.ndarray

    @property
    def agreements(self) -> np.ndarray:
        """What the protocol leads to in each member is worth, by each one's own view, (M, n)."""
        return np.array([settled.payoffs for settled in self.settled])

    def carried_out(self, play: Play | None, delay: int = 0) -> np.ndarray:
        """Return what a play is worth to each if it is carried out, shape (M, n).

        ``None`` stands for no agreement, ``delay`` for the rounds of talk before the play.
        """
        if play is None:
            return self.without
        by_view = [
            np.array([delayed(view, delay).payoffs(play)[i] for view in party.views.values()])
            for i, party in enumerate(self.case.parties)
        ]
        return self._by_member(by_view)

    def unwelcome(self, play: Play | None, delay: int = 0) -> np.ndarray:
        """Return where a party that knew the member would refuse or break a play, shape (M, n)."""
        unwelcome = np.zeros(self.expected.shape, dtype=bool)
        if play is None:
            return unwelcome
        rules = self.case.constitution
        limits = [rule.tolerance for rule in rules.acceptance if rule.rule == "gain"]
        if limits:
            least = min(limits) + SLACK * max(1.0, min(limits))
            unwelcome |= self.expected - self.carried_out(play, delay) > least
        if rules.enforcement == "self-enforcing":
            unwelcome |= self._by_member(
                [
                    np.array([_breaks(view, i, play) for view in party.views.values()])
                    for i, party in enumerate(self.case.parties)
                ]
            )
        return unwelcome

    def _by_member(self, by_view: Sequence[np.ndarray]) -> np.ndarray:
        return np.stack([by_view[i][self.places[:, i]] for i in range(len(by_view))], axis=1)


def worlds(case: Case) -> Worlds:
    """Return what each joint member of a Case leads to: one run of the protocol in each."""
    members = joint_members(case)
    tables, settled = [], []
    for member in members:
        with located(place=f"alternatives ({member.name})"):
            table = Table.seat(member.models, case.constitution, case.evidence)
            tables.append(table)
            settled.append(table.settle())
    names = [list(party.views) for party in case.parties]
    places = [[names[i].index(v) for i, v in enumerate(m.views.values())] for m in members]
    return Worlds(
        case,
        members,
        tuple(settled),
        np.array([table.fallback for table in tables]),
        np.array([table.promised for table in tables]),
        _known(members),
        np.array(places),
    )


def refusals(unwelcome: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Return where a party refuses, knowing its own tastes alone, shape (M, n, ...).

    Parameters
    ----------
    unwelcome : shape (M, n, ...), where it would refuse if it knew the member.
    known : shape (M, n), as in `Worlds`.
    """
    refused = np.zeros_like(unwelcome)
    for i in range(known.shape[1]):
        for kind in np.unique(known[:, i]):
            same = known[:, i] == kind
            refused[same, i] = unwelcome[same, i].all(axis=0)
    return refused


def _breaks(view: Game, player: int, play: Play) -> bool:
    gain = view.best_reply(player, play).gain
    return bool(gain > BREAKING * max(1.0, abs(float(view.payoffs(play)[player]))))


def _known(members: Sequence[Member]) -> np.ndarray:
    columns = []
    for i, name in enumerate(members[0].models):
        words = [_own_word(member.models[name], i, name) for member in members]
        columns.append([words.index(word) for word in words])
    return np.array(columns).T


def _own_word(model: Game, player: int, name: str) -> tuple[bytes, float]:
    """Return what a party says of its own tastes, patience included, to compare."""
    patience = getattr(model, "discount", None)
    values = flat_blocks(model)[f"tastes[{name}]"].values + 0.0
    return values.tobytes(), 1.0 if patience is None else float(patience[player])
