import shutil

import pytest

from comity.core import InputError
from comity.learning.crossplay.entrants import entrant, entrants, environment_of, grouped, outsiders
from comity.learning.partners import catalogue
from comity.learning.training.agents import learn


@pytest.fixture
def folder(tmp_path):
    for seed, game in enumerate("AB"):
        path = tmp_path / f"{game}.npz"
        learn("tiny hanabi", "off-belief", variant={"game": game}, seed=seed, path=path)
    return tmp_path


def test_a_folder_stands_for_its_checkpoints(folder):
    found = entrants([str(folder), "lever_players:pull"])
    assert [one.policy.name for one in found] == ["A", "B", "lever_players:pull"]
    groups = grouped(found)
    assert {name: len(members) for name, members in groups.items()} == {
        "off-belief": 2,
        "lever_players": 1,
    }


def test_the_game_is_that_of_the_checkpoints(folder):
    assert environment_of([entrant(str(folder / "A.npz"))]).variant == {"game": "A"}
    with pytest.raises(InputError, match="different games"):
        environment_of(entrants([str(folder)]))
    foreign = [entrant("lever_players:pull")]
    with pytest.raises(InputError, match="which game"):
        environment_of(foreign)
    assert environment_of(foreign, "lever", {"players": 3}).variant["players"] == 3


def test_agents_in_the_box_are_known_by_name():
    found = entrant("overcooked-cramped-room")
    assert found.group == "ippo"
    assert environment_of([found]).name == "overcooked"
    game = environment_of([found])
    assert outsiders(["overcooked-cramped-room"], game)[0].name == "overcooked-cramped-room"


def test_nobody_is_counted_as_a_stranger_to_itself(folder):
    shutil.copy(folder / "A.npz", folder / "C.npz")
    with pytest.raises(InputError, match=r"twice \(found A, C\)"):
        entrants([str(folder)])
    with pytest.raises(InputError, match="twice"):
        entrants(["lever_players:pull", "lever_players:pull"])


def test_agents_of_one_file_are_siblings(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text("def first(seat):\n    return lambda seen, info: 0\n\n\nsecond = first\n")
    groups = grouped(entrants([f"{file}:first", f"{file}:second"]))
    assert {name: len(members) for name, members in groups.items()} == {str(file): 2}


def test_who_is_no_one(tmp_path):
    with pytest.raises(InputError, match="no agent"):
        entrants([str(tmp_path)])
    with pytest.raises(InputError, match="neither"):
        entrant("smartbot")
    with pytest.raises(InputError, match="cannot read"):
        entrant("missing.npz")


def test_partners_from_outside(folder, monkeypatch):
    monkeypatch.setattr(catalogue, "PARTNERS", {"puller": ("lever", "no_module:Puller")})
    game = environment_of([entrant(str(folder / "A.npz"))])
    found = outsiders([str(folder / "A.npz"), "lever_players:pull", "box"], game)
    assert [one.name for one in found] == ["A", "lever_players:pull"]
    with pytest.raises(InputError, match="no such partner"):
        outsiders(["puller"], game)
