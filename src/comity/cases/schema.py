"""The shape of a Case as data: one schema for files, JSON and the network.

Tables of numbers are open here, since their keys are the frame's own names; `cases.models`
reads them against the frame.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Annotated, Any, get_args, get_origin

from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from comity.cases.faults import dotted, shown, unknown
from comity.cases.numbers import number
from comity.core.errors import ComityError, InputError

VERSION = 1
"""Version of the file format, which a file may state as ``comity = 1``."""


def _validated(check: Callable[[Any], Any]) -> BeforeValidator:
    """Return a check of ours as pydantic wants it, with found and expected kept."""

    def validate(value: Any) -> Any:
        try:
            return check(value)
        except ComityError as error:
            detail = {"message": error.message, "found": error.found, "expected": error.expected}
            raise PydanticCustomError("comity", "{message}", detail) from error

    return BeforeValidator(validate)


def _name(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise InputError("not a name", found=shown(value), expected="text")
    text = str(value).strip()
    if not text:
        raise InputError("a name is empty", found=repr(value), expected="text")
    if "|" in text or text == "*":
        raise InputError("a name may not be '*' or hold '|'", found=repr(text))
    return _writable(text)


def _word(value: Any) -> str:
    if not isinstance(value, str):
        raise InputError("not a word", found=shown(value), expected="text")
    return _writable(value)


def _writable(text: str) -> str:
    """Refuse half of a surrogate pair, which JSON can state and no file can hold."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError("not text", found=ascii(text)[:60], expected="Unicode text") from error
    return text


def _results(value: Any) -> Any:
    """Read results from the JSON text in which a TOML file holds them, for TOML has no null."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError as error:
        raise InputError("not JSON", found=shown(value), expected="JSON text") from error


def _names(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _issue(value: Any) -> Any:
    return {"options": value} if isinstance(value, (list, tuple)) else value


def _issues(value: Any) -> Any:
    """Accept both ``[frame.issues]`` and, where order of keys is not kept, a list of issues."""
    if not isinstance(value, (list, tuple)):
        return value
    found: dict[str, Any] = {}
    for item in value:
        if not isinstance(item, Mapping) or "name" not in item:
            raise InputError("an issue without a name", found=shown(item), expected="name = ...")
        if item["name"] in found:
            raise InputError("an issue stands twice", found=repr(item["name"]))
        found[item["name"]] = {key: item[key] for key in item if key != "name"}
    return found


def _number_or_none(value: Any) -> Any:
    return None if value is None else number(value)


_NUMBER_SCHEMA: dict[str, Any] = {
    "anyOf": [{"type": "number"}, {"type": "string", "pattern": "^[+-]?\\d+(\\s*/\\s*\\d+)?"}]
}
_ENTRIES_SCHEMA: dict[str, Any] = {
    "anyOf": [*_NUMBER_SCHEMA["anyOf"], {"type": "array"}, {"type": "object"}]
}
Number = Annotated[float, _validated(number), WithJsonSchema(_NUMBER_SCHEMA)]
OptionalNumber = Annotated[
    float | None, _validated(_number_or_none), WithJsonSchema(_NUMBER_SCHEMA)
]
Name = Annotated[str, _validated(_name)]
Word = Annotated[str, _validated(_word)]
Names = Annotated[list[Name], BeforeValidator(_names)]
Words = Annotated[list[Word], BeforeValidator(_names)]
Entries = Annotated[Any, WithJsonSchema(_ENTRIES_SCHEMA)]


class Strict(BaseModel):
    """Data in which an unknown key is a fault."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, frozen=True)


class IssueData(Strict):
    """Options by name, or a range of whole numbers ``[low, high]`` or ``[low, high, step]``."""

    options: list[Name] | None = None
    range: list[int] | None = Field(None, min_length=2, max_length=3)


class ConstraintData(Strict):
    """A limit on deals: the coefficients of the chosen options sum to at most ``at_most``."""

    label: Word = ""
    coefficients: dict[str, Entries]
    at_most: Number


class FrameData(Strict):
    """What is fixed and common before anyone reports."""

    kind: Word | None = None
    players: Names | None = None
    bystanders: Names = []
    actions: dict[str, Names] | None = None
    issues: Annotated[
        dict[str, Annotated[IssueData, BeforeValidator(_issue)]] | None, _validated(_issues)
    ] = None
    form: Word = "additive"
    states: Names = ["always"]
    quantities: Names = []
    constraints: list[ConstraintData] = []


class TastesData(Strict):
    """What the outcomes are worth to one who is affected."""

    weights: dict[str, Number] = {}
    payoffs: Entries = None
    values: dict[str, Entries] | None = None
    issue_weights: dict[str, Number] | None = None
    evaluations: dict[str, Entries] | None = None
    no_deal: OptionalNumber = Field(
        None, validation_alias=AliasChoices("no_deal", "reservation", "no deal")
    )
    discount: OptionalNumber = None


class UncertaintyData(Strict):
    """Standard deviations, in the shape of what they belong to; a number stands for all below."""

    prior: Entries = None
    facts: Entries = None
    tastes: dict[str, Entries] = {}


class BeliefData(Strict):
    """One way the tastes of another may be."""

    about: Name
    probability: OptionalNumber = None
    tastes: TastesData | None = None
    any_order_of: list[Number] | None = None


class AlternativeData(Strict):
    """Another view that could be the party's; what is left out is as in its model."""

    name: Name
    weight: OptionalNumber = None
    source: Word = ""
    prior: Entries = None
    facts: dict[str, Entries] = {}
    tastes: dict[str, TastesData] = {}


