import numpy as np

from comity.agreement.report.gather import own_defaults
from comity.agreement.report.views import cards
from comity.core.page.words import number


def shown(findings):
    return cards(findings, own_defaults(findings.agreement.case))


def test_a_small_game_is_shown_whole(river):
    for card, party in zip(shown(river), river.agreement.case.parties, strict=True):
        for a, row in enumerate(card.table):
            for b, cell in enumerate(row):
                assert cell.payoffs == tuple(number(v) for v in party.model.table[:, a, b])


def test_marks_stand_where_the_views_differ(river):
    tables = np.array([p.model.table for p in river.agreement.case.parties])
    differs = np.ptp(tables, axis=0) > 0
    for card in shown(river):
        found = np.array([[cell.differs for cell in row] for row in card.table])
        assert np.array_equal(np.moveaxis(found, 2, 0), differs)


def test_what_happens_is_noted_in_its_cell(river):
    for card in shown(river):
        assert "really happens" in card.table[0][0].notes
        deal = [note for row in card.table for c in row for note in c.notes if "the deal" in note]
        assert len(deal) == len(river.agreement.play.outcomes)


def test_own_interests_come_first(household):
    first, second = shown(household)
    assert list(first.stakes) == [(0, "Ana"), (1, "Bo")]
    assert list(second.stakes) == [(1, "Bo"), (0, "Ana")]
    assert [stake.share for stake in first.stakes[0, "Ana"]] == [
        1.0,
        round(2 / 12, 3),
        round(5 / 12, 3),
    ]
    assert first.stakes[0, "Ana"][0].best == "Bo all"
    assert not first.table


def test_names_are_cleaned(river):
    assert all("\x1b" not in card.name for card in shown(river))
