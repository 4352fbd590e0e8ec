"""Agreements and comparisons in a few lines, for `print`; the whole story is in the report."""

from __future__ import annotations

from collections.abc import Iterator

from comity.agreement.report.words import play_lines
from comity.agreement.results import Agreement, Comparison, Difference
from comity.agreement.robustness.minimax import MinimaxRegret
from comity.core.page.words import certified, chance, clean, counted, number

MOST_DIFFERENCES = 5


def tell_agreement(found: Agreement) -> str:
    """Return what was agreed, what it brings, and what it would survive, a line each."""
    return "\n".join(_agreement_lines(found))


def _agreement_lines(found: Agreement) -> Iterator[str]:
    notion = f" ({found.solution})" if found.solution and found.status == "agreed" else ""
    yield f"{clean(found.case.title)}: {found.status}{notion}"
    game = found.common or found.case.parties[0].model
    for often, what in play_lines(game, found.play):
        yield f"  {often}: {what}"
    for decision in found.decisions:
        if not decision.accepts:
            yield f"  {clean(decision.party)} refuses: {' '.join(decision.reasons)}"
    if found.certificate is None:
        return
    for name in found.case.names:
        figures = {
            "gain": found.certificate.gain_private[name],
            "by lying": found.certificate.misreport_bound[name],
            "by breaking it": found.certificate.deviation_gain[name]["own"],
        }
        if found.certificate.robustness:
            figures["gain at worst over the views that fit"] = found.certificate.robustness[name][
                "worst_gain"
            ]
        told = "; ".join(f"{what}: {certified(figure)}" for what, figure in figures.items())
        yield f"  {clean(name)} ({told})"


def tell_comparison(found: Comparison) -> str:
    """Return where the views differ most, a line each."""
    count = len(found.differences)
    ends = "; acting alone, they would clash" if found.conflict or found.clash else ""
    lines = [f"{counted(count, 'difference')}{ends}"]
    lines += [f"  {_difference(d)}" for d in found.differences[:MOST_DIFFERENCES]]
    left = count - MOST_DIFFERENCES
    return "\n".join([*lines, *([f"  and {left} more"] if left > 0 else [])])


def _difference(found: Difference) -> str:
    (one, two), (first, second) = found.parties, found.values
    alone = f", acting alone by {number(found.effect_alone)}" if found.effect_alone else ""
    decisive = ", decisive" if found.decisive else ""
    return (
        f"{clean(found.part)}: {clean(one)} {number(first)}, {clean(two)} {number(second)}; "
        f"changes what a deal pays by {number(found.effect)}{alone}{decisive}"
    )


def tell_regret(found: MinimaxRegret) -> str:
    """Return what is drawn where a view is one of several, and what it risks, a line each."""
    share = certified(found.regret)
    lines = [f"over {counted(len(found.members), 'joint member')}: regret {share} of a stake"]
    for draw in found.draws:
        refused = f" (refused in {', '.join(map(clean, draw.refused_in))})"
        told = refused if draw.refused_in else ""
        lines.append(f"  {chance(draw.probability)}: {clean(draw.name)}{told}")
    for name, gain in found.worst_gain.items():
        regret = certified(found.largest_regret[name])
        lines.append(f"  {clean(name)} (regret: {regret}; gain at worst: {certified(gain)})")
    return "\n".join(lines)
