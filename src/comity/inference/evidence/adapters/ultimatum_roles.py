"""The three decisions of ultimatum games: offers, answers to an offer, and thresholds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.inference.evidence.adapters.roles import in_role
from comity.inference.evidence.building import Builder
from comity.inference.evidence.menus import Steps, amount_names, shares_of
from comity.inference.evidence.sheet import Sheet
from comity.inference.evidence.situations import Situation

RECIPIENTS = {
    "proposer": ("proposer", "responder"),
    "responder": ("responder", "proposer"),
}
POSITIONS = {
    "proposer": ("proposer", "first", "1"),
    "responder": ("responder", "second", "2"),
}


@dataclass(eq=False)
class Table:
    """What the decisions of one table share.

    Attributes
    ----------
    builder, sheet : where they are read from and collected.
    steps : of the menus.
    from_data : whether expectations follow what is frequent in the data.
    last_round : see `ultimatum`.
    """

    builder: Builder
    sheet: Sheet
    steps: Steps
    from_data: bool
    last_round: float | None

    def part(self, role: str) -> tuple[Sheet, np.ndarray]:
        """Return the rows of a role in which there is something to divide, and the totals."""
        part = in_role(self.sheet, role, POSITIONS)
        total = part.numbers("total", low=0)
        part.set_aside(total == 0, f"in {{rows}} the {role} has nothing to divide or answer")
        return part, total

    def game(self, part: Sheet, role: str) -> str | np.ndarray:
        """Return the game of each row."""
        return part.names("game") if "game" in part else role

    def sequence(self, part: Sheet) -> np.ndarray | None:
        """Return the sequence of each row, if any."""
        return part.names("sequence") if "sequence" in part else None

    def continues(self, part: Sheet) -> dict[str, np.ndarray]:
        """Return the chance that another round follows, where it is known."""
        if "continues" in part:
            return {"continues": part.numbers("continues", low=0, high=1)}
        if self.last_round is None or "order" not in part:
            return {}
        return {"continues": (part.numbers("order") < self.last_round).astype(float)}

    def prize(self, part: Sheet) -> dict[str, np.ndarray]:
        """Return what being taken for tough would bring, where it is known."""
        return {"prize": part.numbers("prize", low=0)} if "prize" in part else {}

    def expected(
        self, what: str, column: str, role: str, totals: np.ndarray
    ) -> dict[float, np.ndarray]:
        """Return by total how likely each amount of a column is thought to be."""
        sizes = {float(t): len(self.steps.amounts(t)) for t in np.unique(totals)}
        counts = {total: np.zeros(size) for total, size in sizes.items()}
        if self.from_data and column in self.sheet:
            part, total = self.part(role)
            self.sheet.parts.remove(part)
            part.assumptions = []
            places = self.steps.places(part, column, total)
            for i in np.flatnonzero(part.alive):
                if total[i] in counts:
                    counts[total[i]][places[i]] += 1
        known = any(c.any() for c in counts.values())
        words = "as frequent as in the data" if known else "all alike"
        self.sheet.assumptions.append(f"{what} expect {column}s that are {words}")
        return {total: shares_of(count) for total, count in counts.items()}


def add_proposers(table: Table) -> None:
    """Add the offers; the contingencies are the thresholds of the responder."""
    part, total = table.part("proposer")
    choice = table.steps.places(part, "offer", total)
    part.check_sum(total, ("offer", "kept"))
    thought = table.expected("proposers", "threshold", "responder", total[part.alive])

    def make(row: int) -> Situation:
        amounts = table.steps.amounts(total[row])
        names = amount_names(amounts)
        taken = amounts[:, None] >= amounts[None, :]
        pay = (taken * (total[row] - amounts)[:, None], taken * amounts[:, None])
        return Situation(
            names,
            np.stack(pay, axis=-1),
            RECIPIENTS["proposer"],
            menus=(tuple(f"from {name}" for name in names),),
            contingencies=thought[total[row]],
            history={"total": total[row]},
            name=f"offer of {total[row]:g}",
        )

    table.builder.add(
        part,
        key=[total],
        make=make,
        choice=choice,
        game=table.game(part, "proposer"),
        person="proposer" if "proposer" in part else "person",
        sequence=table.sequence(part),
    )


def add_thresholds(table: Table) -> None:
    """Add the least offers accepted; the contingencies are the offers."""
    part, total = table.part("responder")
    choice = table.steps.places(part, "threshold", total)
    thought = table.expected("responders", "offer", "proposer", total[part.alive])
    extra, prize = table.continues(part), table.prize(part)

    def make(row: int) -> Situation:
        amounts = table.steps.amounts(total[row])
        names = amount_names(amounts)
        taken = amounts[None, :] >= amounts[:, None]
        pay = (taken * amounts[None, :], taken * (total[row] - amounts)[None, :])
        seen = {name: float(column[row]) for name, column in extra.items()}
        return Situation(
            tuple(f"from {name}" for name in names),
            np.stack(pay, axis=-1),
            RECIPIENTS["responder"],
            menus=(names,),
            contingencies=thought[total[row]],
            history={"resists": ~taken, "offer": amounts[None, :], "total": total[row], **seen},
            beliefs={name: float(column[row]) for name, column in prize.items()},
            name=f"least offer of {total[row]:g}",
        )

    table.builder.add(
        part,
        key=[total, *extra.values(), *prize.values()],
        make=make,
        choice=choice,
        game=table.game(part, "responder"),
        sequence=table.sequence(part),
    )


def add_responders(table: Table) -> None:
    """Add the answers to an offer that was seen."""
    part, total = table.part("responder")
    offer = part.numbers("offer", low=0)
    above = offer > total * (1 + 1e-9)
    part.reject(above, "impossible", lambda i: part.tell("offer", i, f"0 to {total[i]:g}"))
    part.check_sum(total, ("offer", "kept"))
    accepted = part.flags("accepted")
    extra, prize = table.continues(part), table.prize(part)

    def make(row: int) -> Situation:
        seen = {name: float(column[row]) for name, column in extra.items()}
        return Situation(
            ("accept", "refuse"),
            np.array([[offer[row], total[row] - offer[row]], [0.0, 0.0]]),
            RECIPIENTS["responder"],
            history={
                "resists": np.array([0.0, 1.0]),
                "offer": offer[row],
                "total": total[row],
                **seen,
            },
            beliefs={name: float(column[row]) for name, column in prize.items()},
            name=f"answer to {offer[row]:g} of {total[row]:g}",
        )

    table.builder.add(
        part,
        key=[total, offer, *extra.values(), *prize.values()],
        make=make,
        choice=1 - accepted,
        game=table.game(part, "responder"),
        sequence=table.sequence(part),
    )
