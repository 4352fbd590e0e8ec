import json
import os
from itertools import permutations, product
from pathlib import Path

import casino_beliefs as beliefs
import numpy as np
import pytest
from casino_words import FEATURES, ISSUES

from comity.core.errors import InputError

PLANTED = np.array(
    [[1.0, 0.8, 0.5, -0.5, 0.3, 0.2, 0.0], [0.2, 0.4, 0.6, -1.0, 0.3, 0.0, 0.5]],
)


def planted(count, lapse=0.0, seed=3):
    """Rankings drawn from a known model."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(count, 3, len(FEATURES)))
    p = beliefs.predict(beliefs.Beliefs(PLANTED, 1.0, lapse), x)
    y = (p.cumsum(axis=1) > rng.random((count, 1))).argmax(axis=1)
    return x, y, np.arange(count) // 2, p


def test_probabilities_by_hand():
    x = np.zeros((1, 3, len(FEATURES)))
    x[0, 0, 0] = 2.0
    p = beliefs.predict(beliefs.Beliefs(PLANTED, 0.5, 0.1), x)[0]
    first, last = np.exp(2 * 1.0 / 0.5), np.exp(-2 * 0.2 / 0.5)
    odds = [first if r[0] == "Food" else last if r[2] == "Food" else 1 for r in beliefs.RANKINGS]
    assert p == pytest.approx(0.9 * np.array(odds) / sum(odds) + 0.1 / 6)


def test_nothing_said_means_uniform():
    silent = np.zeros((1, 3, len(FEATURES)))
    assert beliefs.predict(beliefs.Beliefs(PLANTED, 1, 0), silent) == pytest.approx(1 / 6)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_relabelling_the_issues_relabels_the_beliefs(order):
    x, *_ = planted(5)
    model = beliefs.Beliefs(PLANTED, 0.9, 0.05)
    renamed = [tuple(ISSUES[order.index(ISSUES.index(i))] for i in r) for r in beliefs.RANKINGS]
    place = [beliefs.RANKINGS.index(r) for r in renamed]
    assert np.allclose(beliefs.predict(model, x[:, order])[:, place], beliefs.predict(model, x))


def test_fit_recovers_planted_weights_and_lapse():
    x, y, groups, _ = planted(6000, lapse=0.1)
    model = beliefs.fit(x, y, groups, l2=1.0)
    effective = model.weights / model.temperature
    assert np.abs(effective - PLANTED).max() < 0.15
    assert model.lapse == pytest.approx(0.1, abs=0.04)


def test_weights_satisfy_the_score_equation():
    x, y, *_ = planted(200)
    penalty = 4.0
    z = beliefs.contrasts(x)
    scale = z.std(axis=(0, 1))
    w = beliefs.fit_weights(x, y, penalty)
    p = beliefs.predict(beliefs.Beliefs(w, 1, 0), x)
    observed, expected = z[np.arange(200), y].sum(axis=0), np.einsum("nk,nkf->f", p, z)
    assert (observed - expected) / scale == pytest.approx(penalty * w.ravel() * scale, abs=0.01)


def test_both_people_of_a_dialogue_fall_in_one_fold():
    groups = np.repeat(np.arange(40), 2)
    fold = beliefs.folds(groups, 5, seed=0)
    assert (fold[::2] == fold[1::2]).all()
    assert np.bincount(fold).tolist() == [16] * 5


def test_a_forecast_does_not_see_its_own_label():
    x, y, groups, _ = planted(60)
    fold = beliefs.folds(groups, beliefs.FOLDS, seed=0)
    flipped = np.where(fold == 0, 5 - y, y)
    before, after = (beliefs.cross_validate(x, labels, groups) for labels in (y, flipped))
    assert np.array_equal(before[fold == 0], after[fold == 0])
    assert not np.array_equal(before[fold == 1], after[fold == 1])


def test_labels_that_mean_nothing_leave_beliefs_uniform():
    x, _, groups, _ = planted(400)
    y = np.random.default_rng(8).integers(6, size=400)
    loss = beliefs.log_loss(beliefs.cross_validate(x, y, groups), y)
    assert np.log(6) - 0.02 < loss < np.log(6) + 0.06


def test_uniform_forecasts_score_what_they_must():
    y = np.arange(60) % 6
    scores = beliefs.calibration(np.full((60, 6), 1 / 6), y, np.arange(60) // 2)
    assert scores.log_loss == pytest.approx((np.log(6),) * 3)
    assert scores.brier == pytest.approx((5 / 6,) * 3)
    assert sum(rows for rows, *_ in scores.bins) == 60


def test_true_probabilities_are_calibrated_and_bold_ones_are_not():
    _, y, groups, p = planted(3000)
    honest = beliefs.calibration(p, y, groups)
    bold = p**3 / (p**3).sum(axis=1, keepdims=True)
    assert honest.ece[0] < 2 * honest.ece_by_chance
    assert beliefs.calibration(bold, y, groups).ece[1] > 5 * honest.ece_by_chance
    inside = [low <= sure <= high for _, sure, _, low, high in honest.bins]
    assert sum(inside) >= 8


def test_calibration_by_hand():
    p = np.array([[0.5, 0.3, 0.2, 0, 0, 0], [0.9, 0.1, 0, 0, 0, 0]])
    scores = beliefs.calibration(p, np.array([1, 0]), np.array([0, 1]), bins=1)
    assert scores.log_loss[0] == pytest.approx(-(np.log(0.3) + np.log(0.9)) / 2)
    assert scores.accuracy[0] == pytest.approx(0.5)
    assert scores.brier[0] == pytest.approx((0.25 + 0.49 + 0.04 + 0.01 + 0.01) / 2)
    assert scores.ece[0] == pytest.approx(0.2)
    assert scores.bins[0][:3] == pytest.approx((2, 0.7, 0.5))


def test_dataset_reads_the_true_ranking():
    info = {
        "ben": {"value2issue": {"Low": "Food", "High": "Water", "Medium": "Firewood"}},
        "ada": {"value2issue": {"High": "Food", "Medium": "Water", "Low": "Firewood"}},
    }
    talk = [{"text": "I need food", "task_data": {}, "id": "ada"}]
    x, y, groups = beliefs.dataset([{"chat_logs": talk, "participant_info": info}])
    assert x.shape == (2, 3, len(FEATURES))
    assert [beliefs.RANKINGS[place] for place in y] == [ISSUES, ("Water", "Firewood", "Food")]
    assert groups.tolist() == [0, 0]
    assert x[0].any()
    assert not x[1].any()


@pytest.mark.parametrize("text", ["[", "{}", "[]", "[1]", '[{"chat_logs": []}]', None])
def test_files_that_hold_no_dialogues_are_refused(tmp_path, text):
    if text is not None:
        (tmp_path / "casino_train.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"casino_train\.json"):
        beliefs.load(tmp_path, "train")


def frank_dialogue(first, second):
    """Two people who say what they want and agree on nothing."""
    info, talk = {}, []
    for person, order in (("ada", first), ("ben", second)):
        top, middle, last = (issue.lower() for issue in order)
        info[person] = {
            "value2issue": dict(zip(("High", "Medium", "Low"), order, strict=True)),
        }
        text = f"I need {top} most. I like 2 {middle}. I have plenty of {last}"
        talk.append({"text": text, "task_data": {}, "id": person})
    return {"chat_logs": talk, "participant_info": info}


def test_the_script_reads_frank_people(tmp_path, monkeypatch, capsys):
    pairs = list(product(beliefs.RANKINGS, repeat=2))
    for part in ("train", "valid"):
        text = json.dumps([frank_dialogue(*pair) for pair in pairs])
        (tmp_path / f"casino_{part}.json").write_text(text, encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["casino_beliefs.py", "--data", str(tmp_path)])
    assert beliefs.main() == 0
    printed = capsys.readouterr().out
    assert "Validation dialogues" in printed
    assert printed.count("accuracy  1.000  [1.000, 1.000]") == 2


def test_the_script_says_what_is_missing(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["casino_beliefs.py", "--data", str(tmp_path)])
    assert beliefs.main() == 2
    assert "casino_train.json" in capsys.readouterr().err


def test_people_reveal_their_priorities_and_the_model_is_calibrated():
    folder = os.environ.get("COMITY_DATA")
    if not folder or not (Path(folder) / "casino").is_dir():
        pytest.skip("set COMITY_DATA to a folder that holds casino/casino_train.json")
    x, y, groups = beliefs.dataset(beliefs.load(Path(folder), "train"))
    scores = beliefs.calibration(beliefs.cross_validate(x, y, groups), y, groups)
    assert scores.log_loss == pytest.approx((1.128, 1.085, 1.169), abs=0.01)
    assert scores.accuracy[1] > 0.5
    assert scores.ece[0] < 1.5 * scores.ece_by_chance
