"""The switch "what if somebody lies?": every run it can show, as data for the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.agreement.report.findings import Findings
from comity.agreement.report.pictures import Pictures
from comity.agreement.report.scenarios import DISTANCE_RULES, Scenario
from comity.agreement.report.words import clean, number, signed

KIND_WORDS = {
    "best": "The lie that pays best",
    "exaggerate": "Exaggerates",
    "silent": "Stays away",
}

ICONS = {"holds": "✓", "backfires": "✓", "pays": "!", "dead": "✕", "none": "–"}

LEVEL_WORDS = {
    "best": {0.25: "a quarter of it", 0.5: "half of it", 1.0: "as found", 1.5: "half as much again",
             2.0: "twice as much", 4.0: "four times as much"},
    "exaggerate": {0.05: "a little (5%)", 0.1: "some (10%)", 0.25: "a lot (25%)",
                   0.5: "wildly (50%)", 1.0: "beyond belief (100%)"},
}  # fmt: skip


@dataclass(frozen=True)
class Switch:
    """What the page embeds for its script, and what its template needs."""

    data: dict[str, Any]
    context: dict[str, Any]


def switch(findings: Findings, pictures: Pictures) -> Switch:
    """Return every run that the page can show."""
    shown = [
        _shown(findings, scenario, pictures, k) for k, scenario in enumerate(findings.scenarios)
    ]
    factors = sorted({s.factor for s in findings.scenarios})
    words = {_key(f): tolerance_words(findings, f) for f in factors}
    liars = _liars(findings)
    levels = {
        f"{liar['index']}:{kind}": _levels(findings.scenarios, liar["index"], kind)
        for liar in liars
        for kind, _ in liar["kinds"]
    }
    now = shown[0]
    return Switch(
        data={
            "scenarios": shown,
            "levels": levels,
            "level_words": _level_words(levels),
            "tolerances": [_key(f) for f in factors] if len(factors) > 1 else [],
            "tolerance_words": words,
        },
        context={
            "liars": liars,
            "now": now,
            "now_icon": ICONS.get(now["tone"], ""),
            "now_moving": now["moving"],
            "tolerances": factors,
            "tolerance_start": factors.index(1.0),
            "tolerance_start_words": words[_key(1.0)],
            "level_start": 1,
            "scenario_rows": _rows(findings),
            "deal_intro": _intro(findings),
        },
    )


def _key(factor: float) -> str:
    return "none" if np.isinf(factor) else f"{factor:g}"


def tolerance_words(findings: Findings, factor: float) -> str:
    """Return how much distance the rules tolerate at a factor."""
    if np.isinf(factor):
        return "any"
    rules = findings.agreement.case.constitution.acceptance
    limits = [number(factor * r.tolerance) for r in rules if r.rule in DISTANCE_RULES]
    same = " (as agreed)" if factor == 1 else ""
    return ", ".join(dict.fromkeys(limits)) + same


def _liars(findings: Findings) -> list[dict[str, Any]]:
    liars = []
    for k, name in enumerate(findings.names):
        kinds = [s.kind for s in findings.scenarios if s.liar == k]
        known = [(kind, KIND_WORDS[kind]) for kind in KIND_WORDS if kind in kinds]
        liars.append({"index": k, "name": clean(name), "kinds": known})
    return liars


def _levels(scenarios: Sequence[Scenario], liar: int, kind: str) -> list[float]:
    found = {s.level for s in scenarios if (s.liar, s.kind) == (liar, kind)}
    return sorted(level for level in found if level is not None)


def _level_words(levels: Mapping[str, Sequence[float]]) -> dict[str, dict[str, str]]:
    return {
        kind: {f"{level:g}": text for level, text in words.items()}
        for kind, words in LEVEL_WORDS.items()
        if any(key.endswith(f":{kind}") and found for key, found in levels.items())
    }


def _shown(
    findings: Findings, scenario: Scenario, pictures: Pictures, place: int
) -> dict[str, Any]:
    kept = scenario.status == "agreed"
    heading = "What happens without a deal"
    if kept:
        heading = "The deal is drawn by lot" if scenario.lottery else "The deal"
    largest = max(1e-12, *(float(np.abs(s.gains).max()) for s in findings.scenarios))
    return {
        "liar": scenario.liar,
        "kind": scenario.kind,
        "level": scenario.level,
        "tolerance": _key(scenario.factor) if len(findings.scenarios) > 1 else None,
        "tone": scenario.tone,
        "heading": scenario.heading,
        "sentence": scenario.sentence,
        "rules": list(scenario.rules),
        "deal_heading": heading,
        "deal": [list(pair) for pair in scenario.deal],
        "bars": [
            _bar(float(gain), float(worth), largest)
            for gain, worth in zip(scenario.gains, scenario.payoffs, strict=True)
        ],
        "moving": pictures.moving(scenario),
    }


def _bar(gain: float, worth: float, largest: float) -> dict[str, Any]:
    length = round(96 * abs(gain) / largest, 1)
    return {
        "text": signed(gain),
        "worth": f"{number(worth)} instead of {number(worth - gain)}",
        "x": round(100 - length, 1) if gain < 0 else 100,
        "width": length,
    }


def _rows(findings: Findings) -> list[dict[str, Any]]:
    rows = []
    for scenario in findings.scenarios:
        if scenario.factor != 1:
            continue
        rows.append(
            {
                "what": _what(findings, scenario),
                "heading": scenario.heading,
                "gains": [signed(float(gain)) for gain in scenario.gains],
            }
        )
    return rows


def _what(findings: Findings, scenario: Scenario) -> str:
    if scenario.liar is None:
        return "Everyone is honest"
    words = KIND_WORDS[scenario.kind]
    text = f"{clean(findings.names[scenario.liar])}: {words[0].lower()}{words[1:]}"
    if scenario.level is None:
        return text
    level = LEVEL_WORDS[scenario.kind].get(scenario.level, f"× {number(scenario.level)}")
    return f"{text}, {level}"


def _intro(findings: Findings) -> str:
    if findings.agreed:
        return (
            "This is what the rules they fixed beforehand make of honest reports. Turn the switch "
            "to see what a lie would do: whether the rules catch it, and who would pay."
        )
    return (
        "Honest reports lead to no deal under the rules they fixed beforehand. The switch shows "
        "what other reports, or other tolerances, would do."
    )
