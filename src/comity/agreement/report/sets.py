"""Where a view is one of several that fit: what the deal risks, what risks least, what to ask."""

from __future__ import annotations

from dataclasses import dataclass

from comity.agreement.report.findings import Findings
from comity.agreement.report.words import is_lottery, play_sentence
from comity.agreement.robustness.minimax import Drawn
from comity.core import Certified
from comity.core.page.words import certified, chance, clean, listed, number

HEADING = "If a view is another one that fits"

REGRET = (
    "Regret is what a party would have got besides, had the views been known; gains are over what "
    "it expects without a deal."
)


@dataclass(frozen=True)
class Risk:
    """What one party risks over the views that fit, in its own units, at its worst.

    Attributes
    ----------
    who : the party.
    regret, gain : of the deal.
    least_regret, least_gain : of what risks least.
    """

    who: str
    regret: str
    gain: str
    least_regret: str
    least_gain: str


@dataclass(frozen=True)
class Several:
    """What page and terminal tell of a Case in which a party has several views.

    Attributes
    ----------
    intro : which views fit whom, and what the figures are.
    risks : one per party; none where there is no certificate.
    drawn : what risks least, as (how often, what, who refuses it where).
    words : how much that risks, against the deal.
    question : what to ask.
    """

    intro: str
    risks: tuple[Risk, ...]
    drawn: tuple[tuple[str, str, str], ...]
    words: str
    question: str


MOST_NAMED = 3
"""Most members that are named where a play is refused."""

TITLES = ("", "deal: regret", "deal: gain", "drawn: regret", "drawn: gain")
"""Titles of the columns of `risk_rows`."""


def several(findings: Findings) -> Several | None:
    """Return what to tell of the views that fit; ``None`` where each party has one."""
    told = views_that_fit(findings)
    if not told:
        return None
    return Several(
        f"{told} The deal rests on the central views. {REGRET}",
        _risks(findings),
        _drawn(findings),
        _words(findings),
        findings.inquiry.sentence if findings.inquiry else "",
    )


def views_that_fit(findings: Findings) -> str:
    """Return which views fit which party, in a sentence; nothing where each has one."""
    held = [
        f"of {clean(party.name)} {listed([f'“{clean(view)}”' for view in party.views])}"
        for party in findings.agreement.case.parties
        if party.alternatives
    ]
    return f"What is known fits several views: {'; '.join(held)}." if held else ""


def risk_rows(told: Several) -> list[tuple[str, ...]]:
    """Return the risks as rows of a table."""
    return [(r.who, r.regret, r.gain, r.least_regret, r.least_gain) for r in told.risks]


def _risks(findings: Findings) -> tuple[Risk, ...]:
    certificate, least = findings.agreement.certificate, findings.regret
    if certificate is None or certificate.robustness is None:
        return ()
    none = Certified.unknown("not worked out")
    found = []
    for name, figures in certificate.robustness.items():
        regret = least.largest_regret[name] if least else none
        gain = least.worst_gain[name] if least else none
        deal = (figures["largest_regret"], figures["worst_gain"])
        found.append(Risk(clean(name), *map(certified, (*deal, regret, gain))))
    return tuple(found)


def _drawn(findings: Findings) -> tuple[tuple[str, str, str], ...]:
    if findings.regret is None:
        return ()
    return tuple(
        (chance(draw.probability), _what(findings, draw), _refused(draw))
        for draw in findings.regret.draws
    )


def _what(findings: Findings, draw: Drawn) -> str:
    if draw.play is None:
        return "no deal"
    told = play_sentence(findings.agreement.case.parties[0].model, draw.play)
    return f"a lottery ({told})" if is_lottery(draw.play) else told


def _refused(draw: Drawn) -> str:
    named = [f"“{clean(member)}”" for member in draw.refused_in[:MOST_NAMED]]
    more = len(draw.refused_in) - len(named)
    named += [f"{more} more"] if more else []
    return f"refused in {listed(named)}" if named else ""


def _words(findings: Findings) -> str:
    least = findings.regret
    if least is None:
        return "There are too many combinations of views to work out what risks least."
    risk, now = number(least.regret.value), number(least.central_regret.value)
    safe = "never leaves anybody below what it expects without a deal"
    short = "may leave somebody below what it expects without a deal"
    return (
        f"The largest regret of this is {risk} of what a party has at stake, against {now} of what "
        f"the central views lead to; it {safe if least.never_below_default else short}."
    )
