"""One self-contained page that tells the story of an agreement."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.agreement.report.differences import rows
from comity.agreement.report.findings import Findings
from comity.agreement.report.gather import own_defaults
from comity.agreement.report.notes import assumptions, limits, rules_fixed
from comity.agreement.report.pictures import pictures
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
from comity.core.page.words import clean, counted
from comity.games import NormalForm

if TYPE_CHECKING:
    from jinja2 import Environment

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
    from markupsafe import Markup

    style, script = (_template(name).read_text("utf-8") for name in ("page.css", "page.js"))
    shown = pictures(findings)
    choices = switch(findings, shown)
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            css=Markup(style),
            js=Markup(script),
            style_hash=Markup(_hash(style)),
            script_hash=Markup(_hash(script)),
            data=Markup(_embedded(choices.data)),
            version=_version(),
            seed=seed,
            **_opening(findings),
            **_views(findings),
            **_certificate(findings),
            **choices.context,
            **shown.context,
        )
    )


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


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        loader=FunctionLoader(lambda name: _template(name).read_text("utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _template(name: str) -> Traversable:
    return files("comity.agreement.report") / "templates" / name


def _hash(text: str) -> str:
    """Return the source hash by which a content security policy allows an inline text."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _embedded(data: Any) -> str:
    """Return JSON that cannot end the element it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    escapes = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028"}
    for character, escape in (escapes | {"\u2029": "\\u2029"}).items():
        text = text.replace(character, escape)
    return text


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("comity")
    except PackageNotFoundError:
        return ""
