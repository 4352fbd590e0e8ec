import pytest

from comity.cases import Alternative, Case, Party
from comity.core.errors import InputError
from comity.games import NormalForm

GAME = NormalForm.from_payoffs([[[3, 0], [5, 1]], [[3, 5], [0, 1]]], ["Ana", "Bo"])


def test_names_models_and_bystanders():
    case = Case("A dilemma", (Party("Ana", GAME), Party("Bo", GAME)))
    assert case.names == ("Ana", "Bo")
    assert case.bystanders == ()
    assert list(case.models) == ["Ana", "Bo"]
    assert case.assumptions == ()


OTHER = NormalForm.from_payoffs([[[3, 0, 1]], [[3, 5, 1]]], ["Ana", "Bo"])


@pytest.mark.parametrize(
    ("parties", "words"),
    [
        ((Party("Ana", GAME),), "two parties"),
        ((Party("Ana", GAME), Party("Bo", OTHER)), "not on one frame"),
        ((Party("Bo", GAME), Party("Ana", GAME)), "players disagree"),
    ],
)
def test_what_is_no_case(parties, words):
    with pytest.raises(InputError, match=words):
        Case("A dilemma", parties)


def test_a_case_is_printed_and_shown_in_a_few_lines():
    case = Case("A <dilemma>", (Party("Ana", GAME), Party("Bo", GAME)))
    lines = str(case).splitlines()
    assert lines[:3] == ["A <dilemma>", "  at the table: Ana, Bo", "  outcomes: 4"]
    assert len(lines) <= 6
    assert "A &lt;dilemma&gt;" in case._repr_html_()
    assert "Ana, Bo" in case._repr_html_()


SOFT = GAME.replace("tastes[Bo]", [3, 4, 0, 1])


def test_a_party_may_hold_several_views():
    bo = Party("Bo", GAME, alternatives=(Alternative("soft", SOFT, 0.4),))
    assert bo.views == {"central": GAME, "soft": SOFT}
    assert bo.weights == pytest.approx((0.6, 0.4))
    assert Party("Ana", GAME).views == {"central": GAME}
    assert "views that fit Bo: central, soft" in str(Case("A dilemma", (Party("Ana", GAME), bo)))


@pytest.mark.parametrize(
    ("alternatives", "words"),
    [
        ((Alternative("soft", OTHER),), "not on one frame"),
        ((Alternative("soft", SOFT), Alternative("soft", SOFT)), "stands twice"),
        ((Alternative("soft", GAME),), "same as the model"),
        ((Alternative("soft", SOFT, float("nan")),), "not a weight"),
        ((Alternative("soft", SOFT, 1.2),), "more than 1"),
    ],
)
def test_what_is_no_set_of_views(alternatives, words):
    parties = (Party("Ana", GAME), Party("Bo", GAME, alternatives=alternatives))
    with pytest.raises(InputError, match=words) as caught:
        Case("A dilemma", parties)
    assert caught.value.place.startswith("models.Bo.alternatives")
