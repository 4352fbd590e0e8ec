"""One side has seen a sign that is right as often as it says."""

import numpy as np

from comity.evaluation.suite.information import INFORMATION, RIGHT


def drawn(count=400):
    """For each variant: who is informed, and whether the sign was right."""
    found = []
    for k in range(count):
        variant = INFORMATION.variant(k, split="development")
        state = int(variant.truth.prior.argmax())
        priors = [model.prior for model in variant.case.models.values()]
        (informed,) = (i for i, prior in enumerate(priors) if prior.max() > 0.5)
        found.append((informed, int(priors[informed].argmax() == state)))
    return np.array(found)


def test_the_sign_is_right_as_often_as_it_says():
    found = drawn()
    assert abs(found[:, 1].mean() - RIGHT) < 4 * np.sqrt(RIGHT * (1 - RIGHT) / len(found))
    assert abs(found[:, 0].mean() - 0.5) < 4 * np.sqrt(0.25 / len(found))


def test_the_truth_is_one_state_and_the_views_are_calibrated():
    variant = INFORMATION.variant(0)
    assert sorted(variant.truth.prior) == [0, 1]
    assert all(np.isclose(m.prior.sum(), 1) for m in variant.case.models.values())


def test_what_is_best_to_plant_depends_on_the_state():
    """Not always, but often enough that the sign is worth something."""
    differ = []
    for k in range(60):
        tastes = INFORMATION.variant(k).truth.tastes[:, :, :3].sum(axis=0)
        differ.append(tastes[0].argmax() != tastes[1].argmax())
    assert 0.3 < np.mean(differ) < 0.95
