"""The specification shows the protocol's own tables."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLACE = ROOT / "docs" / "_room_protocol.py"
SPECIFICATION = importlib.util.spec_from_file_location("room_protocol", PLACE)
tables = importlib.util.module_from_spec(SPECIFICATION)
SPECIFICATION.loader.exec_module(tables)
PAGE = (ROOT / "docs" / "reference" / "room-protocol.md").read_text("utf-8")


@pytest.mark.parametrize("part", tables.parts(), ids=lambda part: part[:30])
def test_the_page_shows_the_tables(part):
    assert part in PAGE, "run docs/_room_protocol.py and put its output on the page"


def test_the_page_names_every_status_and_phase():
    from comity.rooms.protocol.bodies import STATUSES
    from comity.rooms.protocol.terms import TIMED

    assert [status for status in STATUSES if f"`{status}`" not in PAGE] == []
    assert [phase for phase in TIMED if phase not in PAGE] == []
