"""The parties that ship with comity, by the ``kind`` that a Case file names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import Parameter, signature
from typing import Any

from comity.agreement.parties.best_responding import BestResponding
from comity.agreement.parties.cautious import Cautious
from comity.agreement.parties.committed import Committed
from comity.agreement.parties.exaggerating import Exaggerating
from comity.agreement.parties.honest import Honest
from comity.agreement.parties.policy_switching import PolicySwitching
from comity.agreement.parties.protocol import COMPLY, Context, PartyBehaviour
from comity.agreement.parties.silent import Silent
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
    "Honest",
    "PartyBehaviour",
    "PolicySwitching",
    "Silent",
    "make_party",
]


def make_party(kind: str, options: Mapping[str, Any], place: str = "parties") -> PartyBehaviour:
    """Return the behaviour that a Case file names.

    ``policy-switching`` takes ``first`` and ``then`` as kinds, or as tables with ``kind`` and
    options. Raises `InputError` for an unknown kind or option.

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
        inner = made.get(name)
        if isinstance(inner, str):
            made[name] = make_party(inner, {}, f"{place}.options.{name}")
        elif isinstance(inner, Mapping):
            rest = {key: value for key, value in inner.items() if key != "kind"}
            made[name] = make_party(str(inner.get("kind")), rest, f"{place}.options.{name}")
    return made


PARTIES: dict[str, Callable[..., PartyBehaviour]] = {
    "honest": Honest,
    "cautious": Cautious,
    "exaggerating": Exaggerating,
    "best-responding": BestResponding,
    "committed": Committed,
    "silent": Silent,
    "policy-switching": PolicySwitching,
}
