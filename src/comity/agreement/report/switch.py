"""The switch "what if somebody lies?": every run it can show, as data for the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.agreement.report.findings import Findings
from comity.agreement.report.pictures import Pictures
from comity.agreement.report.scenarios import Scenario
from comity.core.page.words import clean, number, signed

KIND_WORDS = {
    "best": "The lie that pays best",
    "alone": "Pretends to need no deal",
    "beliefs": "Overstates its beliefs",
    "silent": "Stays away",
}

ICONS = {"holds": "✓", "backfires": "✓", "pays": "!", "dead": "✕", "none": "–"}

LEVEL_WORDS = {
    "best": {0.25: "a quarter of it", 0.5: "half of it", 1.0: "as found", 1.5: "half as much again",
             2.0: "twice as much", 4.0: "four times as much"},
    "alone": {0.25: "for a quarter of its gain", 0.5: "for half of its gain",
              0.75: "for three quarters of it", 1.0: "for all of its gain",
              1.5: "for more than that", 2.5: "for far more than that"},
    "beliefs": {0.25: "a little", 0.5: "by half", 1.0: "twice as far from the others",
                2.0: "three times as far", 4.0: "five times as far"},
}  # fmt: skip
"""How much, in words, by kind of lie and level."""


AS_THEY_ARE = (
    "Here the others are as they really are. What lying could gain, found and proved, is a mean "
    "over what the liar believes of them, so one run may bring more or less."
)
"""Said where the certificate knows less than the page."""


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
    keys = [s.key for s in findings.settings]
    words = {s.key: s.words for s in findings.settings}
    agreed = next(k for k, s in enumerate(findings.settings) if s.agreed)
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
            "tolerances": keys if len(keys) > 1 else [],
            "tolerance_words": words,
        },
        context={
            "liars": liars,
            "now": now,
            "now_icon": ICONS.get(now["tone"], ""),
            "now_moving": now["moving"],
            "tolerances": keys,
            "tolerance_start": agreed,
            "tolerance_start_words": findings.settings[agreed].words,
            "level_start": 0,
            "scenario_rows": _rows(findings),
            "deal_intro": _intro(findings),
        },
    )


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
        "tolerance": scenario.setting,
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
    agreed = next(setting.key for setting in findings.settings if setting.agreed)
    for scenario in findings.scenarios:
        if scenario.setting != agreed:
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
    certificate = findings.agreement.certificate
    interim = certificate is not None and certificate.information == "interim"
    known = f" {AS_THEY_ARE}" if interim else ""
    if findings.scenarios[0].status == "agreed":
        return (
            "This is what the rules they fixed beforehand make of honest reports. Turn the switch "
            f"to see what a lie would do: whether the rules catch it, and who would pay.{known}"
        )
    return (
        "Honest reports lead to no deal under the rules they fixed beforehand. The switch shows "
        f"what other reports, or other tolerances, would do.{known}"
    )
