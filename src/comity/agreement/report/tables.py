"""The certificate in plain words: what breaking and lying bring, who else is hit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.agreement.report.findings import Findings
from comity.agreement.report.words import DISAGREEMENT
from comity.agreement.results import Certificate
from comity.core import Certified
from comity.core.page.words import KINDS, certified, clean, number, signed

if TYPE_CHECKING:
    from comity.agreement.studies.study import Study


@dataclass(frozen=True)
class Line:
    """One certified figure.

    Attributes
    ----------
    what, who : the figure in words, and whose it is.
    figure : the figure with its claim.
    kind, method : what sort of figure it is, and how it was obtained.
    value : for a bar, ``nan`` where there is none.
    """

    what: str
    who: str
    figure: str
    kind: str
    method: str
    value: float

    @property
    def short(self) -> str:
        """The bare figure, for a column that says what sort of claim it is."""
        return self.figure if self.kind == "cannot tell" else number(self.value)


@dataclass(frozen=True)
class Effect:
    """What the deal does to somebody who is not at the table, in everybody's eyes."""

    bystander: str
    views: tuple[tuple[str, str, float], ...]

    @property
    def harmed(self) -> bool:
        """Whether the deal harms them in anybody's eyes."""
        return any(value < -1e-9 for *_, value in self.views)


@dataclass(frozen=True)
class Threat:
    """What the deal would be had bargaining started elsewhere.

    Attributes
    ----------
    name, words : the starting point.
    point, payoffs : one text per party.
    used : whether the constitution starts from it.
    """

    name: str
    words: str
    point: tuple[str, ...]
    payoffs: tuple[str, ...]
    used: bool


def line(what: str, who: str, figure: Certified, show: Any = certified) -> Line:
    """Return a certified figure as a row of a table."""
    value = float(figure) if figure.kind != "unknown" else float("nan")
    return Line(what, clean(who), show(figure), KINDS[figure.kind], clean(figure.method), value)


def certificate_lines(findings: Findings) -> list[Line]:
    """Return every figure of the certificate, with its kind and method."""
    certificate = findings.agreement.certificate
    if certificate is None:
        return []
    return [
        line(what, who, figure)
        for what, figures in _figures(certificate, findings.lying() if findings.lies_sought else {})
        if findings.agreed or not what.startswith(OF_A_DEAL)
        for who, figure in figures.items()
    ]


OF_A_DEAL = ("Gain over no deal", "Gain from breaking the deal", "Effect on")
"""Figures that mean something only where there is a deal."""


SHORTFALL = {
    "chance": "Chance of truly ending below no deal, if they agree",
    "size": "How far below no deal, where it is below",
}

ROBUSTNESS = {
    "largest_regret": "Largest regret over the views that fit",
    "worst_gain": "Least gain over no deal, over the views that fit",
}


def _figures(
    certificate: Certificate, lies: Mapping[str, Certified]
) -> Iterator[tuple[str, Mapping[str, Certified]]]:
    yield "Gain over no deal, by its report", certificate.gain_reported
    yield "Gain over no deal, by its own view", certificate.gain_private
    for view, words in (("own", "its own view"), ("common", "the combined view")):
        gains = {n: g[view] for n, g in certificate.deviation_gain.items() if view in g}
        yield f"Gain from breaking the deal, by {words}", gains
    if lies:
        yield "Gain from lying that was found", lies
    yield "Most that lying could gain", certificate.misreport_bound
    for bystander, views in certificate.bystanders.items():
        by_view = {_view_name(view): figure for view, figure in views.items()}
        yield f"Effect on {clean(bystander)}, as seen by", by_view
    yield "Distance from the best solution", {"all": certificate.optimality_gap}
    by_part = ((SHORTFALL, certificate.true_shortfall), (ROBUSTNESS, certificate.robustness))
    for parts, figures in by_part:
        for part, words in parts.items() if figures else ():
            yield words, {name: f[part] for name, f in (figures or {}).items()}


def _view_name(view: str) -> str:
    return "the combined view" if view == "common" else view


def effects(findings: Findings) -> list[Effect]:
    """Return the effect on each bystander, against what happens without a deal, by each view."""
    certificate = findings.agreement.certificate
    if certificate is None or not findings.agreed:
        return []
    return [
        Effect(
            clean(name),
            tuple((clean(_view_name(v)), _moved(c), float(c)) for v, c in views.items()),
        )
        for name, views in certificate.bystanders.items()
    ]


