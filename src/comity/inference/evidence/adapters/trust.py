"""Trust games: an investor sends part of an endowment, it grows, a trustee returns part of it."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from comity.core.choices import check_choice
from comity.inference.evidence.adapters.adapter import Adapter
from comity.inference.evidence.adapters.roles import POSITION, in_role
from comity.inference.evidence.building import Builder
from comity.inference.evidence.columns import GAME, ORDER, PERSON, SEQUENCE, STUDY, Column
from comity.inference.evidence.menus import Steps, amount_names, check_count, shares_of
from comity.inference.evidence.reading import Source
from comity.inference.evidence.sheet import Sheet, open_sheet
from comity.inference.evidence.situations import Situation
from comity.inference.evidence.table import Evidence
from comity.inference.evidence.words import counted

RECIPIENTS = {"trustee": ("trustee", "investor"), "investor": ("investor", "trustee")}
MOST_SHARES = 101
POSITIONS = {
    "investor": ("investor", "trustor", "sender", "first", "1"),
    "trustee": ("trustee", "receiver", "second", "2"),
}

COLUMNS = (
    Column(
        "person",
        "the trustee, or who decides where a position says its role",
        also=("trustee", *PERSON.also),
    ),
    Column("investor", "who invested, where one row holds both decisions", False),
    POSITION,
    STUDY,
    SEQUENCE,
    ORDER,
    GAME,
    Column("invested", "the amount sent", also=("sent", "sent_amount", "inv")),
    Column("returned", "the amount sent back", False, ("sent_back", "sent_back_amount", "ret")),
    Column("multiplier", "by how much the amount sent grew"),
    Column("endowment", "of the investor"),
    Column("trustee_endowment", "what the trustee has besides", False),
    Column("believed", "the growth that the investor believes in, where it may differ", False),
    Column("expected", "what the trustee thinks that the investor expects back", False),
)

Role = Literal["all", "trustee", "investor"]


def trust(
    data: Source,
    *,
    role: Role = "all",
    step: float = 1.0,
    grid: int | None = None,
    shares: int = 11,
    strategy: str | None = None,
    **given: Any,
) -> Evidence:
    """Return play of trust games (Berg, Dickhaut and McCabe 1995, GEB 10).

    Parameters
    ----------
    data : a table with one play a row: what was invested, what was returned.
    role : whose decisions to read.
    step, grid : how finely amounts are parted; see `Steps`.
    shares : number of shares of what it gets that the trustee may be thought to return, from
        none to all: the contingencies of the investor.
    strategy : name of the columns of a strategy method, ``returned_{}``, in which ``{}`` stands
        for the amount invested: what the trustee would return of it.
    given : where the columns are (`COLUMNS`), and options of every adapter (`open_sheet`).

    The trustee knows by how much the amount grew; where the investor ``believed`` something else,
    as in the hidden multiplier game of van Baar, Chang and Sanfey (2019, Nature Communications
    10), its history has ``multiplier``, ``believed_multiplier`` and ``believed_received`` beside
    ``invested`` and ``received``. What it thinks that the investor expects stands among its
    beliefs: ``expected`` back, ``expected_share`` of what the investor believes that there is, and
    ``expected_payoff`` of the investor in all. A trustee that got nothing has nothing to decide.
    The investor's shares are as frequent as in the data.
    """
    check_choice(role, ("all", "trustee", "investor"), "no such role", "role")
    check_count(shares, MOST_SHARES, "shares")
    sheet = open_sheet(data, COLUMNS, given)
    builder = Builder(sheet)
    steps = Steps(step, grid)
    told_apart = "investor" in sheet or "position" in sheet
    answers = strategy is not None or "returned" in sheet
    if role == "investor" or (role == "all" and (told_apart or not answers)):
        _add_investors(builder, sheet, steps, shares)
    if role != "investor" and strategy is not None:
        _add_strategies(builder, sheet, steps, strategy)
    elif role != "investor" and answers:
        _add_trustees(builder, sheet, steps, "invested", "returned")
    return builder.evidence()


def _add_trustees(
    builder: Builder, sheet: Sheet, steps: Steps, invested_column: str, returned_column: str
) -> None:
    part = in_role(sheet, "trustee", POSITIONS)
    endowment = part.numbers("endowment", low=0)
    invested = part.numbers(invested_column, low=0)
    _check_invested(part, invested_column, invested, endowment)
    multiplier = part.numbers("multiplier", low=0)
    own = part.numbers("trustee_endowment") if "trustee_endowment" in part else 0 * invested
    received = invested * multiplier
    part.set_aside(received == 0, "in {rows} the trustee got nothing and has no choice")
    choice = steps.places(part, returned_column, received)
    history = {"invested": invested, "received": received, "multiplier": multiplier}
    beliefs: dict[str, np.ndarray] = {}
    if "believed" in part:
        history["believed_multiplier"] = part.numbers("believed", low=0)
        history["believed_received"] = invested * history["believed_multiplier"]
    if "expected" in part:
        beliefs = _expectations(part, history, endowment)

    def make(row: int) -> Situation:
        amounts = steps.amounts(received[row])
        kept = own[row] + received[row] - amounts
        other = endowment[row] - invested[row] + amounts
        return Situation(
            amount_names(amounts),
            np.stack([kept, other], axis=-1),
            RECIPIENTS["trustee"],
            history={name: float(column[row]) for name, column in history.items()},
            beliefs={name: float(column[row]) for name, column in beliefs.items()},
            name=f"return of {received[row]:g} when {invested[row]:g} were sent",
        )

    builder.add(
        part,
        key=[endowment, own, *history.values(), *beliefs.values()],
        make=make,
        choice=choice,
        game=part.names("game") if "game" in part else _trustee_games(history),
        sequence=part.names("sequence") if "sequence" in part else None,
    )


def _expectations(
    part: Sheet, history: dict[str, np.ndarray], endowment: np.ndarray
) -> dict[str, np.ndarray]:
    """Return what the trustee thinks that the investor expects, in three measures."""
    expected = part.numbers("expected", low=0)
    most = history.get("believed_received", history["received"])
    beyond = int(((expected > most) & part.alive).sum())
    if beyond:
        part.assumptions.append(
            f"{part.title('expected')}: in {counted(beyond, 'row')} more is expected than the "
            "investor believes that there is; kept as stated"
        )
    share = np.divide(expected, most, out=np.zeros(len(most)), where=most > 0)
    return {
        "expected": expected,
        "expected_share": share,
        "expected_payoff": endowment - history["invested"] + expected,
    }


def _trustee_games(history: dict[str, np.ndarray]) -> str | np.ndarray:
    if "believed_multiplier" not in history:
        return "trustee"
    pairs = zip(history["multiplier"], history["believed_multiplier"], strict=True)
    return np.array([f"multiplier {m:g}, believed {b:g}" for m, b in pairs], object)


def _add_strategies(builder: Builder, sheet: Sheet, steps: Steps, pattern: str) -> None:
    """Add the trustees' answers to every amount that might have been invested."""
    for name, invested in sheet.by_amount(pattern, "strategy").items():
        sheet.places[f"invested for {name}"] = invested
        _add_trustees(builder, sheet, steps, f"invested for {name}", name)


