"""Evaluations are plain JSON, and say what they are in words."""

import json

import pytest

from comity.core.errors import InputError
from evaluating import evaluated


def test_plain_json():
    data = evaluated("honest").to_dict()
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert data["kind"] == "comity evaluation"


def test_in_words():
    text = str(evaluated("honest"))
    assert text.startswith("honest\n")
    assert "agreement (programs): about" in text


def test_scores_by_name():
    assert evaluated("honest").score("own gain").better == "higher"
    assert evaluated("honest").score("under threat: committed").group == "programs"
    with pytest.raises(InputError, match="no such score with people"):
        evaluated("honest").score("own gain", "people")
