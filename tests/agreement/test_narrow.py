"""Only games with cells pass."""

import pytest

from agreement_situations import chicken, random_negotiation
from comity.agreement.narrow import in_blocks
from comity.core.errors import InputError


def test_games_in_blocks_pass_unchanged(rng):
    for game in (chicken(), random_negotiation(rng)):
        assert in_blocks(game, "to test") is game


def test_others_are_refused():
    with pytest.raises(InputError, match=r"no cells to test \(found str"):
        in_blocks("a game", "to test")