def _add_investors(builder: Builder, sheet: Sheet, steps: Steps, shares: int) -> None:
    part = in_role(sheet, "investor", POSITIONS)
    endowment = part.numbers("endowment", low=0)
    multiplier = part.numbers("believed" if "believed" in part else "multiplier", low=0)
    own = part.numbers("trustee_endowment") if "trustee_endowment" in part else 0 * endowment
    part.set_aside(endowment == 0, "in {rows} the investor has nothing to send")
    choice = steps.places(part, "invested", endowment)
    returned = np.linspace(0, 1, shares)
    seen = _shares_seen(part, shares)
    thought = shares_of(np.bincount(seen[part.alive & (seen >= 0)], minlength=shares))
    how = "as in the data" if (seen[part.alive] >= 0).any() else "even"
    part.assumptions.append(f"what investors expect to get back: {shares} shares, {how}")

    def make(row: int) -> Situation:
        amounts = steps.amounts(endowment[row])[:, None]
        grown = multiplier[row] * amounts
        pay = (endowment[row] - amounts + grown * returned, own[row] + grown * (1 - returned))
        return Situation(
            amount_names(amounts[:, 0]),
            np.stack(pay, axis=-1),
            RECIPIENTS["investor"],
            menus=(tuple(f"{share:.0%} back" for share in returned),),
            contingencies=thought,
            history={"multiplier": multiplier[row]},
            name=f"invest of {endowment[row]:g}",
        )

    builder.add(
        part,
        key=[endowment, multiplier, own],
        make=make,
        choice=choice,
        game=part.names("game") if "game" in part else "investor",
        others=seen,
        person="investor" if "investor" in part else "person",
        sequence=part.names("sequence") if "sequence" in part else None,
    )


def _shares_seen(part: Sheet, shares: int) -> np.ndarray:
    """Return the share that came back as a place among the shares, -1 where nobody knows."""
    if "returned" not in part:
        return np.full(len(part), -1)
    quiet = Sheet(part.frame, part.source, part.places, part.missing, part.alive.copy())
    returned, sent = quiet.numbers("returned", low=0), quiet.numbers("invested", low=0)
    received = sent * quiet.numbers("multiplier", low=0)
    with np.errstate(invalid="ignore"):
        known = (received > 0) & (returned <= received)
    share = np.divide(returned, received, out=np.zeros(len(part)), where=known)
    return np.where(known, np.round(share * (shares - 1)), -1).astype(int)


def _check_invested(part: Sheet, column: str, invested: np.ndarray, endowment: np.ndarray) -> None:
    above = invested > endowment * (1 + 1e-9)
    part.reject(above, "impossible", lambda i: part.tell(column, i, f"0 to {endowment[i]:g}"))


TRUST = Adapter(
    "trust",
    trust,
    COLUMNS,
    RECIPIENTS,
    "an investor sends part of an endowment, it grows, and a trustee returns part of it",
)
