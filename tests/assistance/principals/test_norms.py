import pytest

from comity.assistance.principals import Norm, harmless, under
from comity.core import InputError
from sharing import evening


def test_harm_is_what_a_bystander_loses():
    norm = harmless(evening())
    assert [norm.forbids("evening", a) for a in ("wait", "jazz", "rock")] == [False, False, True]
    assert not harmless(evening(), tolerance=1.5).forbids("evening", "rock")


def test_norms_take_actions_away():
    shared = under(evening(), [Norm("no jazz", "Bo", lambda s, a: a == "jazz")])
    assert shared.game.assistant_allowed.tolist() == [[True, False, True]]
    assert under(evening(), []).game.assistant_allowed.all()
    with pytest.raises(InputError, match="silence"):
        under(evening(), [Norm("silence", "Bo", lambda s, a: True)])
