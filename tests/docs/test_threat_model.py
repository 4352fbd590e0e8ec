"""Every test that the threat model names exists, and every attack names one."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "explanation" / "threat-model.md").read_text("utf-8")
NAMED = re.findall(r"^\| `(test_\w+)` \| `([\w/.]+)` \|$", PAGE, re.MULTILINE)
ATTACKS = re.findall(r"^### ([^\n]+)\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("test", "file"), NAMED)
def test_it_exists(test, file):
    places = (ROOT / "tests" / "rooms" / file, ROOT / "tests" / file)
    text = next(place for place in places if place.is_file()).read_text("utf-8")
    assert re.search(rf"^def {test}\(", text, re.MULTILINE)


def test_no_test_is_named_otherwise():
    assert len(re.findall(r"test_\w+`", PAGE)) == len(NAMED)


def test_every_attack_is_tried():
    wanted = {
        "Impersonation",
        "Eavesdropping",
        "Copied commitment",
        "Selective abort",
        "Replay",
        "Late report",
        "Storage theft",
        "Denial of service",
        "A dishonest operator",
    }
    tried = {name for name, text in ATTACKS if "| `test_" in text}
    assert wanted <= tried
    assert tried == {name for name, _ in ATTACKS}
