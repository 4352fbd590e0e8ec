import json

import pytest

from inference.making import COMMITTED, FEHR, OWN, REPUTATION, SPITE, bare, understanding


def test_what_stands_and_what_fell():
    made = understanding()
    assert made.standing == (COMMITTED, REPUTATION, FEHR)
    assert made.fallen == (SPITE, OWN)
    assert (bare().standing, bare().fallen) == ((), (OWN,))


@pytest.mark.parametrize("make", [understanding, bare])
def test_it_becomes_plain_json(make):
    data = json.loads(json.dumps(make().to_dict(), allow_nan=False))
    assert [s["name"] for s in data["standings"]] == [s.name for s in make().standings]
    assert "pictures" not in data


def test_infinite_needs_are_words_in_json():
    first = understanding().to_dict()["rivalries"][0]
    assert first["decisions_expected"] == "Infinity"


def test_a_picture_is_drawn_on_demand():
    assert understanding().plot(what="rivalries").get_xlabel() == "rival"
