"""The new setting of a Case: what the people of the evidence would face there."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from comity.cases import Behaviour, Case, Question
from comity.core.errors import InputError
from comity.games import NormalForm
from comity.inference.evidence.situations import Situation
from comity.inference.shift.settings import PerOption, Rules, Setting, after_seeing, unseen

Stated = float | Mapping[str, float]


def setting_of(case: Case, behaviour: Behaviour) -> Setting | None:
    """Return what the people of the evidence would face in a Case; ``None`` if it is not said.

    The decider is the other party, and payoffs are those of the decider's own model.
    """
    if not behaviour.about:
        return None
    other = [name for name in case.names if name != behaviour.about]
    if len(other) != 1:
        raise InputError(
            "a new setting is between two parties",
            place="parties",
            found=", ".join(case.names),
            expected=f"{behaviour.about} and one other",
        )
    game = case.models[other[0]]
    if not isinstance(game, NormalForm):
        raise InputError(
            "a new setting needs a Case of actions",
            place="frame",
            found="a negotiation",
            expected="frame.actions",
        )
    marks: dict[str, Rules] = {
        "history": {name: _rule(value) for name, value in behaviour.history.items()},
        "beliefs": {name: _rule(value) for name, value in behaviour.beliefs.items()},
    }
    see = after_seeing if behaviour.moves == "after" else unseen
    setting = see(game, other[0], **marks)
    return _restated(setting, behaviour) if behaviour.situations else setting


def asked(question: Question) -> Situation:
    """Return a question of a Case as a situation."""
    return Situation(
        question.options,
        np.array(question.payoffs, float),
        delays=np.array(question.delays) if question.delays else None,
        history=_features(question.history, question.options),
        beliefs=_features(question.beliefs, question.options),
        name=question.name,
    )


def _restated(setting: Setting, behaviour: Behaviour) -> Setting:
    """Return the setting with the situations that the Case states in its own words."""
    stated = {question.after: asked(question) for question in behaviour.situations}
    situations = tuple(stated[action] for action in setting.actions)
    return Setting(
        setting.actions,
        situations,
        np.arange(len(situations)),
        setting.payoffs,
        setting.players,
    )


def _rule(value: Stated) -> float | PerOption:
    return PerOption(value) if isinstance(value, Mapping) else value


def _features(
    stated: Mapping[str, Stated], options: tuple[str, ...]
) -> dict[str, float | np.ndarray]:
    return {
        name: PerOption(value).of(options) if isinstance(value, Mapping) else value
        for name, value in stated.items()
    }
