import pytest

from comity.learning.partners.hanabi_hat import HatBot
from hanabi_seats import (
    check_it_plays_variants_and_with_strangers,
    check_it_reads_only_what_it_sees,
    team_score,
)

PUBLISHED = {2: 22.52, 3: 24.79, 4: 24.94, 5: 24.92}


@pytest.mark.parametrize("players", PUBLISHED)
def test_teams_score_what_is_published(players):
    """2,000 games have a standard error of at most .04; the seed is fixed."""
    assert team_score(HatBot, players, 2_000) == pytest.approx(PUBLISHED[players], abs=0.1)


@pytest.mark.parametrize("players", [2, 5])
def test_it_reads_nothing_that_its_seat_does_not_see(players):
    check_it_reads_only_what_it_sees(HatBot, players)


def test_it_plays_variants_and_with_strangers():
    check_it_plays_variants_and_with_strangers(HatBot)
