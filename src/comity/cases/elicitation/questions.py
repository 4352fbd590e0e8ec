"""What an interview asks, in what order, and the Case it drafts from the answers."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np

from comity.cases.cells import SEPARATOR
from comity.cases.elicitation.answers import DIRECTIONS, Question, by_size, numeric
from comity.cases.elicitation.drafting import (
    LONGEST_LIST,
    SCALE,
    Draft,
    Subject,
    entry,
    explain,
    rules,
)
from comity.cases.elicitation.scales import (
    Groups,
    direct,
    from_order,
    spread_out,
    swing_weights,
    weighted,
)
from comity.cases.elicitation.utilities import SURENESS, rank_order_weights
from comity.cases.faults import dotted
from comity.cases.numbers import written
from comity.core.errors import InputError

Asking = Generator[Question, Any, Any]

MOST_OUTCOMES = 16
NO_IDEA = "no idea"


def script(draft: Draft, given: Mapping[str, str]) -> Asking:
    """Yield all questions; receive their parsed answers; fill the draft."""
    title = yield Question("title", "In a few words: what is this about?", hint="The rent")
    parties = yield Question(
        "parties", "Who decides? Name them, with commas.", "names", hint="Ana, Bo"
    )
    if len(parties) < 2:
        raise InputError(
            "an agreement needs two parties or more", place="parties", found=len(parties)
        )
    outside = yield Question(
        "bystanders",
        "Who is affected but does not decide? Leave empty if nobody.",
        "names",
        default="",
        hint="the neighbours",
    )
    bystanders = tuple(outside or ())
    subject = yield from _frame(draft, str(title), parties, bystanders)
    draft.data["models"] = {}
    for party in parties:
        yield from _model(draft, given, party, parties, bystanders, subject)
    _widen_blanks(draft)
    rules(draft, subject)
    explain(draft, parties)


def _frame(draft: Draft, title: str, parties: Sequence[str], bystanders: Sequence[str]) -> Asking:
    kind = yield Question(
        "kind",
        "Is there something to settle between them, or does each choose what to do?",
        "choice",
        ("settle", "act"),
        hint="settle: a rent, a plan; act: stay or go",
    )
    frame: dict[str, Any] = {"players": list(parties)}
    if bystanders:
        frame["bystanders"] = list(bystanders)
    draft.data |= {"comity": 1, "title": title, "frame": frame}
    if kind == "settle":
        return (yield from _issues(frame))
    return (yield from _actions(frame, parties))


def _issues(frame: dict[str, Any]) -> Asking:
    names = yield Question(
        "issues",
        "What is to be settled? Name each thing, with commas.",
        "names",
        hint="rent, big room",
    )
    parts, frame["issues"] = {}, {}
    for issue in names:
        options = yield Question(
            dotted("options", issue),
            f"What can {issue!r} be?",
            "options",
            hint="800, 900, 1000 or: 1 to 10",
        )
        listed = not isinstance(options, dict)
        frame["issues"][issue] = list(options) if listed else options
        parts[issue] = tuple(options) if listed else _stretch(options["range"])
    return Subject(True, parts)


def _stretch(limits: Sequence[int]) -> tuple[str, ...]:
    low, high, step = (*limits, 1)[:3]
    if (high - low) // step > 1_000:
        raise InputError(
            "the range is too long to ask about",
            found=f"{low} to {high}",
            expected="at most 1000 steps",
        )
    return tuple(map(str, range(low, high + 1, step)))


def _actions(frame: dict[str, Any], parties: Sequence[str]) -> Asking:
    frame["actions"] = {}
    for party in parties:
        names = yield Question(
            dotted("actions", party), f"What can {party} do?", "names", hint="stay, go"
        )
        frame["actions"][party] = list(names)
    outcomes = tuple(SEPARATOR.join(each) for each in product(*frame["actions"].values()))
    if len(outcomes) > MOST_OUTCOMES:
        raise InputError(
            "too many outcomes to ask about one by one",
            place="actions",
            found=len(outcomes),
            expected=f"at most {MOST_OUTCOMES}",
        )
    return Subject(False, {"outcomes": outcomes})


def _model(
    draft: Draft,
    given: Mapping[str, str],
    party: str,
    parties: Sequence[str],
    bystanders: Sequence[str],
    subject: Subject,
) -> Asking:
    own, orders = yield from _own(draft, given, party, subject)
    model: dict[str, Any] = {"tastes": {party: entry(own.values, subject)}}
    draft.data["models"][party] = model
    spreads: dict[str, Any] = {}
    draft.tops[party] = own.top / len(subject.parts)
    if own.unsure:
        spreads[party] = entry(own.sds, subject)
    if subject.settle:
        stated = yield Question(
            dotted(party, "no_deal"),
            f"If nothing is agreed, how good is that for {party}, from 0 (everything at its "
            f"worst) to {own.top:g} (everything at its best)?",
            "number",
            default="0",
            hint="20",
            unsaid=f"What no deal is worth to {party} was not stated: 0.",
        )
        model["tastes"][party]["no_deal"] = written(stated)
    for other in parties:
        if other != party:
            yield from _guess(model, spreads, party, other, orders, subject)
    for name in bystanders:
        yield from _outsider(draft, given, party, name, subject)
    if spreads:
        model["uncertainty"] = {"tastes": spreads}


def _own(draft: Draft, given: Mapping[str, str], party: str, subject: Subject) -> Asking:
    """Ask one party about itself: numbers where it has them, else orders, ratings and ratios."""
    keys = {part: dotted(party, "values", part) for part in subject.parts}
    orders_of = [dotted(party, "order", part) for part in subject.parts]
    _check_one_way(given, [*keys.values()], [*orders_of, dotted(party, "swing")], party)
    if any(key in given for key in keys.values()):
        numbers = []
        for part, options in subject.parts.items():
            numbers.append(
                (
                    yield Question(
                        keys[part],
                        f"What is each option of {part!r} worth to {party}?",
                        "numbers",
                        options,
                        hint="10, 5, 0",
                    )
                )
            )
        return direct(subject.parts, numbers), {}
    ratings, orders = [], {}
    for part, options in subject.parts.items():
        groups = yield from _order_of(party, part, options, subject)
        orders[part] = groups
        ratings.append((yield from _ratings(draft, party, part, groups, options)))
    if len(ratings) == 1:
        return spread_out(subject.parts, ratings, SCALE), orders
    weights = yield from _weights(draft, party, tuple(subject.parts))
    return weighted(subject.parts, ratings, weights, SCALE), orders


def _check_one_way(
    given: Mapping[str, str], numbers: Sequence[str], orders: Sequence[str], whose: str
) -> None:
    """Raise where somebody's numbers for one issue would meet an order of another."""
    ordered = [key for key in orders if key in given]
    if ordered and any(key in given for key in numbers):
        raise InputError(
            "numbers and orders have no common scale",
            place=ordered[0],
            found=f"both for {whose}",
            expected=f"numbers for everything, or orders for everything, of {whose}",
        )


