"""GENIUS domains and profiles: the utilities by hand and by NegMAS, and what is refused."""

import warnings
from itertools import product

import pytest

from comity.core.errors import InputError
from comity.games import Lottery
from comity.games.files import find_genius_profiles, read_genius, read_genius_domain

from .genius_texts import ANA, BO, DOMAIN


@pytest.fixture
def folder(tmp_path):
    for name, text in (("domain", DOMAIN), ("Ana", ANA), ("Bo", BO)):
        (tmp_path / f"{name}.xml").write_text(text)
    return tmp_path


def read(folder, **options):
    files = (folder / f"{name}.xml" for name in ("domain", "Ana", "Bo"))
    return read_genius(*files, **options)


def test_issues_stand_in_the_order_of_their_indices(folder):
    issues = read_genius_domain(folder / "domain.xml")
    assert [(i.name, i.options) for i in issues] == [
        ("rent", ("0", "1", "2", "3", "4")),
        ("room", ("front", "back")),
        ("cat & dog", ("cat", "dog", "none")),
    ]


# Ana's utility of (rent 1, room back, dog) by scale: weights .5, .2, .3; evaluations .75, 1/4, .5.
ANA_BY_HAND = {
    "genius": 0.5 * 0.75 + 0.2 * 1 / 4 + 0.3 * 0.5,
    "unit": 0.5 * 0.75 + 0.2 * 1 / 4 + 0.3 * 0.5,
    "raw": 0.5 * 0.75 + 0.2 * 1 + 0.3 * 0.5,
}


@pytest.mark.parametrize("scale", ANA_BY_HAND)
def test_utilities_by_hand(folder, scale):
    game = read(folder, scale=scale)
    assert game.payoffs(Lottery.pure((1, 1, 1)))[0] == pytest.approx(ANA_BY_HAND[scale])
    if scale != "raw":
        assert game.payoff_points().max(axis=0) == pytest.approx([1, 1])


def test_reservation_discount_and_names(folder):
    game = read(folder)
    assert game.reservation.tolist() == [0.25, 0.0]
    assert game.discount.tolist() == [0.8, 1.0]
    assert (game.players, game.title) == (("Ana", "Bo"), "domain")
    assert read(folder, players=["A", "B"]).players == ("A", "B")


def test_profiles_beside_the_domain_are_found(folder):
    (folder / "other.xml").write_text("<something/>")
    assert [p.name for p in find_genius_profiles(folder / "domain.xml")] == ["Ana.xml", "Bo.xml"]
    assert read_genius(folder / "domain.xml").players == ("Ana", "Bo")


@pytest.mark.parametrize(("stated", "meant"), [("0", 1.0), ("1.5", 1.0), ("-1", 1.0), ("0.3", 0.3)])
def test_a_discount_outside_0_and_1_counts_as_none(folder, stated, meant):
    text = ANA.replace('discount_factor value="0.8"', f'discount_factor value="{stated}"')
    (folder / "Ana.xml").write_text(text)
    assert read(folder).discount[0] == meant


def test_weights_that_do_not_sum_to_one(folder):
    (folder / "Ana.xml").write_text(ANA.replace('index="1" value="0.5"', 'index="1" value="1.5"'))
    with pytest.raises(InputError, match=r"Ana\.xml: weight: weights do not sum to 1 \(found 2;"):
        read(folder)
    by_hand = {"unit": (1.5 * 0.75 + 0.2 / 4 + 0.3 * 0.5) / 2, "raw": 1.5 * 0.75 + 0.2 + 0.15}
    for scale, expected in by_hand.items():
        found = read(folder, scale=scale).payoffs(Lottery.pure((1, 1, 1)))[0]
        assert found == pytest.approx(expected)


def test_ranges_that_do_not_start_at_zero(folder):
    """GENIUS counts a linear evaluation from the lowest value of the range, and clips it."""
    for name, text in (("domain", DOMAIN), ("Ana", ANA), ("Bo", BO)):
        moved = text.replace('lowerbound="0" upperbound="4"', 'lowerbound="10" upperbound="14"')
        (folder / f"{name}.xml").write_text(moved.replace('slope="-0.25"', 'slope="-0.5"'))
    worth = read(folder).values[0, :5]
    assert worth.tolist() == [0.5, 0.25, 0, 0, 0]
    assert read(folder, scale="raw").values[0, :5].tolist() == [0.5, 0.25, 0, -0.25, -0.5]


