import pytest

from comity.core import InputError
from comity.learning.environments.make import REGISTRY, make
from comity.learning.partners import catalogue
from comity.learning.partners.catalogue import PARTNERS, partner, partners_for
from comity.learning.policies.protocol import Policy

GAMES = sorted({plays for plays, _ in PARTNERS.values() if plays} | {"lever"})


@pytest.mark.parametrize("game", GAMES)
def test_everyone_in_the_box_can_be_had(game):
    environment = make(game)
    for name in partners_for(environment):
        found = partner(name, environment)
        assert isinstance(found, Policy)
        assert found.kind in ("program", "human model")


def test_games_are_known():
    assert {plays for plays, _ in PARTNERS.values()} <= {*REGISTRY, catalogue.ANY}


def test_who_does_not_play_this_game():
    with pytest.raises(InputError, match="no such partner"):
        partner("nobody", make("lever"))
