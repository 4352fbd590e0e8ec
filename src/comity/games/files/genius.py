"""Reading GENIUS domains and profiles, the XML files of the ANAC competitions.

A domain lists issues with items (or a range of whole numbers). A profile gives one party's weight
for each issue and its evaluation of each item. Source: Lin, Kraus, Baarslag, Tykhonov, Hindriks and
Jonker (2014), *Genius: an integrated environment for supporting the design of generic automated
negotiators*, Computational Intelligence 30(1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from comity.core.errors import InputError, located
from comity.games.files.xml import attribute, number, read_xml, whole
from comity.games.issues import Issue
from comity.games.negotiation import Negotiation
from comity.games.validation import check_known, check_names

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Scale = Literal["genius", "unit", "raw"]
WEIGHT_TOLERANCE = 0.02


@dataclass(frozen=True)
class _Profile:
    """One party's side of a domain: option values by issue, reservation value and discount."""

    values: dict[str, np.ndarray]
    reservation: float
    discount: float


def read_genius_domain(path: str | Path) -> tuple[Issue, ...]:
    """Return the issues of a GENIUS domain file, in the order of their indices.

    Raises `InputError` for a file that is not one, issues on real numbers, and nested objectives.
    """
    with located(file=str(path)):
        objective = _objective(_child(read_xml(path, "negotiation_template"), "utility_space"))
        return tuple(_issue(element) for element in _indexed(objective).values())


def read_genius(
    domain: str | Path,
    *profiles: str | Path,
    players: Sequence[str] | None = None,
    scale: Scale = "genius",
) -> Negotiation:
    """Return the negotiation of a GENIUS domain and one profile for each party.

    Parameters
    ----------
    domain : the domain file.
    profiles : one file for each party; by default all that lie beside the domain.
    players : names of the parties; by default the names of the profile files.
    scale : ``genius``: an issue's evaluations are divided by their largest where that exceeds 1,
        linear evaluations of whole numbers are held within 0 and 1, and weights stand as stated
        and must sum to 1 (to 0.02); ``unit``: evaluations are always divided by their largest, and
        weights by their sum, so that the best deal is worth 1; ``raw``: weight times evaluation.

    The reservation value stands as stated. A discount factor outside (0, 1) counts as 1, as in
    GENIUS, where it is the factor over the whole negotiation, not over one round. Raises
    `InputError` for unknown, missing or repeated issues and items.
    """
    if scale not in get_args(Scale):
        expected = ", ".join(get_args(Scale))
        raise InputError("unknown scale", place="scale", found=repr(scale), expected=expected)
    issues = read_genius_domain(domain)
    paths = [Path(p) for p in profiles] or find_genius_profiles(domain)
    if not paths:
        raise InputError("there is no profile beside the domain", file=str(domain), found=0)
    names = tuple(players or (path.stem for path in paths))
    if len(names) != len(paths):
        raise InputError(
            "players and profiles disagree", place="players", found=len(names), expected=len(paths)
        )
    read = [_profile(path, issues, scale) for path in paths]
    return Negotiation.additive(
        names,
        issues,
        {name: profile.values for name, profile in zip(names, read, strict=True)},
        reservation=[profile.reservation for profile in read],
        discount=[profile.discount for profile in read],
        title=Path(domain).stem,
    )


def find_genius_profiles(domain: str | Path) -> list[Path]:
    """Return the profiles that lie in the folder of a domain file, by name."""
    beside = sorted(Path(domain).parent.glob("*.xml"))
    return [path for path in beside if b"<utility_space" in _opening(path)]


def _opening(path: Path) -> bytes:
    """Return the start of a file up to where its root element must have begun."""
    with path.open("rb") as stream:
        opening = stream.read(4096)
    return b"" if b"<negotiation_template" in opening else opening


def _objective(space: Element) -> Element:
    """Return the element that holds the issues, the only objective there is."""
    objective = _child(space, "objective")
    for tag in ("objective", "utility_function", "utility"):
        if objective.find(tag) is not None:
            raise InputError(
                "this is no sum over issues",
                place=objective.tag,
                found=f"<{tag}>",
                expected="<issue> and <weight> only",
            )
    return objective


def _child(element: Element, tag: str) -> Element:
    found = element.find(tag)
    if found is None:
        raise InputError("element is missing", place=element.tag, expected=f"<{tag}>")
    return found


def _indexed(objective: Element) -> dict[int, Element]:
    """Return the issues by index, in the order of indices."""
    found: dict[int, Element] = {}
    for element in objective.findall("issue"):
        place = f"issue {element.get('name', '?')!r}"
        index = whole(attribute(element, "index", place), f"{place}, index")
        if index in found:
            raise InputError("an index stands twice", place=place, found=index)
        found[index] = element
    if not found:
        raise InputError("there are no issues", place=objective.tag, expected="<issue>")
    return dict(sorted(found.items()))


def _issue(element: Element) -> Issue:
    """Return one issue of a domain."""
    name = attribute(element, "name", "issue")
    place = f"issue {name!r}"
    kind = element.get("vtype") or element.get("type") or "discrete"
    if kind == "integer":
        return Issue.integers(name, *_bounds(element, place))
    if kind != "discrete":
        raise InputError(
            "unknown type of issue", place=place, found=kind, expected="discrete or integer"
        )
    return Issue(name, tuple(attribute(i, "value", place) for i in element.findall("item")))