def _order_of(party: str, part: str, options: tuple[str, ...], subject: Subject) -> Asking:
    key = dotted(party, "order", part)
    what = f"options of {part!r}" if subject.settle else "outcomes"
    order = Question(
        key,
        f"Put the {what} in order for {party}, best first.{_invitation(options)}",
        "order",
        options,
        hint=" > ".join(str(k + 1) for k in range(min(3, len(options)))),
    )
    return (yield from _order_or_end(order, f"which does {party} want?", part, subject))


def _order_or_end(order: Question, which: str, part: str, subject: Subject) -> Asking:
    """Ask for an order of options; of many numbers, only which end is wanted."""
    if len(order.options) <= LONGEST_LIST or not numeric(order.options):
        return (yield order)
    usual = "" if order.default == "" else None
    way = yield Question(
        order.key, f"Of {part!r}, {which}", "choice", DIRECTIONS, default=usual, hint=DIRECTIONS[0]
    )
    return None if way is None else by_size(order.options, way)


def _invitation(options: Sequence[str]) -> str:
    """Return how else numbers can be put in order."""
    return f" Or say: {', or '.join(DIRECTIONS)}." if numeric(options) else ""


def _percentage(key: str, words: str) -> Question:
    words += " Leave empty if you cannot say."
    return Question(key, words, "number", default="", low=0, high=100, hint="60")


