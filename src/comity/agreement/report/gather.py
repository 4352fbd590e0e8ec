"""Collect what a report is about: solutions beside the one chosen, what-ifs, what each expects."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING

from comity.agreement.defaults import default_play
from comity.agreement.proposal import propose
from comity.agreement.report.findings import NOT_SOUGHT, Findings
from comity.agreement.report.lies import Lie, lies
from comity.agreement.report.scenarios import scenarios
from comity.agreement.report.settings import settings
from comity.agreement.results import Agreement, Comparison
from comity.agreement.robustness.members import has_alternatives
from comity.agreement.robustness.minimax import MinimaxRegret, least_regret
from comity.agreement.robustness.question import Inquiry, inquire
from comity.agreement.robustness.regret import regret_table
from comity.agreement.settle import Table
from comity.cases import Case
from comity.cases.constitution import SolutionName
from comity.core.errors import ComityError
from comity.games import Play

if TYPE_CHECKING:
    from comity.agreement.studies.study import Study

BESIDE: tuple[SolutionName, ...] = ("nash", "kalai-smorodinsky", "egalitarian", "utilitarian")
"""Solution notions that the picture shows beside the one the constitution names."""


def gather(
    agreement: Agreement,
    comparison: Comparison | None = None,
    study: Study | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Findings:
    """Return the findings on an agreement, with the what-ifs worked out.

    ``progress(done, steps)`` is called after each run of the protocol.
    """
    table = Table.of(agreement.case)
    under = settings(table)
    regret, inquiry = _over_the_views(agreement.case)
    return Findings(
        agreement=agreement,
        comparison=comparison,
        expected=table.promised,
        without=table.default,
        solutions=solutions_beside(agreement.case),
        settings=under,
        scenarios=scenarios(table, under, _lies(agreement, table), progress),
        study=study,
        regret=regret,
        inquiry=inquiry,
    )


def _over_the_views(case: Case) -> tuple[MinimaxRegret, Inquiry] | tuple[None, None]:
    """Return what risks least over the views that fit, and what to ask; nothing if they are one."""
    if not has_alternatives(case):
        return None, None
    try:
        table = regret_table(case)
    except ComityError:
        # The certificate says why.
        return None, None
    return least_regret(table, case), inquire(table, case)


def _lies(agreement: Agreement, table: Table) -> list[Lie]:
    """Return the lies to show; none is called the best where nobody looked for one."""
    certificate = agreement.certificate
    known = certificate.misreport_report if certificate else None
    found = certificate.misreport_found.values() if certificate else ()
    unsought = bool(found) and all(figure.method == NOT_SOUGHT for figure in found)
    interim = certificate is not None and certificate.information == "interim"
    shown = lies(table, known, as_stated=interim)
    return [lie for lie in shown if not (unsought and lie.kind == "best")]


def solutions_beside(case: Case) -> dict[str, Play]:
    """Return what each solution notion would choose from honest reports, where it applies."""
    found: dict[str, Play] = {}
    notions: dict[SolutionName, None] = dict.fromkeys((*case.constitution.solution, *BESIDE))
    for notion in notions:
        rules = dataclasses.replace(case.constitution, solution=(notion,), acceptable={})
        try:
            play = propose(case.models, rules, case.evidence).solution.play
        except ComityError:
            continue
        if play is not None:
            found[notion] = play
    return found


def own_defaults(case: Case) -> dict[str, Play]:
    """Return what each party expects to be played without a deal, by its own view."""
    plays = {party.name: default_play(party.model, case.constitution) for party in case.parties}
    return {name: play for name, play in plays.items() if play is not None}
