"""One self-contained page that tells the story of an agreement."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from comity.agreement.report.differences import rows
from comity.agreement.report.findings import Findings
from comity.agreement.report.gather import own_defaults
from comity.agreement.report.notes import assumptions, limits, rules_fixed
from comity.agreement.report.pictures import pictures
from comity.agreement.report.sets import HEADING, several
from comity.agreement.report.switch import switch
from comity.agreement.report.tables import (
    breaking_lines,
    certificate_lines,
    effects,
    lying_lines,
    study_notes,
    study_table,
    threats,
)
from comity.agreement.report.verdict import lying, verdict, will_it_hold
from comity.agreement.report.views import cards
from comity.core import write_atomic
from comity.core.page.page import render
from comity.core.page.words import clean, counted
from comity.games import NormalForm

COUNTS = {2: "Two views", 3: "Three views", 4: "Four views", 5: "Five views"}

INFORMATION = {
    "ex post": ", knowing everything the others say",
    "interim": ", by what it believes of the others",
    "ex ante": ", before it knows its own view",
}


def write_page(findings: Findings, path: str | Path, *, seed: int | None = None) -> Path:
    """Write the report page in one step, and return its path."""
    return write_atomic(path, render_page(findings, seed=seed))


def render_page(findings: Findings, *, seed: int | None = None) -> str:
    """Return the report as one HTML page that needs nothing else.

    The same findings give the same page, byte for byte. All names are escaped, scripts and
    styles are allowed by their hash alone, and nothing is asked of any network.
    """
    shown = pictures(findings)
    choices = switch(findings, shown)
    context = _opening(findings) | _views(findings) | _certificate(findings)
    context |= choices.context | shown.context
    return render("comity.agreement.report", choices.data, seed, context)


def _opening(findings: Findings) -> dict[str, Any]:
    case = findings.agreement.case
    count = len(case.names)
    return {
        "title": clean(case.title) or "A case without a title",
        "summary": clean(case.summary),
        "sources": [clean(source) for source in case.sources],
        "names": [clean(name) for name in case.names],
        "count_words": COUNTS.get(count, f"{count} views"),
        "verdict": verdict(findings),
    }


def _views(findings: Findings) -> dict[str, Any]:
    case = findings.agreement.case
    model = case.parties[0].model
    shown = cards(findings, own_defaults(case))
    found = rows(case, findings.comparison, findings.tolerance)
    actions = model.actions if isinstance(model, NormalForm) else ((), ())
    both = "both" if len(case.names) == 2 else "all"
    return {
        "cards": shown,
        "rows": found,
        "shown_rows": min(6, max(3, sum(not row.idle for row in found))),
        "columns": [clean(a) for a in actions[1]],
        "rows_of": [clean(a) for a in actions[0]],
        "has_tables": any(card.table for card in shown),
        "any_matters": any(c.matters for card in shown for row in card.table for c in row),
        "views_heading": f"{COUNTS.get(len(case.names), 'The views')}, side by side",
        "views_intro": f"The same situation as each of them sees it. Neither view is the truth; "
        f"{both} may be wrong."
        if both == "both"
        else "The same situation as each of them sees it. None is the truth; all may be wrong.",
    }


def _certificate(findings: Findings) -> dict[str, Any]:
    agreement = findings.agreement
    information = agreement.certificate.information if agreement.certificate else ""
    return {
        "breaking": breaking_lines(findings) if findings.agreed else [],
        "breaking_words": will_it_hold(findings)
        if findings.agreed
        else "There is no deal to break.",
        "lying": lying_lines(findings),
        "lying_words": lying(findings) or "What lying could gain was not worked out.",
        "information_words": INFORMATION.get(information, ""),
        "several": several(findings),
        "several_heading": HEADING,
        "effects": effects(findings),
        "bystanders": bool(agreement.case.bystanders),
        "threats": threats(findings),
        "certificate": certificate_lines(findings),
        "assumptions": assumptions(findings),
        "rules_fixed": rules_fixed(agreement.case),
        "limits": limits(findings),
        "transcript_hash": agreement.transcript[-1].get("hash", "") if agreement.transcript else "",
        "study_table": study_table(findings.study) if findings.study else None,
        "study_notes": study_notes(findings.study) if findings.study else [],
        "study_intro": _study_intro(findings),
    }


def _study_intro(findings: Findings) -> str:
    if findings.study is None:
        return ""
    return (
        f"Over {counted(findings.study.draws, 'imagined truth')}: what each sees is the truth and "
        "noise, as the case declares it. Every figure is an estimate, with its 95% interval."
    )
