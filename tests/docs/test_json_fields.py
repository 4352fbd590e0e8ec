"""The page on JSON fields explains every field of every result."""

import dataclasses
import re
from pathlib import Path

import pytest

import comity.agreement
import comity.evaluation
import comity.inference.results as understood
import comity.solutions
from comity.agreement.transcripts.record import STEP_TYPES
from comity.assistance.playing import Played, Turn
from comity.core import Certified, Result
from comity.inference import Evidence, Situation

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "json-fields.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
FACES = (comity.agreement, comity.evaluation, comity.solutions)
RESULTS = [
    kind
    for face in FACES
    for kind in (getattr(face, name) for name in face.__all__)
    if isinstance(kind, type) and issubclass(kind, Result) and kind is not Result
]
PARTS = dict(re.findall(r"^### ([\w ]+)\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))
UNDERSTOOD = {
    "Evidence": Evidence,
    "Situation": Situation,
    "Standing": understood.Standing,
    "Comparison of predictors": understood.Comparison,
    "People": understood.People,
    "Rivalry": understood.Rivalry,
    "Calibration": understood.Calibration,
    "NewSetting": understood.NewSetting,
    "Next question": understood.Question,
}


@pytest.mark.parametrize(
    "kind", [*RESULTS, Played, Turn, Certified], ids=lambda kind: kind.__name__
)
def test_every_field_is_explained(kind):
    shown = {field.name for field in dataclasses.fields(kind) if field.repr}
    explained = set(re.findall(r"`(\w+)`", SECTIONS[kind.__name__]))
    assert shown <= explained


@pytest.mark.parametrize("part", [*UNDERSTOOD, "Understanding"])
def test_every_field_of_an_understanding_is_explained(part):
    kind = UNDERSTOOD.get(part, understood.Understanding)
    text = PARTS.get(part, SECTIONS["Understanding"].split("###")[0])
    shown = {field.name for field in dataclasses.fields(kind) if field.repr}
    assert set(re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (.*?) \|", text, re.M)))) == shown


def test_no_part_of_an_understanding_is_left_out():
    kinds = {k for k in vars(understood).values() if isinstance(k, type) and issubclass(k, Result)}
    assert kinds - {Result} == {*UNDERSTOOD.values(), understood.Understanding} - {
        Evidence,
        Situation,
    }


def test_every_step_is_explained():
    explained = set(re.findall(r"^\| `(\w+)`", SECTIONS["Transcript"], re.MULTILINE))
    assert explained == set(STEP_TYPES)