def _bounds(element: Element, place: str) -> tuple[int, int]:
    """Return the bounds of a range, which stand on the issue or on a <range> inside it."""
    holder = element if element.get("lowerbound") is not None else _child(element, "range")
    low, high = (attribute(holder, side, place) for side in ("lowerbound", "upperbound"))
    return whole(low, f"{place}, lowerbound"), whole(high, f"{place}, upperbound")


def _profile(path: Path, issues: Sequence[Issue], scale: Scale) -> _Profile:
    with located(file=str(path)):
        space = read_xml(path, "utility_space")
        objective = _objective(space)
        indexed = _indexed(objective)
        stated = {attribute(e, "name", "issue"): e for e in indexed.values()}
        check_names([attribute(e, "name", "issue") for e in indexed.values()], "issues")
        check_known(list(stated), [issue.name for issue in issues], "issues", "issue")
        weights = _weights(objective, indexed, scale)
        values = {
            issue.name: weights[issue.name] * _evaluations(stated[issue.name], issue, scale)
            for issue in issues
        }
        return _Profile(values, _setting(space, "reservation", 0.0), _discount(space))


def _setting(space: Element, tag: str, default: float) -> float:
    element = space.find(tag)
    return default if element is None else number(attribute(element, "value", tag), tag)


def _discount(space: Element) -> float:
    stated = _setting(space, "discount_factor", 1.0)
    return stated if 0 < stated < 1 else 1.0


def _weights(objective: Element, indexed: dict[int, Element], scale: Scale) -> dict[str, float]:
    """Return the weight of each issue by name, on the scale."""
    stated = _stated_weights(objective, indexed)
    total = sum(stated.values())
    if scale == "genius" and abs(total - 1) > WEIGHT_TOLERANCE:
        raise InputError(
            "weights do not sum to 1",
            place="weight",
            found=f"{total:.6g}",
            expected="1, or scale='unit' to divide them by their sum, or scale='raw'",
        )
    if scale == "unit" and total == 0:
        raise InputError("all weights are 0", place="weight", found=0, expected="a positive sum")
    divisor = total if scale == "unit" else 1.0
    return {str(element.get("name")): stated[k] / divisor for k, element in indexed.items()}


def _stated_weights(objective: Element, indexed: dict[int, Element]) -> dict[int, float]:
    """Return the weight of each issue by index, as stated."""
    stated: dict[int, float] = {}
    for element in objective.findall("weight"):
        index = whole(attribute(element, "index", "weight"), "weight, index")
        place = f"weight {index}"
        if index in stated or index not in indexed:
            message = "a weight stands twice" if index in stated else "no issue has this index"
            raise InputError(message, place=place, found=index)
        stated[index] = number(attribute(element, "value", place), place)
        if stated[index] < 0:
            raise InputError("weight is negative", place=place, found=stated[index])
    for index, element in indexed.items():
        if index not in stated:
            raise InputError("an issue has no weight", place=f"issue {element.get('name')!r}")
    return stated


def _evaluations(element: Element, issue: Issue, scale: Scale) -> np.ndarray:
    """Return the evaluation of each option of an issue, on the scale."""
    place = f"issue {issue.name!r}"
    evaluator = element.find("evaluator")
    if evaluator is not None:
        return _linear(evaluator, issue, scale, place)
    stated = _items(element, place)
    check_known(list(stated), issue.options, place, "item")
    row = np.array([stated[option] for option in issue.options])
    top = row.max()
    divides = {"genius": top > 1, "unit": top > 0, "raw": False}[scale]
    return row / top if divides else row


def _items(element: Element, place: str) -> dict[str, float]:
    """Return the stated evaluation of each item."""
    stated: dict[str, float] = {}
    for item in element.findall("item"):
        name = attribute(item, "value", place)
        if name in stated:
            raise InputError("an item stands twice", place=place, found=repr(name))
        where = f"{place}, item {name!r}"
        stated[name] = number(attribute(item, "evaluation", where), where)
        if stated[name] < 0:
            raise InputError("evaluation is negative", place=where, found=stated[name])
    return stated


def _linear(evaluator: Element, issue: Issue, scale: Scale, place: str) -> np.ndarray:
    """Return ``offset + slope (value - lowest value)`` of each whole number of a range."""
    kind = evaluator.get("ftype") or evaluator.get("type") or "linear"
    if kind != "linear":
        raise InputError("unknown evaluator", place=place, found=kind, expected="linear")
    slope, offset = (
        number(evaluator.get(name) or evaluator.get(alias) or "0", f"{place}, {name}")
        for name, alias in (("slope", "parameter1"), ("offset", "parameter0"))
    )
    try:
        steps = np.array([int(option) for option in issue.options]) - int(issue.options[0])
    except ValueError as error:
        raise InputError("the domain lists items, not a range", place=place) from error
    row = offset + slope * steps
    if scale == "genius":
        return np.clip(row, 0, 1)
    return row / row.max() if scale == "unit" and row.max() > 0 else row
