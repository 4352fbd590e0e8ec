import numpy as np
import pytest

from cases.bad_files import DEAL, GAME
from comity.cases import loads
from comity.cases.frames import frame_of, numeric, read_frame, write_frame
from comity.cases.schema import FrameData
from comity.core.errors import InputError
from comity.games import Lottery

LIMITED = DEAL.replace(
    "[models.Ana",
    """[[frame.constraints]]
label = "not both"
coefficients = { rent = 1, room = { big = 3 } }
at_most = 12

[models.Ana""",
    1,
)


def test_a_frame_of_actions():
    frame = frame_of(loads(GAME).models["Ana"])
    assert frame.axes == (("wait", "drive"), ("wait", "drive"))
    assert (frame.cells, frame.shape, frame.additive) == (4, (2, 2), False)
    assert frame.affected == ("Ana", "Bo", "cyclists")


def test_a_frame_of_issues_has_a_cell_per_option():
    frame = frame_of(loads(DEAL).models["Bo"])
    assert frame.axes[0] == ("8", "9", "10", "11", "12")
    assert (frame.cells, frame.additive) == (7, True)


def test_limits_count_units_and_options():
    game = loads(LIMITED).models["Ana"]
    deals = [game.outcome(k) for k in range(len(game.payoff_points()))]
    rent = [int(game.issues[0].options[deal[0]]) for deal in deals]
    assert all(r + 3 * (deal[1] == 0) <= 12 for r, deal in zip(rent, deals, strict=True))
    assert len(deals) == 7


@pytest.mark.parametrize("text", [GAME, DEAL, LIMITED])
def test_frames_come_back(text):
    frame = frame_of(loads(text).models["Ana"])
    again = read_frame(FrameData.model_validate(write_frame(frame)))
    assert (again.axes, again.labels, again.states) == (frame.axes, frame.labels, frame.states)
    for one, two in zip(frame.constraints, again.constraints, strict=True):
        np.testing.assert_array_equal(one.coefficients, two.coefficients)


def test_an_issue_may_be_astronomic_only_together():
    issues = {f"issue {k}": ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"] for k in range(20)}
    frame = read_frame(FrameData.model_validate({"players": ["A", "B"], "issues": issues}))
    assert frame.cells == 200
    with pytest.raises(InputError, match="too large"):
        read_frame(
            FrameData.model_validate({"players": ["A", "B"], "issues": issues, "form": "table"})
        )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"kind": "gmae", "actions": {"A": ["x"]}}, "mean 'game'"),
        ({"kind": "negotiation", "actions": {"A": ["x"]}}, r"needs \[frame.issues\]"),
        ({}, "nobody is at the table"),
        ({"players": ["A"]}, "what can happen is not said"),
        ({"players": ["A", "B"], "issues": {"i": ["x"]}, "form": "tabel"}, "mean 'table'"),
        ({"players": ["A"], "actions": {"A": ["x"], "B": ["x"]}}, "unknown player"),
        ({"players": ["A"], "bystanders": ["A"], "actions": {"A": ["x"]}}, "stands twice"),
        ({"actions": {"A": ["x"]}, "states": []}, "no states"),
        ({"players": ["A"], "issues": {"i": {"options": ["x"], "range": [1, 2]}}}, "or a range"),
    ],
)
def test_frames_that_are_none(data, words):
    with pytest.raises(InputError, match=words):
        read_frame(FrameData.model_validate(data))


def test_numbers_among_options():
    assert numeric(("1", "2.5")).tolist() == [1, 2.5]
    assert numeric(("1", "two")) is None
    assert numeric(("nan",)) is None


def test_models_stand_on_it():
    frame = frame_of(loads(GAME).models["Ana"])
    game = frame.model(
        prior=np.array([0.5, 0.5]),
        facts=np.zeros((1, 2, 4)),
        weights=np.zeros((3, 1)),
        tastes=np.arange(24.0).reshape(3, 2, 4),
    )
    assert game.payoffs(Lottery.pure((0, 1))).tolist() == [3, 11]
