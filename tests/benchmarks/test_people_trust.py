"""Yardsticks of the page on trust: loops, closed forms, planted people, swapped columns."""

import numpy as np
import people_trust as trust
import pytest

from comity.core.errors import InputError

PLANTED = ((0, 90), (20, 10), (80, 40))
"""Places of both parameters of three people in the grids of the published procedure."""


def best_by_loop(sent, multiplier, believed, theta, phi):
    """The moral opportunist of van Baar, Chang and Sanfey (2019), one option at a time."""
    received, thought = sent * multiplier, sent * believed
    utilities = []
    for back in range(received + 1):
        own, other = received - back, 10 - sent + back
        guilt = (max(thought / 2 - back, 0) / thought) ** 2
        inequity = (own / (own + other) - 0.5) ** 2
        moral = min(guilt + phi, inequity - phi)
        utilities.append(theta * own / received - (1 - theta) * moral)
    return int(np.argmax(utilities))


def write(folder, returned, rounds=12, expected=None):
    """Write trials in the form of the authors' file; even trials are like the odd ones before."""
    rows = []
    for person in range(len(PLANTED)):
        for block in (1, 2):
            for trial in range(1, rounds + 1):
                sent = ((trial + 1) // 2 * 3 + person) % 10 + 1
                mult = (2, 4, 6)[((trial + 1) // 2 + block) % 3]
                back = returned(person, sent, mult, 4)
                thought = min(2 * sent, sent * mult) if expected is None else expected
                rows.append((person + 100, block, trial, sent, 4, mult, thought, back))
    path = folder / trust.DATA
    path.parent.mkdir(parents=True)
    path.write_text("\n".join(",".join(map(str, row)) for row in rows) + "\n")
    return folder


@pytest.fixture
def planted(tmp_path):
    def returned(person, sent, mult, believed):
        theta, phi = PLANTED[person]
        return best_by_loop(sent, mult, believed, trust.THETAS[theta], trust.PHIS[phi])

    return write(tmp_path, returned)


def test_best_options_by_a_loop():
    rng = np.random.default_rng(0)
    for sent, mult, believed in ((10, 4, 4), (3, 2, 4), (7, 6, 4), (1, 2, 2)):
        found = trust.best_options(sent, mult, believed)
        for theta, phi in rng.integers(0, 101, (20, 2)):
            wanted = best_by_loop(sent, mult, believed, trust.THETAS[theta], trust.PHIS[phi])
            assert found[theta * len(trust.PHIS) + phi] == wanted


def test_the_published_procedure_gets_planted_people_back(planted):
    trials = trust.read_trials(planted)
    np.testing.assert_array_equal(trust.published_procedure(trials), trials.even.choice)


def test_odd_trials_teach_and_even_ones_are_predicted(planted):
    trials = trust.read_trials(planted)
    assert len(trials.odd) == len(trials.even) == 3 * 2 * 6
    assert set(trials.odd.order % 2) == {0}  # orders count from 0, trials from 1


def test_a_constant_share_comes_back(tmp_path):
    shares = (0.0, 0.5, 1.0)
    folder = write(tmp_path, lambda person, sent, mult, _: int(shares[person] * sent * mult))
    trials = trust.read_trials(folder)
    np.testing.assert_allclose(trust.constant_share(trials), trials.even.choice)


def test_a_share_of_least_squares(planted):
    trials = trust.read_trials(planted)
    received = trust.seen(trials.odd, "received")
    found = trust.constant_share(trials) / trust.seen(trials.even, "received")
    for person in range(3):
        own = trials.odd.person == person
        slope = np.linalg.lstsq(received[own][:, None], trials.odd.choice[own], rcond=None)[0][0]
        np.testing.assert_allclose(found[trials.even.person == person], slope)


def test_straight_lines_nearly_come_back(tmp_path):
    def returned(person, sent, mult, believed):
        return (sent * mult // 2, sent, min(sent * believed // 2, sent * mult))[person]

    trials = trust.read_trials(write(tmp_path, returned, rounds=60))
    said = trust.straight_lines(trials)
    easy = trials.even.person < 2  # the third has a kink
    assert np.abs(said - trials.even.choice)[easy].max() < 0.1


def test_yardsticks_as_columns_stand_agree_with_those_of_the_table(planted):
    trials = trust.read_trials(planted)
    found = trust.yardsticks_of_column(planted, "ret")
    constant = trust.rmse_of(trust.constant_share(trials), trials.even).value
    assert found[trust.CONSTANT] == pytest.approx(constant)
    assert found[trust.PROCEDURE] == 0


def test_columns_read_the_wrong_way_round(planted):
    right, wrong = trust.read_trials(planted), trust.read_trials(planted, trust.SWAPPED)
    invested, mult = (trust.seen(wrong.even, name) for name in ("invested", "multiplier"))
    np.testing.assert_array_equal(wrong.even.choice, np.minimum(2 * invested, mult * invested))
    assert not np.array_equal(right.even.choice, wrong.even.choice)


def test_a_return_of_more_than_there_was_is_a_fault(tmp_path):
    folder = write(tmp_path, lambda *_: 0, expected=13)
    kept = trust.read_trials(folder, trust.SWAPPED)
    received = np.r_[trust.seen(kept.odd, "received"), trust.seen(kept.even, "received")]
    assert received.min() >= 13
    frame = trust.read_numbers(folder)
    assert len(received) == int((frame["inv"] * frame["mult"] >= 13).sum())
    assert len(kept.odd.faults) == len(frame) - len(received)


def test_errors_with_their_interval(planted):
    trials = trust.read_trials(planted)
    off = trust.rmse_of(trials.even.choice + np.where(trials.even.person == 0, 3.0, 0), trials.even)
    assert off.value == pytest.approx(np.sqrt(3))
    assert off.low < off.value < off.high
    exact = trust.rmse_of(trials.even.choice.astype(float), trials.even)
    assert (exact.value, exact.low, exact.high) == (0, 0, 0)


def test_whose_multiplier_is_as_believed(planted):
    trials = trust.read_trials(planted)
    multiplier = trust.seen(trials.odd, "multiplier")
    np.testing.assert_array_equal(trust.as_believed(trials.odd), multiplier == 4)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match="study1_allDataLong"):
        trust.read_trials(tmp_path)