class ModelData(Strict):
    """One party's own view."""

    prior: Entries = None
    facts: dict[str, Entries] = {}
    tastes: dict[str, TastesData] = {}
    uncertainty: UncertaintyData = UncertaintyData()
    beliefs: list[BeliefData] = []
    alternatives: list[AlternativeData] = []


class EvidenceData(Strict):
    """Shared data on a quantity."""

    quantity: Name
    values: list[Number]
    sd: OptionalNumber = None
    cell: Word = ""
    state: Word = ""
    source: Word = ""


class QuestionData(Strict):
    """A decision that people may face, or that could be put to them next."""

    name: Name
    options: Names
    payoffs: list[list[Number]]
    delays: list[Number] = []
    history: dict[str, Number | dict[str, Number]] = {}
    beliefs: dict[str, Number | dict[str, Number]] = {}
    after: Word = ""
    cost: Number = 1.0


class BehaviourData(Strict):
    """Past behaviour of people like one of the parties."""

    kind: Word
    about: Word = ""
    columns: dict[str, Word] = {}
    options: dict[str, Any] = {}
    explanations: Words = []
    moves: Word = "together"
    history: dict[str, Number | dict[str, Number]] = {}
    beliefs: dict[str, Number | dict[str, Number]] = {}
    situations: list[QuestionData] = []
    level: Number = 0.9
    questions: list[QuestionData] = []
    source: Word = ""


class RuleData(Strict):
    """A condition of acceptance."""

    rule: Word
    divergence: Word | None = None
    tolerance: Number = 0.0


class TalkData(Strict):
    """Rounds of talk before the decision."""

    rounds: int = 0
    tolerance_step: Number = 0.0
    revise: Number = 0.0
    share_evidence: bool = False


class ConstitutionData(Strict):
    """What the parties fix before they report; a key left out has the constitution's default."""

    tastes: Word | None = None
    facts: Word | None = None
    prior: Word | None = None
    precision: dict[str, Number] = {}
    normalise: bool = Field(False, validation_alias=AliasChoices("normalise", "normalize"))
    acceptance: list[RuleData] | None = None
    solution: Words | None = None
    acceptable: dict[str, Words] = {}
    lotteries: bool = True
    objective: Word | None = None
    disagreement: Word | None = None
    disagreement_point: dict[str, Number] = {}
    default: Word | None = None
    policy: dict[str, Word] = {}
    enforcement: Word | None = None
    tie_break: Word | None = None
    talk: TalkData = TalkData()


class PartyData(Strict):
    """How a party behaves, and a sentence about it."""

    kind: Word = "honest"
    about: Word = ""
    options: dict[str, Any] = {}


class CaseData(Strict):
    """One situation, who sees it how, what they agree on, and why it holds."""

    comity: int = VERSION
    title: Word
    summary: Word = ""
    sources: Words = []
    frame: FrameData
    models: dict[str, ModelData]
    parties: dict[str, PartyData] = {}
    constitution: ConstitutionData = ConstitutionData()
    evidence: list[EvidenceData] = []
    behaviour: BehaviourData | None = Field(
        None, validation_alias=AliasChoices("behaviour", "behavior")
    )
    assumptions: Words = []
    results: Annotated[dict[str, Any], _validated(_results)] = {}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a Case file."""
    schema = CaseData.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def parse(data: Any) -> tuple[CaseData | None, list[ComityError]]:
    """Return the data in its shape, or all that is wrong with the shape."""
    if not isinstance(data, Mapping):
        return None, [InputError("not a Case", found=shown(data), expected="a table of keys")]
    try:
        return CaseData.model_validate(data), []
    except ValidationError as error:
        return None, [_fault(item) for item in error.errors()]


# What each pydantic complaint is in our words: message, what was expected.
_WORDS = {
    "missing": ("is missing", None),
    "dict_type": ("must be a table", "key = value"),
    "model_type": ("must be a table", "key = value"),
    "list_type": ("must be a list", "[...]"),
    "int_type": ("must be a whole number", "a whole number"),
    "int_parsing": ("must be a whole number", "a whole number"),
    "int_from_float": ("must be a whole number", "a whole number"),
    "bool_type": ("must be true or false", "true or false"),
    "bool_parsing": ("must be true or false", "true or false"),
    "too_short": ("is too short", "[low, high] or [low, high, step]"),
    "too_long": ("is too long", "[low, high] or [low, high, step]"),
}


def _fault(item: Any) -> InputError:
    place, kind = item["loc"], item["type"]
    if kind == "extra_forbidden":
        known = _keys_at(CaseData, place[:-1])
        return unknown("key", str(place[-1]), known, dotted(*place))
    if kind == "comity":
        detail = item["ctx"]
        return InputError(
            detail["message"],
            place=dotted(*place),
            found=detail["found"],
            expected=detail["expected"],
        )
    message, expected = _WORDS.get(kind, (item["msg"], None))
    found = None if kind == "missing" else shown(item["input"])
    return InputError(message, place=dotted(*place), found=found, expected=expected)


def _keys_at(kind: Any, place: tuple[Any, ...]) -> list[str]:
    """Return the keys that may stand at a place of the schema."""
    options = [part for part in get_args(kind) if part is not type(None)]
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        if not place:
            return list(kind.model_fields)
        return _keys_at(kind.model_fields[place[0]].annotation, place[1:])
    if get_origin(kind) in (dict, list) and place:
        return _keys_at(options[-1], place[1:])
    return _keys_at(options[0], place) if options else []
