"""The page on JSON fields explains every field of every result."""

import dataclasses
import re
from pathlib import Path

import pytest

import comity.agreement
import comity.solutions
from comity.agreement.transcripts.record import STEP_TYPES
from comity.core import Certified, Result

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "json-fields.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
FACES = (comity.agreement, comity.solutions)
RESULTS = [
    kind
    for face in FACES
    for kind in (getattr(face, name) for name in face.__all__)
    if isinstance(kind, type) and issubclass(kind, Result) and kind is not Result
]


@pytest.mark.parametrize("kind", [*RESULTS, Certified], ids=lambda kind: kind.__name__)
def test_every_field_is_explained(kind):
    shown = {field.name for field in dataclasses.fields(kind) if field.repr}
    explained = set(re.findall(r"`(\w+)`", SECTIONS[kind.__name__]))
    assert shown <= explained


def test_every_step_is_explained():
    explained = set(re.findall(r"^\| `(\w+)`", SECTIONS["Transcript"], re.MULTILINE))
    assert explained == set(STEP_TYPES)
