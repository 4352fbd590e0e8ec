"""How cooperative is an agent."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from comity.agreement.parties import Honest, PartyBehaviour
from comity.core import Certified
from comity.core.choices import check_choice
from comity.core.errors import InputError
from comity.evaluation.agents.guard import Guard
from comity.evaluation.intervals import together
from comity.evaluation.panel import ENCOUNTERS, PANEL, PANEL_VERSION, Partner
from comity.evaluation.playing import Progress, Record, Schedule, play
from comity.evaluation.results import FORMAT, Cell, Evaluation, Score, Settings
from comity.evaluation.scores import HEADLINES, THREAT, WORST, Line, lines
from comity.evaluation.signs import chances
from comity.evaluation.suite import SUITE, SUITE_VERSION, Split
from comity.evaluation.yardsticks import YARDSTICKS

MATCHES = 10
"""With each partner in each family, unless another number is asked for."""

OWN_PANEL = 0
"""Version of a panel that is not the fixed one."""


def evaluate(
    agent: PartyBehaviour,
    *,
    suite: Sequence[str] | None = None,
    matches: int = MATCHES,
    seed: int = 0,
    level: float = 0.95,
    split: Split = "held-out",
    panel: Sequence[Partner] | None = None,
    people: Sequence[Partner] = (),
    name: str = "",
    progress: Progress | None = None,
) -> Evaluation:
    """Return how an agent does with every partner of the panel in every family of the suite.

    Parameters
    ----------
    agent : what reports, responds and acts; whatever it raises or answers wrongly counts as
        declining and is reported.
    suite : names of families; all unless given.
    matches : with each partner in each family, two or more; each is four encounters in a row.
    seed : of the variants. Same seed, same draws for every agent.
    level : chance that the intervals of all scores hold at once.
    split : ``held-out``, or ``development`` variants for building the agent on.
    panel : partners in place of the panel that all agents meet; figures are then one's own, and
        compare with those of the same partners only.
    people : further partners, fitted to human data (`comity.evaluation.human_partners`).
    name : what the agent is called.
    progress : called with a sentence and the share done.
    """
    _check(suite, matches, level, split)
    families = tuple(SUITE[key] for key in SUITE if suite is None or key in suite)
    partners = (*(PANEL.values() if panel is None else panel), *people)
    schedule = Schedule(partners, families, matches, seed, split)
    guard = agent if isinstance(agent, Guard) else Guard(agent)
    own, honest = play(schedule, [guard, Honest()], progress)
    found = lines(own, honest, partners)
    reference = lines(honest, honest, partners)
    scores = _scores(found, reference, [family.name for family in families], level, seed)
    headlines = [s for s in scores if not s.name.startswith(THREAT)]
    threats = tuple(s for s in scores if s.name.startswith(THREAT))
    return Evaluation(
        agent=name or type(agent).__name__,
        settings=_settings(schedule, PANEL_VERSION if panel is None else OWN_PANEL),
        scores=tuple(_ordered([*headlines, *_worst(threats)])),
        threats=threats,
        cells=tuple(_cells(own, schedule, level)),
        faults=guard.faults(),
        moves=guard.moves,
        level=level,
        yardsticks={f.name: _unit(f.name) for f in families},
        assumptions=_assumptions(schedule, panel is None),
    )


def _check(suite: Sequence[str] | None, matches: int, level: float, split: str) -> None:
    for name in suite or ():
        check_choice(name, SUITE, "no such family of Cases", "suite")
    check_choice(split, ("held-out", "development"), "no such split", "split")
    if suite is not None and not suite:
        raise InputError("nothing to play", place="suite", found="none", expected="a family")
    if matches < 2:
        raise InputError(
            "too few matches for an interval", place="games", found=matches, expected="2 or more"
        )
    if not 0 < level < 1:
        raise InputError("not a level", place="level", found=level, expected="between 0 and 1")


def _settings(schedule: Schedule, panel: int) -> Settings:
    return Settings(
        FORMAT,
        SUITE_VERSION,
        panel,
        tuple(family.name for family in schedule.families),
        tuple(partner.name for partner in schedule.partners),
        schedule.matches,
        ENCOUNTERS,
        schedule.seed,
        schedule.split,
        {partner.name: partner.digest for partner in schedule.partners if partner.digest},
    )


def _scores(
    found: Sequence[Line],
    reference: Sequence[Line],
    families: Sequence[str],
    level: float,
    seed: int,
) -> list[Score]:
    values = np.array([line.values for line in found])
    differences = values - np.array([line.values for line in reference])
    joint, apart = (together(array, level, seed) for array in (values, differences))
    luck = chances(differences, seed)
    return [
        Score(
            line.kind.name,
            line.kind.title,
            line.kind.meaning,
            line.group,
            line.kind.better,
            line.kind.share,
            joint.figure(k, share=line.kind.share),
            float(np.nanmean(honest.values)),
            apart.difference(k, share=line.kind.share),
            float(luck[k]),
            {
                family: [] if np.isnan(row).any() else row.tolist()
                for family, row in zip(families, line.values, strict=True)
            },
        )
        for k, (line, honest) in enumerate(zip(found, reference, strict=True))
    ]


def _worst(threats: Sequence[Score]) -> list[Score]:
    """Return the least of the threats; its interval is that of the least ends of theirs."""
    if not threats:
        return []
    figures = [threat.figure for threat in threats]
    least = min(threats, key=lambda threat: threat.figure.value)
    partner = least.name.removeprefix(THREAT)
    figure = Certified.estimate(
        least.figure.value,
        min(f.low for f in figures if f.low is not None),
        min(f.high for f in figures if f.high is not None),
        f"the {partner} partner; {least.figure.method}",
        least.figure.level or 0.0,
    )
    honest = min(threat.honest for threat in threats)
    return [
        Score(
            WORST.name,
            WORST.title,
            WORST.meaning,
            "programs",
            WORST.better,
            False,
            figure,
            honest,
            dataclasses.replace(
                least.difference, method=f"with the {partner} partner; {least.difference.method}"
            ),
            least.chance,
            {},
        )
    ]


def _ordered(scores: Sequence[Score]) -> list[Score]:
    """Return scores in the order of the card, those with programs first."""
    order = [kind.name for kind in HEADLINES]
    return sorted(scores, key=lambda s: (s.group != "programs", order.index(s.name)))


def _cells(own: Record, schedule: Schedule, level: float) -> list[Cell]:
    """Return every cell, with intervals that hold in all cells at once (Bonferroni)."""
    arrays = ((own.agreed, True), (own.own, False), (own.joint, False), (own.below, True))
    each = 1 - (1 - level) / (len(schedule.partners) * len(schedule.families))
    found = []
    for p, partner in enumerate(schedule.partners):
        for f, family in enumerate(schedule.families):
            figures = [
                together(array[None, p, f : f + 1].mean(axis=3), each).figure(0, share=share)
                for array, share in arrays
            ]
            found.append(Cell(partner.name, family.name, *figures))
    return found


def _unit(family: str) -> str:
    yardstick = YARDSTICKS[family]
    return f"{yardstick.value:g} ({yardstick.kind})"


def _assumptions(schedule: Schedule, fixed: bool) -> tuple[str, ...]:
    version = f"panel version {PANEL_VERSION}" if fixed else "a panel of one's own"
    return (
        "Gains are by the truth that was drawn, over what the default rules would have brought.",
        "All agents and partners of a seed see the same draws; a match is one cluster.",
        "Chances of differences take the sign of each match for a coin where nothing differs.",
        f"Suite version {SUITE_VERSION}, {version}, {schedule.split} variants.",
        "The panel is a choice: how an agent does with other partners is not measured.",
    )
