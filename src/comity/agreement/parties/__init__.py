"""The parties that ship with comity, by the ``kind`` that a Case file names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from inspect import Parameter, signature
from typing import Any

from comity.agreement.parties.best_responding import BestResponding
from comity.agreement.parties.cautious import Cautious
from comity.agreement.parties.committed import Committed
from comity.agreement.parties.exaggerating import Exaggerating
from comity.agreement.parties.fickle import Fickle
from comity.agreement.parties.honest import Honest
from comity.agreement.parties.policy_switching import PolicySwitching
from comity.agreement.parties.protocol import COMPLY, Context, PartyBehaviour, Past
from comity.agreement.parties.reputation_building import ReputationBuilding
from comity.agreement.parties.silent import Silent
from comity.agreement.parties.spiteful import Spiteful
from comity.cases.faults import check_known
from comity.core.choices import pick
from comity.core.errors import ComityError, InputError

__all__ = [
    "COMPLY",
    "PARTIES",
    "BestResponding",
    "Cautious",
    "Committed",
    "Context",
    "Exaggerating",
    "Fickle",
    "Honest",
    "PartyBehaviour",
    "Past",
    "PolicySwitching",
    "ReputationBuilding",
    "Silent",
    "Spiteful",
    "make_party",
]


def make_party(kind: str, options: Mapping[str, Any], place: str = "parties") -> PartyBehaviour:
    """Return the behaviour that a Case file names.

    ``policy-switching`` takes ``first`` and ``then``, and ``fickle`` a list ``among``, as kinds, or
    as tables with ``kind`` and options. Raises `InputError` for an unknown kind or option.

    Examples
    --------
    >>> make_party("committed", {"demand": 2.0})
    Committed(demand=2.0, action=None)
    """
    maker = pick(PARTIES, kind, "no such kind of party", f"{place}.kind")
    _check_options(kind, maker, options, f"{place}.options")
    try:
        return maker(**_nested(options, place))
    except ComityError as error:
        raise error.within(place=f"{place}.options") from error
    except (TypeError, AttributeError) as error:
        raise InputError(
            "options do not fit this kind of party", place=f"{place}.options", found=str(error)
        ) from error


def _check_options(
    kind: str, maker: Callable[..., PartyBehaviour], options: Mapping[str, Any], place: str
) -> None:
    """Raise `InputError` for an option that this kind does not have, or needs and was not given."""
    known = signature(maker).parameters
    if options and not known:
        raise InputError(f"{kind} takes no options", place=place, found=", ".join(options))
    for name in options:
        check_known(name, known, f"option of {kind}", place)
    missing = [n for n, p in known.items() if p.default is Parameter.empty and n not in options]
    if missing:
        raise InputError(
            f"{kind} needs the option {missing[0]}",
            place=place,
            found=", ".join(options) or "no options",
            expected=", ".join(known),
        )


def _nested(options: Mapping[str, Any], place: str) -> dict[str, Any]:
    """Return the options with inner parties made; the tables of a file are read-only views."""
    made = dict(options)
    for name in ("first", "then"):
        if name in made:
            made[name] = _inner(made[name], f"{place}.options.{name}")
    if isinstance(made.get("among"), Sequence) and not isinstance(made["among"], str):
        inner = enumerate(made["among"])
        made["among"] = tuple(_inner(one, f"{place}.options.among.{k}") for k, one in inner)
    return made


def _inner(stated: Any, place: str) -> Any:
    """Return the party that a kind, or a table with a kind, names; anything else as it is."""
    if isinstance(stated, str):
        return make_party(stated, {}, place)
    if not isinstance(stated, Mapping):
        return stated
    rest = {key: value for key, value in stated.items() if key != "kind"}
    return make_party(str(stated.get("kind")), rest, place)


PARTIES: dict[str, Callable[..., PartyBehaviour]] = {
    "honest": Honest,
    "cautious": Cautious,
    "exaggerating": Exaggerating,
    "best-responding": BestResponding,
    "committed": Committed,
    "silent": Silent,
    "policy-switching": PolicySwitching,
    "reputation-building": ReputationBuilding,
    "spiteful": Spiteful,
    "fickle": Fickle,
}
