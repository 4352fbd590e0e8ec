import numpy as np
import pytest

from cases.bad_files import GAME
from comity.cases import loads
from comity.cases.frames import frame_of
from comity.cases.models import read_prior, write_model
from comity.core.errors import InputError

FRAME = frame_of(loads(GAME).models["Ana"])


def test_blocks_stand_where_they_belong():
    ana = loads(GAME).models["Ana"]
    assert ana.prior.tolist() == [0.75, 0.25]
    assert ana.facts[0].tolist() == [[1, 1, 1, 5], [1, 1, 1, 9]]
    assert ana.weights.tolist() == [[-1], [-1], [0]]
    assert ana.tastes[0, 0].tolist() == [0, 0, 2, 2]
    # 2 for driving, less a delay of 0.75 * 5 + 0.25 * 9.
    assert ana.table[0, 1, 1] == 2 - 6


def test_silences_are_filled_with_a_note():
    case = loads(GAME)
    assert case.assumptions == (
        "Ana states no guess of what Bo values: taken from Bo's own model.",
        "Bo states no guess of what Ana values: taken from Ana's own model.",
        "Bo states no view of what cyclists gains or loses: taken from Ana's.",
    )
    ana, bo = (case.models[name] for name in case.names)
    for row in range(3):
        np.testing.assert_array_equal(ana.tastes[row], bo.tastes[row])


def test_a_stated_guess_is_kept():
    guess = GAME + '\n[models.Bo.tastes.Ana]\npayoffs = { "*" = 7 }\n'
    case = loads(guess)
    assert case.models["Bo"].tastes[0, 0].tolist() == [7] * 4
    assert case.models["Ana"].tastes[0, 0].tolist() == [0, 0, 2, 2]
    assert len(case.assumptions) == 2


@pytest.mark.parametrize(
    ("entry", "expected"),
    [({"dry": 0.25, "wet": 0.75}, [0.25, 0.75]), (["1/2", 0.5], [0.5, 0.5])],
)
def test_priors(entry, expected):
    assert read_prior(entry, FRAME).tolist() == expected


@pytest.mark.parametrize("bad", [None, 1, [1], {"dry": 1}, {"dry": 0.5, "wet": 0.6}])
def test_what_is_no_prior(bad):
    with pytest.raises(InputError):
        read_prior(bad, FRAME)


UNSURE = """
[models.Bo.uncertainty]
prior = 0.1
facts = { delay = { "*" = 1, "drive | drive" = { dry = 2, wet = 3 } } }
tastes = { Ana = 0.5, cyclists = { payoffs = { "*" = 1 } } }
"""


def test_uncertainty_lies_beside_the_blocks():
    bo = loads(GAME + UNSURE).parties[1]
    blocks = bo.model.blocks()
    assert all(bo.uncertainty[name].shape == blocks[name].values.shape for name in bo.uncertainty)
    assert bo.uncertainty["prior"].tolist() == [0.1, 0.1]
    assert bo.uncertainty["facts"].tolist() == [1, 1, 1, 2, 1, 1, 1, 3]
    assert bo.uncertainty["tastes[Ana]"].tolist() == [0.5] * 9
    assert bo.uncertainty["tastes[cyclists]"].tolist() == [0] + [1] * 8
    assert "tastes[Bo]" not in bo.uncertainty


@pytest.mark.parametrize(
    "bad", ["prior = -1", "facts = { dealy = 1 }", "tastes = { Cy = 1 }", "fact = 1"]
)
def test_what_is_no_uncertainty(bad):
    with pytest.raises(InputError, match=r"models\.Bo\.uncertainty"):
        loads(f"{GAME}\n[models.Bo.uncertainty]\n{bad}\n")


def test_written_models_are_short():
    case = loads(GAME)
    data = write_model(case.models["Ana"], FRAME, {})
    assert list(data) == ["prior", "facts", "tastes"]
    assert data["facts"]["delay"]["drive | drive"] == {"dry": 5, "wet": 9}
    assert data["tastes"]["cyclists"] == {
        "payoffs": {"wait | wait": 0, "wait | drive": 0, "drive | wait": 0, "drive | drive": -4}
    }
