"""The constitution, between a file and what the parties fix before they report."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from comity.cases.constitution import AcceptanceRule, Constitution, Talk
from comity.cases.faults import Faults, check_known, dotted, unknown
from comity.cases.frames import Frame
from comity.cases.numbers import written
from comity.cases.schema import ConstitutionData, RuleData, TalkData
from comity.core.errors import InputError

EQUILIBRIA = ("best-equilibrium", "best-correlated-equilibrium")

# Each word the constitution knows, with plain words that mean the same.
_SOLUTIONS = {
    "nash": ("nash bargaining", "nash product"),
    "kalai-smorodinsky": ("kalai", "equal share of what each hoped for"),
    "egalitarian": ("equal gains", "rawls", "maximin gains"),
    "utilitarian": ("largest sum", "largest total"),
    "best-equilibrium": ("equilibrium",),
    "best-correlated-equilibrium": ("correlated equilibrium", "correlated"),
}
WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "tastes": {"own": ("own word", "each its own"), "mean": ("average",)},
    "facts": {
        "mean": ("average",),
        "median": ("middle",),
        "trimmed-mean": ("trimmed",),
        "precision": ("weighted", "stated weights"),
        "evidence": ("by evidence", "shared data"),
    },
    "prior": {"linear": ("mean", "average"), "logarithmic": ("log", "geometric")},
    "solution": _SOLUTIONS,
    "objective": {
        "utilitarian": ("largest sum", "sum"),
        "egalitarian": ("worst off", "largest minimum"),
    },
    "disagreement": {
        "maximin": ("security level", "worst case"),
        "favourite-equilibrium": ("favorite-equilibrium", "threat"),
        "no-deal": ("walk away", "reservation"),
        "point": ("stated",),
    },
    "default": {
        "maximin": ("play safe", "security level"),
        "favourite-equilibrium": ("favorite-equilibrium", "insist"),
        "no-deal": ("walk away",),
        "policy": ("stated action",),
    },
    "enforcement": {
        "binding": ("contract", "enforced"),
        "self-enforcing": ("trust", "unenforced", "self enforcing"),
    },
    "tie_break": {"uniform": ("lottery", "by lot"), "first": ("in order",)},
    "rule": {
        "public": ("reports are close",),
        "private": ("close to own model",),
        "gain": ("no worse than default", "better than default"),
        "evidence": ("fits the data",),
    },
    "divergence": {
        "raw": ("plain", "as stated"),
        "affine": ("up to scale",),
        "strategic": ("incentives",),
        "decision": ("cost", "what it costs"),
    },
}


def word(kind: str, given: str) -> str:
    """Return the constitution's own word for what a person wrote.

    Examples
    --------
    >>> word("solution", "Nash bargaining")
    'nash'
    """
    folded = _fold(given)
    for own, others in WORDS[kind].items():
        if folded in (_fold(own), *map(_fold, others)):
            return own
    raise unknown(kind.replace("_", "-"), given, WORDS[kind])


def _fold(text: str) -> str:
    return text.strip().casefold().replace("_", "-").replace(" ", "-")


def read_constitution(
    data: ConstitutionData, frame: Frame, faults: Faults, *, evidence: bool = False
) -> Constitution:
    """Return the constitution a file states; what it leaves out has the usual value."""
    stated: dict[str, Any] = {"normalise": data.normalise, "lotteries": data.lotteries}
    for key in (
        "tastes",
        "facts",
        "prior",
        "objective",
        "disagreement",
        "default",
        "enforcement",
        "tie_break",
    ):
        if getattr(data, key) is not None:
            with faults.at(key):
                stated[key] = word(key, getattr(data, key))
    if data.solution is not None:
        stated["solution"] = _notions(data.solution, faults, "solution")
    if data.acceptance is not None:
        stated["acceptance"] = _rules(data.acceptance, faults)
    stated["acceptable"] = {
        name: _notions(some, faults, dotted("acceptable", name))
        for name, some in data.acceptable.items()
    }
    stated |= {
        "precision": dict(data.precision),
        "policy": dict(data.policy),
        "disagreement_point": dict(data.disagreement_point),
    }
    if data.disagreement is None and data.disagreement_point:
        stated["disagreement"] = "point"
    if data.default is None and data.policy:
        stated["default"] = "policy"
    stated["talk"] = _talk(data.talk, faults)
    constitution = Constitution(**_usual(stated, frame, data))
    for check in _CHECKS:
        with faults.at():
            check(constitution, frame, evidence)
    return constitution


def _usual(stated: dict[str, Any], frame: Frame, data: ConstitutionData) -> dict[str, Any]:
    """In a negotiation nobody acts without a deal, so the usual fallback is to walk away."""
    if frame.kind == "negotiation":
        for key in ("default", "disagreement"):
            stated.setdefault(key, "no-deal")
    return stated


def _notions(given: Sequence[str], faults: Faults, place: str) -> tuple[str, ...]:
    found = []
    for name in given:
        with faults.at(place):
            found.append(word("solution", name))
    if not given:
        faults.add(InputError("no solution is named", place=place, found="[]"))
    return tuple(found) or ("nash",)


def _rules(given: Sequence[RuleData], faults: Faults) -> tuple[AcceptanceRule, ...]:
    found = []
    for k, rule in enumerate(given):
        with faults.at(f"acceptance.{k}"):
            found.append(_rule(rule))
    if not given:
        faults.add(InputError("no rule of acceptance", place="acceptance", found="[]"))
    return tuple(found)


def _rule(data: RuleData) -> AcceptanceRule:
    name = word("rule", data.rule)
    if data.tolerance < 0:
        raise InputError(
            "tolerance is negative", place="tolerance", found=data.tolerance, expected="0 or more"
        )
    if data.divergence is not None and name not in ("public", "private"):
        raise InputError(
            "this rule measures no divergence",
            place="divergence",
            found=f"{name} rule",
            expected="rule public or private",
        )
    kind = "raw" if data.divergence is None else word("divergence", data.divergence)
    return AcceptanceRule(name, kind, data.tolerance)  # type: ignore[arg-type]


def _talk(data: TalkData, faults: Faults) -> Talk:
    limits = {"rounds": math.inf, "tolerance_step": math.inf, "revise": 1.0}
    for key, limit in limits.items():
        value = getattr(data, key)
        if not 0 <= value <= limit:
            words = "0 or more" if limit == math.inf else "in [0, 1]"
            faults.add(
                InputError("out of range", place=dotted("talk", key), found=value, expected=words)
            )
    return Talk(data.rounds, data.tolerance_step, data.revise, data.share_evidence)


def _check_names(law: Constitution, frame: Frame, evidence: bool) -> None:
    for key in ("precision", "acceptable", "disagreement_point", "policy"):
        for name in getattr(law, key):
            check_known(name, frame.players, "party", dotted(key, name))


def _check_precision(law: Constitution, frame: Frame, evidence: bool) -> None:
    if law.facts != "precision":
        return
    _check_everyone(law.precision, frame, "precision", "a weight")
    weights = [law.precision[name] for name in frame.players]
    if min(weights) < 0 or sum(weights) <= 0:
        raise InputError(
            "weights are not usable",
            place="precision",
            found=weights,
            expected="none negative, and a positive sum",
        )


def _check_everyone(given: Iterable[str], frame: Frame, place: str, what: str) -> None:
    for name in frame.players:
        if name not in given:
            raise InputError(
                f"{name} has no entry", place=place, expected=f"{what} for every party"
            )


def _check_facts(law: Constitution, frame: Frame, evidence: bool) -> None:
    if law.facts == "trimmed-mean" and len(frame.players) < 3:
        raise InputError(
            "a trimmed mean needs three reports or more",
            place="facts",
            found=f"{len(frame.players)} parties",
            expected="mean or median",
        )
    asks = law.facts == "evidence" or any(rule.rule == "evidence" for rule in law.acceptance)
    if (asks or law.talk.share_evidence) and not evidence:
        raise InputError(
            "evidence is asked for, and there is none", expected="one [[evidence]] or more"
        )


def _check_strategic(law: Constitution, frame: Frame, evidence: bool) -> None:
    if all(rule.divergence != "strategic" for rule in law.acceptance):
        return
    blind = [name for name in law.solution if name not in EQUILIBRIA]
    if frame.kind == "negotiation":
        raise InputError(
            "a strategic divergence compares incentives over actions",
            place="acceptance",
            found="a negotiation",
            expected="raw, affine or decision",
        )
    if blind:
        raise InputError(
            "a strategic divergence cannot see what a bargaining or welfare solution depends on",
            place="acceptance",
            found=f"strategic with {blind[0]}",
            expected="raw, affine or decision, or a best equilibrium",
        )


def _check_fallback(law: Constitution, frame: Frame, evidence: bool) -> None:
    fits = {
        "negotiation": ("no-deal", "maximin", "point"),
        "normal-form": ("maximin", "favourite-equilibrium", "policy", "point"),
    }[frame.kind]
    for key in ("default", "disagreement"):
        if getattr(law, key) not in fits:
            raise InputError(
                f"a {frame.kind} has no such {key}",
                place=key,
                found=getattr(law, key),
                expected=" or ".join(name for name in fits if name in WORDS[key]),
            )


def _check_stated(law: Constitution, frame: Frame, evidence: bool) -> None:
    if law.disagreement == "point":
        _check_everyone(law.disagreement_point, frame, "disagreement_point", "a number")
    elif law.disagreement_point:
        raise InputError(
            "a point is stated but not used",
            place="disagreement",
            found=law.disagreement,
            expected="point",
        )
    if law.default == "policy" and frame.kind == "normal-form":
        _check_everyone(law.policy, frame, "policy", "an action")
        for name, actions in zip(frame.labels, frame.axes, strict=True):
            check_known(law.policy[name], actions, "action", dotted("policy", name))


def _check_common_notion(law: Constitution, frame: Frame, evidence: bool) -> None:
    accepted = [law.acceptable.get(name, law.solution) for name in frame.players]
    if not any(all(notion in some for some in accepted) for notion in law.solution):
        raise InputError(
            "there is no solution that all parties accept",
            place="acceptable",
            expected="one of " + ", ".join(law.solution) + " in common",
        )


_CHECKS = (
    _check_names,
    _check_precision,
    _check_facts,
    _check_strategic,
    _check_fallback,
    _check_stated,
    _check_common_notion,
)


def check_pool(law: Constitution, priors: Mapping[str, np.ndarray], states: Sequence[str]) -> None:
    """Raise `InputError` where a logarithmic pool meets priors that no state survives."""
    shared = np.all([prior > 0 for prior in priors.values()], axis=0)
    if law.prior == "logarithmic" and not shared.any():
        raise InputError(
            "a logarithmic pool needs a state that no prior rules out",
            place="prior",
            found="priors with nothing in common",
            expected="linear, or a state all think possible",
        )


def write_constitution(law: Constitution) -> dict[str, Any]:
    """Return the constitution as a file states it, every field that is not empty."""
    data: dict[str, Any] = {}
    for item in dataclasses.fields(law):
        value = getattr(law, item.name)
        if item.name not in ("acceptance", "talk") and value not in ({}, ()):
            data[item.name] = _plain(value)
    data["solution"] = list(law.solution) if len(law.solution) > 1 else law.solution[0]
    data["acceptance"] = [_written_rule(rule) for rule in law.acceptance]
    if law.talk != Talk():
        data["talk"] = {
            "rounds": law.talk.rounds,
            "tolerance_step": written(law.talk.tolerance_step),
            "revise": written(law.talk.revise),
            "share_evidence": law.talk.share_evidence,
        }
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return list(value)
    return written(value) if isinstance(value, float) else value


def _written_rule(rule: AcceptanceRule) -> dict[str, Any]:
    data: dict[str, Any] = {"rule": rule.rule, "tolerance": written(rule.tolerance)}
    if rule.rule in ("public", "private"):
        data["divergence"] = rule.divergence
    return data
