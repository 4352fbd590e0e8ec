import json

import numpy as np
import pytest

from comity.cases import dumps, load, loads
from comity.cases.formats import is_foreign
from comity.core.errors import InputError

DOMAIN = """<negotiation_template><utility_space number_of_issues="2">
<objective index="0" etype="objective" name="all" type="objective">
<issue etype="discrete" index="1" name="rent" type="discrete" vtype="discrete">
<item index="1" value="800"/><item index="2" value="1000"/></issue>
<issue etype="discrete" index="2" name="room" type="discrete" vtype="discrete">
<item index="1" value="big"/><item index="2" value="small"/></issue>
</objective></utility_space></negotiation_template>"""

PROFILE = """<utility_space number_of_issues="2">
<objective index="0" etype="objective" name="all" type="objective">
<issue etype="discrete" index="1" name="rent" type="discrete" vtype="discrete">
<item index="1" value="800" evaluation="{a}"/>
<item index="2" value="1000" evaluation="{b}"/></issue>
<issue etype="discrete" index="2" name="room" type="discrete" vtype="discrete">
<item index="1" value="big" evaluation="4"/><item index="2" value="small" evaluation="1"/></issue>
<weight index="1" value="0.7"/><weight index="2" value="0.3"/>
</objective><reservation value="0.2"/></utility_space>"""


@pytest.fixture
def genius(tmp_path):
    (tmp_path / "flat.xml").write_text(DOMAIN)
    (tmp_path / "landlord.xml").write_text(PROFILE.format(a=1, b=5))
    (tmp_path / "tenant.xml").write_text(PROFILE.format(a=5, b=1))
    return tmp_path


def test_a_genius_folder_domain_or_domain_with_profiles(genius):
    texts = [
        dumps(load(genius)),
        dumps(load(genius / "flat.xml")),
        dumps(load(genius / "flat.xml", profiles=[genius / "landlord.xml", genius / "tenant.xml"])),
    ]
    assert texts[0] == texts[1] == texts[2]
    case = loads(texts[0])
    assert case.names == ("landlord", "tenant")
    assert case.constitution.disagreement == "no-deal"
    assert case.assumptions
    points = case.models["tenant"].payoff_points()
    assert points.shape == (4, 2)
    # The landlord likes 1000, the tenant 800.
    assert points[2, 0] > points[0, 0]
    assert points[2, 1] < points[0, 1]


def dialogue(number, high):
    ranks = {"High": high, "Medium": "Water" if high != "Water" else "Food", "Low": "Firewood"}
    people = {
        f"mturk_agent_{k}": {
            "value2issue": ranks,
            "value2reason": {},
            "outcomes": {"points_scored": 5, "satisfaction": "", "opponent_likeness": ""},
        }
        for k in (1, 2)
    }
    logs = [{"text": "Walk-Away", "task_data": {}, "id": "mturk_agent_1"}]
    return {"dialogue_id": number, "chat_logs": logs, "participant_info": people}


def test_a_casino_dialogue_is_chosen_by_number(tmp_path):
    path = tmp_path / "some.json"
    path.write_text(json.dumps([dialogue(3, "Food"), dialogue(9, "Water")]))
    first, chosen = load(path), load(f"{path}#9")
    assert "dialogue 3" in first.title
    assert "dialogue 9" in chosen.title
    with pytest.raises(InputError, match="no such dialogue"):
        load(f"{path}#4")


def test_campers_know_their_own_priorities_and_six_orders_of_the_others(tmp_path):
    path = tmp_path / "one.json"
    path.write_text(json.dumps(dialogue(3, "Food")))
    one, two = load(path).parties
    assert len(one.beliefs) == 6
    assert sum(b.probability for b in one.beliefs) == pytest.approx(1)
    assert {tuple(np.sort(b.values[:12].reshape(3, 4).max(axis=1))) for b in one.beliefs} == {
        (9, 12, 15)
    }
    own = one.model.tastes[0, 0].reshape(3, 4).max(axis=1)
    guess = two.model.tastes[0, 0].reshape(3, 4).max(axis=1)
    assert sorted(own) == [9, 12, 15]
    assert guess.tolist() == [12, 12, 12]
    assert one.model.reservation.tolist() == [5, 5]


def test_a_gambit_game(tmp_path):
    path = tmp_path / "dilemma.nfg"
    path.write_text('NFG 1 R "A dilemma" { "Ana" "Bo" } { 2 2 }\n\n3 3 5 0 0 5 1 1\n')
    case = load(path)
    assert case.names == ("Ana", "Bo")
    assert case.models["Ana"].table[0].tolist() == [[3, 0], [5, 1]]
    assert loads(dumps(case)).models["Bo"].table.tolist() == case.models["Bo"].table.tolist()


def test_own_json_is_not_foreign(tmp_path):
    path = tmp_path / "case.json"
    path.write_text('{"title": "x"}')
    assert not is_foreign(path)
    assert is_foreign(tmp_path)
    assert is_foreign("a.json#12")
    assert not is_foreign("a#b.toml")