def _moved(figure: Certified) -> str:
    return "cannot tell" if figure.kind == "unknown" else signed(figure.value)


def threats(findings: Findings) -> list[Threat]:
    """Return how the deal moves with the point that bargaining starts from."""
    certificate = findings.agreement.certificate
    if certificate is None:
        return []
    agreement = findings.agreement
    used = agreement.case.constitution.disagreement
    known: dict[str, Mapping[str, Any]] = dict(certificate.disagreement_sensitivity)
    if findings.agreed:
        known[used] = {"point": agreement.disagreement, "payoffs": agreement.payoffs}
    found = []
    for name, data in known.items():
        field_name, words = DISAGREEMENT.get(name, (name, name))
        found.append(
            Threat(field_name, words, _row(data, "point"), _row(data, "payoffs"), name == used)
        )
    return sorted(found, key=lambda threat: not threat.used)


def _row(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values = data.get(key)
    if values is None:
        return ()
    return tuple(number(float("nan") if v is None else float(v)) for v in np.ravel(values))


def breaking_lines(findings: Findings) -> list[tuple[Line, Line]]:
    """Return each one's gain from breaking the deal, by its own view and by the combined view."""
    own, common = findings.breaking("own"), findings.breaking("common")
    return [
        (line("by its own view", name, own[name]), line("by the combined view", name, common[name]))
        for name in own
        if name in common
    ]


def lying_lines(findings: Findings) -> list[tuple[Line, Line]]:
    """Return each one's gain from lying: found, and bounded; nothing if lies were not sought."""
    if not findings.lies_sought:
        return []
    certificate = findings.agreement.certificate
    found = findings.lying()
    bound = certificate.misreport_bound if certificate else {}
    return [
        (
            line("found", name, found[name]),
            line("bound", name, bound.get(name, Certified.unknown("no bound was worked out"))),
        )
        for name in found
    ]


def study_table(study: Study) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return what a study found as (titles, rows): one column for each way of reporting."""
    outcomes = list(study.outcomes.values())
    names = list(outcomes[0].gain)
    table = [("They agree", *(percent(o.agreement_rate) for o in outcomes))]
    for name in names:
        gains = (interval(o.gain[name]) for o in outcomes)
        table.append((f"True gain of {clean(name)}", *gains))
    for name in names:
        below = (percent(o.below_default[name]) for o in outcomes)
        table.append((f"{clean(name)} truly below no deal, if they agree", *below))
    return ("", *(clean(scenario) for scenario in study.outcomes)), table


def percent(figure: Certified) -> str:
    """Return a probability in percent, with its interval."""
    return interval(figure, 100, "%", 2)


def interval(figure: Certified, scale: float = 1, unit: str = "", digits: int = 3) -> str:
    """Return an estimate with its interval, as short as a table needs it."""
    if figure.kind == "unknown":
        return "cannot tell"
    text = f"{number(scale * figure.value, digits)}{unit}"
    if figure.low is None or figure.high is None or figure.low == figure.high:
        return text
    ends = (number(scale * end, digits) for end in (figure.low, figure.high))
    return f"{text} ({' to '.join(ends)})"


NOTHING_UNCERTAIN = (
    "Nothing is uncertain here: no uncertainty that is stated reaches the deal, so all draws are "
    "alike; add [models.X.uncertainty] of facts or of a prior."
)


def certain(study: Study) -> bool:
    """Return whether honest reports lead to the same in every draw."""
    gains = next(iter(study.outcomes.values())).gain.values()
    return all(
        g.low is not None and g.high is not None and g.high - g.low <= 1e-9 * max(1, abs(g.value))
        for g in gains
    )


def study_notes(study: Study) -> list[str]:
    """Return what stands beside the table of a study, in sentences."""
    notes = [NOTHING_UNCERTAIN] if certain(study) else []
    notes += [f"{clean(scenario)}: {clean(words)}." for scenario, words in study.lies.items()]
    notes.append(
        f"All gains together come to {certified(study.informed).removeprefix('about ')} if all "
        f"know the truth, and to {certified(study.first_best).removeprefix('about ')} at the best "
        "outcome there is."
    )
    for scenario, curve in study.tolerances.items():
        best = certified(curve.best_tolerance).removeprefix("about ")
        notes.append(f"If {clean(scenario)}, the honest do best with a tolerance of {best}.")
    return [*notes, *(clean(sentence) for sentence in study.assumptions)]