SPOILT = [
    ("Ana", '"front" evaluation="4"', '"front"', "attribute is missing.*evaluation"),
    ("Ana", '"front" evaluation="4"', '"front" evaluation="nan"', "not finite"),
    ("Ana", '"front" evaluation="4"', '"front" evaluation="lots"', "item 'front': not a number"),
    ("Ana", '"front" evaluation="4"', '"front" evaluation="-4"', "evaluation is negative"),
    ("Ana", 'value="front"', 'value="attic"', "unknown item.*'attic'.*front, back"),
    ("Ana", 'value="front"', 'value="back"', "an item stands twice.*'back'"),
    ("Ana", '<item index="2" value="back" evaluation="1"/>', "", "item is missing.*'back'"),
    ("Ana", 'name="room"', 'name="garden"', "unknown issue.*'garden'"),
    ("Ana", 'issue index="2"', 'issue index="1"', "an index stands twice"),
    ("Ana", '<weight index="2" value="0.2"/>', "", "issue 'room': an issue has no weight"),
    ("Ana", 'weight index="2"', 'weight index="9"', "no issue has this index.*9"),
    ("Ana", 'weight index="2"', 'weight index="1"', "a weight stands twice"),
    ("Ana", 'value="0.2"', 'value="-0.2"', "weight is negative"),
    ("Ana", 'ftype="linear"', 'ftype="cubic"', "unknown evaluator.*cubic"),
    ("Ana", 'value="0.25"', 'value="inf"', "reservation: not finite"),
    ("Ana", "<weight", "<utility_function/><weight", "no sum over issues"),
    ("Ana", "</objective>", "</objektive>", "not well-formed XML"),
    ("Ana", "utility_space", "negotiation_template", "wrong kind of file"),
    ("Ana", ANA[200:], "", "not well-formed XML"),
    ("domain", 'lowerbound="0"', 'lowerbound="9"', "issues.rent: the range is empty"),
    ("domain", 'lowerbound="0"', "", "element is missing.*<range>"),
    ("domain", 'upperbound="4"', 'upperbound="4000000000"', "issues.rent: .*too large"),
    ("domain", 'vtype="integer"', 'vtype="real"', "unknown type of issue.*real"),
    ("domain", 'value="back"', 'value="front"', "options.* stands twice"),
    ("domain", 'value="back"', "", "issue 'room': attribute is missing"),
    ("domain", 'index="2" name="room"', 'index="x" name="room"', "not a whole number"),
    ("domain", DOMAIN[90:], "", "not well-formed XML"),
]


@pytest.mark.parametrize(("file", "old", "new", "words"), SPOILT)
def test_spoilt_files(folder, file, old, new, words):
    text = (folder / f"{file}.xml").read_text()
    assert old in text
    (folder / f"{file}.xml").write_text(text.replace(old, new))
    with pytest.raises(InputError, match=words) as caught:
        read(folder)
    assert caught.value.file.endswith(f"{file}.xml")


def test_missing_issue_in_a_profile(folder):
    start, end = BO.index('  <issue index="3"'), BO.index(" </objective>")
    (folder / "Bo.xml").write_text(BO[:start] + BO[end:])
    with pytest.raises(InputError, match=r"Bo\.xml: .*(issue is missing|no issue has this index)"):
        read(folder)


def test_calls_that_cannot_work(folder, tmp_path_factory):
    with pytest.raises(InputError, match=r"unknown scale.*'metric'"):
        read(folder, scale="metric")
    with pytest.raises(InputError, match="players and profiles disagree"):
        read(folder, players=["Ana"])
    alone = tmp_path_factory.mktemp("alone") / "domain.xml"
    alone.write_text(DOMAIN)
    with pytest.raises(InputError, match="no profile beside the domain"):
        read_genius(alone)


def test_negmas_reads_the_same_utilities(folder):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        inout = pytest.importorskip("negmas.inout", reason="negmas is not installed")
        files = [folder / f"{name}.xml" for name in ("domain", "Ana", "Bo")]
        # A discount hides the reservation value there.
        scenario = inout.load_genius_domain(files[0], files[1:], ignore_discount=True)
        issues = [list(issue.all) for issue in scenario.outcome_space.issues]
        theirs = [[float(u(deal)) for u in scenario.ufuns] for deal in product(*issues)]
        reserved = [float(u.reserved_value) for u in scenario.ufuns]
    game = read(folder, scale="raw")
    assert game.payoff_points().tolist() == [pytest.approx(row) for row in theirs]
    assert game.reservation == pytest.approx(reserved)
