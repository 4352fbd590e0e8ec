"""Reading people: base rates by hand, beliefs that stay in their fold, endings, bad dialogues."""

import json
import os
from itertools import product
from pathlib import Path

import casino_people as people
import numpy as np
import pytest
from casino_beliefs import RANKINGS

from comity.core.errors import InputError

LEVELS = ("High", "Medium", "Low")


def dialogue(number, first, second, offer=(3, 0, 0), scored=None):
    """Two people who name their first issue; the first one's offer is accepted, unless None."""
    ranks = [dict(zip(LEVELS, order, strict=True)) for order in (first, second)]
    worth = [{rank[level]: 5 - k for k, level in enumerate(LEVELS)} for rank in ranks]
    issues = ("Food", "Water", "Firewood")
    talk = [
        {"id": name, "text": f"I need {order[0].lower()}", "task_data": {}}
        for name, order in zip("ab", (first, second), strict=True)
    ]
    points = [5, 5]
    if offer is None:
        talk.append({"id": "a", "text": "Walk-Away", "task_data": {}})
    else:
        mine = dict(zip(issues, map(str, offer), strict=True))
        theirs = dict(zip(issues, (str(3 - k) for k in offer), strict=True))
        deal = {"issue2youget": mine, "issue2theyget": theirs}
        talk.append({"id": "a", "text": "Submit-Deal", "task_data": deal})
        talk.append({"id": "b", "text": "Accept-Deal", "task_data": {}})
        kept = (offer, [3 - k for k in offer])
        points = [
            sum(w[i] * k for i, k in zip(issues, shares, strict=True))
            for w, shares in zip(worth, kept, strict=True)
        ]
    felt = "Slightly satisfied"
    info = {
        name: {"value2issue": rank, "outcomes": {"points_scored": point, "satisfaction": felt}}
        for name, rank, point in zip("ab", ranks, scored or points, strict=True)
    }
    return {"dialogue_id": number, "chat_logs": talk, "participant_info": info}


def written(folder, dialogues):
    (folder / "casino_train.json").write_text(json.dumps(dialogues), encoding="utf-8")
    return folder


def test_rows_of_made_up_dialogues(tmp_path):
    pairs = list(product(RANKINGS, repeat=2))
    talks = [dialogue(k, a, b, None if k == 3 else (3, 0, 0)) for k, (a, b) in enumerate(pairs)]
    found = people.read_people(written(tmp_path, talks))
    assert found.kind.tolist() == [RANKINGS.index(r) for pair in pairs for r in pair]
    assert (found.other == found.kind[found.partner]).all()
    assert np.flatnonzero(found.walked).tolist() == [3]
    assert found.points[6:8].tolist() == [5, 5]
    assert not found.efficient[3]
    # All food goes to the first: right where it is the other's last, wasteful where all share
    # a first issue and differ in the rest.
    met = [(a[0], b.index("Food"), a != b) for a, b in pairs]
    right = [k for k, (top, place, _) in enumerate(met) if (top, place) == ("Food", 2) and k != 3]
    waste = [
        k for k, (top, place, differ) in enumerate(met) if (top, place) == ("Food", 0) and differ
    ]
    assert found.efficient[right].all()
    assert not found.efficient[waste].any()
    assert (found.satisfaction == 4).all()
    for belief in found.beliefs.values():
        assert belief.sum(axis=1) == pytest.approx(1)
    assert found.beliefs["inferred"] == pytest.approx(found.held_of[found.partner])


def test_efficient_means_undominated(tmp_path):
    """Same order: any deal divides the same 36 points, so all are efficient but walking away."""
    talks = [dialogue(k, RANKINGS[0], RANKINGS[0], (k % 4, 1, 2)) for k in range(10)]
    found = people.read_people(written(tmp_path, talks))
    assert found.efficient.all()
    assert found.best_joint.tolist() == [36] * 10


def test_a_wrong_score_is_named(tmp_path):
    talks = [dialogue(k, *RANKINGS[:2]) for k in range(9)] + [
        dialogue(9, *RANKINGS[:2], scored=(1, 2))
    ]
    with pytest.raises(InputError, match="dialogue 9"):
        people.read_people(written(tmp_path, talks))


def test_relations_do_not_depend_on_names():
    table = people.relations()
    assert (np.sort(table, axis=1) == np.arange(6)).all()
    assert (np.diag(table) == table[0, 0]).all()


def test_base_rate_by_hand():
    """Ten people met their own order in other folds, none another: 11 of 16 for the same again."""
    kind = np.zeros(12, dtype=int)
    fold = np.array([0, 0] + [1] * 10)
    found = people.base_rate(kind, kind, fold)
    assert found[0] == pytest.approx([11 / 16] + [1 / 16] * 5)
    assert found[5] == pytest.approx([3 / 8] + [1 / 8] * 5)


@pytest.mark.slow
def test_real_people():
    folder = os.environ.get("COMITY_DATA")
    if not folder or not (Path(folder) / "casino").is_dir():
        pytest.skip("set COMITY_DATA to a folder that holds casino/casino_train.json")
    found = people.read_people(Path(folder))
    assert found.points.mean() == pytest.approx(18.590, abs=5e-4)
    assert found.walked.sum() == 24
    assert found.efficient.sum() == 588
    assert found.best_joint.mean() == pytest.approx(39.36, abs=5e-3)
    tops = np.array([ranking[0] for ranking in RANKINGS])
    assert (tops[found.kind] == tops[found.other]).mean() == pytest.approx(0.507, abs=5e-4)
