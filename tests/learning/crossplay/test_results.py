import json

from comity.learning.crossplay.cross_play import cross_play
from comity.learning.environments.make import make
from lever_players import Puller


def test_results_are_plain_json_and_groups_are_found_by_name():
    found = cross_play({"a": [Puller(0)], "b": [Puller(9)]}, environment=make("lever"), games=2)
    data = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert data["groups"][0]["self_play"]["value"] == 1.0
    assert data["optimum"]["kind"] == "exact"
    assert found.group("b").members == ("puller",)
    assert "matrix" in str(found)