def _ratings(
    draft: Draft, party: str, part: str, groups: Groups, options: tuple[str, ...]
) -> Asking:
    """Ask how good the middle options are, and once as a gamble, which checks the answer."""
    rated: list[tuple[int, float]] = []
    middle = range(1, len(groups) - 1) if len(groups) <= MOST_OUTCOMES else range(0)
    best, worst = groups[0][0], groups[-1][0]
    for k in middle:
        name = groups[k][0]
        said = yield _percentage(
            dotted(party, "rate", part, name),
            f"For {party}, if {best!r} is 100 and {worst!r} is 0: how good is {name!r}?",
        )
        if said is not None:
            rated.append((k, said / 100))
    if rated:
        k = rated[len(rated) // 2][0]
        name = groups[k][0]
        said = yield _percentage(
            dotted(party, "gamble", part, name),
            f"A check: {party} gets {name!r} for sure, or draws a lot for {best!r}, else "
            f"{worst!r}. At what chance of {best!r}, in percent, are both equally good?",
        )
        rated += [] if said is None else [(k, said / 100)]
    scale, notes = from_order(groups, rated, options, f"{party} on {part!r}")
    for note in notes:
        draft.assume(note)
    return scale


def _weights(draft: Draft, party: str, parts: tuple[str, ...]) -> Asking:
    """Ask which issue matters most from worst to best, and by how much: swing weights."""
    groups = yield Question(
        dotted(party, "swing"),
        f"Suppose everything is at its worst for {party}. Which issue should change to its best "
        "first, which next? Most wanted first.",
        "order",
        parts,
        hint=" > ".join(parts[:3]),
    )
    order = [part for group in groups for part in group]
    points: list[float | None] = []
    for part in order[1:]:
        points.append(
            (
                yield Question(
                    dotted(party, "points", part),
                    f"If changing {order[0]!r} from worst to best is worth 100 to {party}, what is "
                    f"changing {part!r} worth? Leave empty if you cannot say.",
                    "number",
                    default="",
                    low=1,
                    high=1000,
                    hint="50",
                )
            )
        )
    check = None
    if len(order) > 2 and any(point is not None for point in points):
        check = yield Question(
            dotted(party, "times"),
            f"A check: how many times as much is changing {order[1]!r} worth to {party} as "
            f"changing {order[2]!r}? Leave empty if you cannot say.",
            "number",
            default="",
            low=0.001,
            high=1000,
            hint="2",
        )
    fit, notes = swing_weights(parts, groups, points, check, party)
    for note in notes:
        draft.assume(note)
    return fit


def _guess(
    model: dict[str, Any],
    spreads: dict[str, Any],
    party: str,
    other: str,
    orders: Mapping[str, Groups],
    subject: Subject,
) -> Asking:
    """Ask what a party thinks another wants, and how sure it is."""
    sure = yield Question(
        dotted(party, "sure", other),
        f"How sure is {party} about what {other} wants?",
        "choice",
        (*SURENESS, NO_IDEA),
        default=NO_IDEA,
    )
    if sure == NO_IDEA:
        spreads[other] = NO_IDEA
        return
    scales = []
    for part, options in subject.parts.items():
        opposite = _said(orders[part][::-1]) if part in orders else None
        groups = yield from _guessed_order(party, other, part, options, opposite, subject)
        scales.append(from_order(groups, (), options, "")[0])
    parts = tuple(subject.parts)
    if len(parts) == 1:
        guess = spread_out(subject.parts, scales, SCALE)
    else:
        order = yield Question(
            dotted(party, "guess", other, "swing"),
            f"What does {party} think matters most to {other}? Most wanted first.",
            "order",
            parts,
            hint=" > ".join(parts[:3]),
        )
        fit, _ = swing_weights(parts, order, [None] * (len(parts) - 1), None, other)
        guess = weighted(subject.parts, scales, fit, SCALE)
        if SURENESS[sure] >= SURENESS["not sure"] and len(parts) <= 4:
            swings = rank_order_weights(len(parts)).values * SCALE
            model["beliefs"] = [
                *model.get("beliefs", []),
                {
                    "about": other,
                    "any_order_of": [written(round(float(s), 1)) for s in swings],
                },
            ]
    model["tastes"][other] = entry(guess.values, subject)
    spreads[other] = entry(
        [np.full(len(v), SURENESS[sure] * v.max()) for v in guess.values], subject
    )


def _said(groups: Groups) -> str:
    """Return an order as an answer would give it."""
    return " > ".join(" = ".join(group) for group in groups)


def _guessed_order(
    party: str,
    other: str,
    part: str,
    options: tuple[str, ...],
    opposite: str | None,
    subject: Subject,
) -> Asking:
    key = dotted(party, "guess", other, "order", part)
    order = Question(
        key,
        f"How does {party} think {other} orders {part!r}, best first?{_invitation(options)}",
        "order",
        options,
        default=opposite if subject.settle else None,
        hint="empty: the opposite" if opposite and subject.settle else "1 > 2 > 3",
    )
    which = f"which does {party} think {other} wants?"
    return (yield from _order_or_end(order, which, part, subject))


def _outsider(
    draft: Draft, given: Mapping[str, str], party: str, name: str, subject: Subject
) -> Asking:
    """Ask how someone who does not decide fares, as one party sees it."""
    numbers = [dotted(party, "effects", name, part) for part in subject.parts]
    orders = [dotted(party, "fares", name, part) for part in subject.parts]
    _check_one_way(given, numbers, orders, name)
    ask = _effects if any(key in given for key in numbers) else _fares
    values, unsaid = [], []
    for part, options in subject.parts.items():
        said = yield from ask(party, name, part, options, subject)
        unsaid += [part] if said is None else []
        values.append(np.zeros(len(options)) if said is None else np.asarray(said, dtype=float))
    draft.data["models"][party]["tastes"][name] = entry(values, subject)
    if unsaid:
        draft.leave_out(party, name, unsaid if len(unsaid) < len(subject.parts) else ())


def _effects(
    party: str, name: str, part: str, options: tuple[str, ...], subject: Subject
) -> Asking:
    words = f"As {party} sees it, what is each option of {part!r} worth to {name}?"
    key = dotted(party, "effects", name, part)
    return (yield Question(key, words, "numbers", options, default="", hint="0, 5, 10"))


def _fares(party: str, name: str, part: str, options: tuple[str, ...], subject: Subject) -> Asking:
    order = Question(
        dotted(party, "fares", name, part),
        f"As {party} sees it, how good is {part!r} for {name}? Best first; leave empty if it "
        f"makes no difference.{_invitation(options)}",
        "order",
        options,
        default="",
        hint="1 > 2",
    )
    which = (
        f"which is better for {name}, as {party} sees it? Leave empty if it makes no difference."
    )
    groups = yield from _order_or_end(order, which, part, subject)
    if groups is None:
        return None
    return from_order(groups, (), options, "")[0].values[0] * SCALE / len(subject.parts)


def _widen_blanks(draft: Draft) -> None:
    """Where a party has no idea, the other's own word is used: as unsure as a guess can be."""
    for model in draft.data["models"].values():
        tastes = model.get("uncertainty", {}).get("tastes", {})
        for other, spread in tastes.items():
            if spread == NO_IDEA:
                tastes[other] = written(round(SURENESS["guessing"] * draft.tops[other], 2))
