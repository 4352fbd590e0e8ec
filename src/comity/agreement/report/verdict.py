"""The verdict: one heading and a paragraph in plain words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.agreement.report.differences import changes, top_difference
from comity.agreement.report.findings import Findings
from comity.agreement.report.pieces import values, what
from comity.agreement.report.sets import views_that_fit
from comity.agreement.report.words import is_lottery, play_lines
from comity.agreement.results import Certificate
from comity.core import Certified
from comity.core.page.words import certified, clean, ended, listed, number, signed
from comity.games import Game


@dataclass(frozen=True)
class Verdict:
    """The answer in words.

    Attributes
    ----------
    tone : ``holds``, ``fragile``, ``none`` (no deal is possible) or ``dead`` (one was refused).
    heading : one sentence or two.
    points : (what it is about, one or two sentences), in the order of the story.
    """

    tone: str
    heading: str
    points: tuple[tuple[str, str], ...]


def verdict(findings: Findings) -> Verdict:
    """Return the verdict on a case."""
    tell = {"agreed": _agreed, "refused": _refused, "declined": _declined, "no gain": _no_gain}
    tone, heading = tell[findings.agreement.status](findings)
    points = [("Without a deal", without_a_deal(findings)), ("What divides them", cause(findings))]
    if findings.agreed:
        points += [
            ("The deal", the_deal(findings)),
            ("What it brings", the_gains(findings)),
            ("Not its own view", behaving(findings)),
            ("Temptation", will_it_hold(findings)),
        ]
    else:
        points.append(("Why there is none", why_not(findings)))
        points.append(("Not its own view", behaving(findings)))
    points.append(("Lying", lying(findings)))
    points.append(("Several views fit", what_to_ask(findings)))
    return Verdict(tone, heading, tuple((what, text) for what, text in points if text))


def _everyone(findings: Findings) -> str:
    return "both" if len(findings.names) == 2 else "all of them"


def _agreed(findings: Findings) -> tuple[str, str]:
    losers = [
        name
        for name, gain in zip(findings.names, findings.deal - findings.expected, strict=True)
        if gain < -findings.tolerance
    ]
    tone = "fragile" if findings.breakers and not _binding(findings) else "holds"
    if losers:
        return (
            "fragile",
            f"They agree, but {_list(losers)} {_verb(losers, 'gets less than it')} expected.",
        )
    better = f"There is a deal that is better for {_everyone(findings)}."
    if tone == "fragile":
        return tone, f"{better.removesuffix('.')}, but it would not hold."
    if np.all(findings.deal < findings.expected + findings.tolerance):
        return tone, "They agree, though nobody gains by it."
    if findings.clash:
        return tone, f"They would clash. {better}"
    return tone, better


def _refused(findings: Findings) -> tuple[str, str]:
    refusers = [d.party for d in findings.agreement.decisions if not d.accepts]
    clash = "They would clash, and n" if findings.clash else "N"
    return "dead", f"{clash}o deal comes about: {_list(refusers)} {_verb(refusers, 'refuses')}."


def _declined(findings: Findings) -> tuple[str, str]:
    steps = findings.agreement.transcript
    answers = [step["data"] for step in steps if step["type"] == "participate"]
    absent = [data["party"] for data in answers if not data["answer"]]
    who = _list(absent) if absent else "somebody"
    return "dead", f"No deal comes about: {who} {_verb(absent, 'does')} not take part."


def _no_gain(findings: Findings) -> tuple[str, str]:
    return "none", f"No deal is better for {_everyone(findings)} than going without."


def without_a_deal(findings: Findings) -> str:
    """Return what happens if each follows its own view, against what each expected."""
    lines = play_lines(findings.agreement.case.parties[0].model, findings.without, 2)
    if not lines:
        return ""
    happens = "; ".join(what if often == "always" else f"{often}, {what}" for often, what in lines)
    text = f"Each follows its own view, and this happens: {happens}."
    if findings.surprised:
        pairs = [
            f"{clean(name)} expects {number(e)} and gets {number(a)}"
            for name, e, a in zip(findings.names, findings.expected, findings.apart, strict=True)
            if name in findings.surprised
        ]
        text += f" {listed(pairs)}, by its own reckoning."
    return text


def cause(findings: Findings) -> str:
    """Return the difference between the views that matters most, in words."""
    top = top_difference(findings.comparison)
    if top is None or findings.comparison is None:
        return ""
    case = findings.agreement.case
    stated = zip(case.names, values(case, top), strict=True)
    says = listed([f"{clean(name)} says {value}" for name, value in stated])
    decisive = [d for d in findings.comparison.differences if d.decisive]
    if decisive:
        decides = "makes them clash" if findings.clash else "decides"
        start = f"The one difference that {decides}"
        if len(decisive) > 1:
            start = f"Any one of {len(decisive)} differences decides. The first"
        return f"{start} is {what(case, top)}: {says}."
    if changes(top, findings.tolerance):
        return f"The difference that matters most is {what(case, top)}: {says}."
    return "Their views differ, but no single difference changes what happens."


def the_deal(findings: Findings) -> str:
    """Return the agreed play in a sentence."""
    agreement = findings.agreement
    game = agreement.common or agreement.case.parties[0].model
    lines = play_lines(game, agreement.play, 3)
    if not is_lottery(agreement.play):
        return f"{lines[0][1]}."
    drawn = ". ".join(f"{often[0].upper()}{often[1:]}, {what}" for often, what in lines)
    return f"Drawn by lot. {drawn}."


def the_gains(findings: Findings) -> str:
    """Return what each gains by its own view over what it expects without a deal."""
    gains = [
        f"{clean(name)} {signed(gain)}"
        for name, gain in zip(findings.names, findings.deal - findings.expected, strict=True)
    ]
    return f"{listed(gains)}: by each one's own view, against what it expects without a deal."


def behaving(findings: Findings) -> str:
    """Return who the Case has report something else than its own view, and what that brings."""
    agreement, told = findings.agreement, []
    for k, party in enumerate(agreement.case.parties):
        report = agreement.reports.get(party.name)
        if party.kind == "honest" or report is None or same_blocks(report, party.model):
            continue
        start = f"By the Case, {clean(party.name)} is {party.kind}: what it reports is not its view"
        if not findings.scenarios:
            told.append(f"{start}.")
            continue
        moved = float(findings.deal[k] - findings.scenarios[0].payoffs[k])
        gain = "nothing" if abs(moved) <= findings.tolerance else signed(moved)
        told.append(f"{start}. Against all being honest that brings it {gain}.")
    return " ".join(told)


def same_blocks(report: Game, view: Game) -> bool:
    """Return whether a report states what a view holds, block by block."""
    stated, held = report.blocks(), view.blocks()
    return all(np.array_equal(stated[n].values, held[n].values) for n in held if n in stated)


def _binding(findings: Findings) -> bool:
    return findings.agreement.case.constitution.enforcement == "binding"


def will_it_hold(findings: Findings) -> str:
    """Return whether somebody would gain by breaking the deal, and what stands against it."""
    gains = findings.breaking("own")
    if not gains:
        return "Whether it would hold cannot be told: breaking it has no meaning here."
    if not findings.breakers:
        return "It holds by itself: nobody would gain by breaking it."
    tempted = [f"{clean(n)} would gain {certified(gains[n])}" for n in findings.breakers]
    if _binding(findings):
        return f"It holds because it is enforced (binding): {listed(tempted)} by breaking it."
    return f"It would not hold: {listed(tempted)} by breaking it, and nothing binds them."


def why_not(findings: Findings) -> str:
    """Return the reasons of those who refused."""
    if findings.agreement.status == "no gain":
        return "Every outcome leaves somebody no better off than the point they bargain from."
    reasons = [
        f"{clean(d.party)}: {clean(' '.join(d.reasons))}"
        for d in findings.agreement.decisions
        if not d.accepts
    ]
    return " ".join(map(ended, reasons))


def what_to_ask(findings: Findings) -> str:
    """Return which views fit whom and what to ask, where a party has several."""
    advice = findings.inquiry.sentence if findings.inquiry else ""
    return f"{views_that_fit(findings)} {advice}".strip()


def lying(findings: Findings) -> str:
    """Return what lying could gain, by what was found and what was proved."""
    certificate = findings.agreement.certificate
    if findings.lying() and not findings.lies_sought:
        return f"Lies were not looked for.{_limits(certificate)}"
    found = {n: c for n, c in findings.lying().items() if c.kind != "unknown"}
    if not found:
        return ""
    liars = {n: c for n, c in found.items() if c.value > 1e-6}
    bounds = certificate.misreport_bound if certificate else {}
    if not liars:
        proved = all(_none_left(bounds.get(n)) for n in found)
        return "Nobody gains by lying." if proved else "No lie was found that gains anything."
    worst = max(liars, key=lambda n: liars[n].value)
    bound = bounds.get(worst)
    limit = ""
    if bound is not None and bound.kind in {"exact", "upper_bound"}:
        limit = f", and no lie could gain more than {number(bound.value)}"
    known = ""
    if certificate is not None and certificate.information == "interim":
        known = " Both are means over what it believes of the others."
    known = known if limit else known.replace("Both are means", "That is a mean")
    return f"{clean(worst)} could gain {number(liars[worst].value)} by lying{limit}.{known}"


def _limits(certificate: Certificate | None) -> str:
    """Return what is proved of lies that nobody looked for: a bound needs no search."""
    bounds = certificate.misreport_bound if certificate else {}
    proved = {n: c for n, c in bounds.items() if c.kind in {"exact", "upper_bound"}}
    if not proved:
        return ""
    each = listed([f"{clean(n)} more than {number(c.value)}" for n, c in proved.items()], "or")
    return f" None could gain {each}."


def _none_left(bound: Certified | None) -> bool:
    return bound is not None and bound.kind in {"exact", "upper_bound"} and bound.value <= 1e-6


def _verb(subjects: list[str], singular: str) -> str:
    """Return a verb in the number of its subjects."""
    plural = {"does": "do", "gets less than it": "get less than they", "refuses": "refuse"}
    return plural[singular] if len(subjects) > 1 else singular


def _list(names: list[str]) -> str:
    return listed([clean(n) for n in names])
