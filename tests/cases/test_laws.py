import pytest

from cases.bad_files import DEAL, GAME
from comity.cases import AcceptanceRule, Constitution, Talk, loads
from comity.cases.laws import WORDS, word, write_constitution
from comity.core.errors import InputError

BASE = GAME[: GAME.index("[constitution]")]


def law(text, base=BASE):
    return loads(f"{base}\n[constitution]\n{text}\n").constitution


@pytest.mark.parametrize("kind", WORDS)
def test_every_word_means_itself_and_no_two_things(kind):
    spelled = [name for own, others in WORDS[kind].items() for name in (own, *others)]
    assert len(set(spelled)) == len(spelled)
    for own, others in WORDS[kind].items():
        assert {word(kind, name) for name in (own, own.upper(), *others)} == {own}
        assert word(kind, own.replace("-", " ")) == own


def test_what_is_left_out_is_usual():
    assert law("") == Constitution()
    assert law("", DEAL) == Constitution(default="no-deal", disagreement="no-deal")


def test_every_field():
    found = law("""
tastes = "mean"
facts = "precision"
prior = "logarithmic"
precision = { Ana = 1, Bo = "1/2" }
normalise = true
solution = ["Nash bargaining", "egalitarian"]
acceptable = { Ana = "nash" }
lotteries = false
objective = "worst off"
disagreement_point = { Ana = -1, Bo = 0 }
policy = { Ana = "wait", Bo = "drive" }
enforcement = "trust"
tie_break = "first"
talk = { rounds = 3, tolerance_step = 0.5, revise = 0.25 }
acceptance = [
  { rule = "public", divergence = "up to scale", tolerance = 2 },
  { rule = "better than default" },
]
""")
    assert found == Constitution(
        tastes="mean",
        facts="precision",
        prior="logarithmic",
        precision={"Ana": 1.0, "Bo": 0.5},
        normalise=True,
        acceptance=(AcceptanceRule("public", "affine", 2.0), AcceptanceRule("gain")),
        solution=("nash", "egalitarian"),
        acceptable={"Ana": ("nash",)},
        lotteries=False,
        objective="egalitarian",
        disagreement="point",
        disagreement_point={"Ana": -1.0, "Bo": 0.0},
        default="policy",
        enforcement="self-enforcing",
        tie_break="first",
        policy={"Ana": "wait", "Bo": "drive"},
        talk=Talk(3, 0.5, 0.25),
    )
    written = write_constitution(found)
    assert written["precision"] == {"Ana": 1, "Bo": 0.5}
    assert written["acceptance"][1] == {"rule": "gain", "tolerance": 0}


def test_strategic_is_allowed_where_it_can_see():
    rule = 'acceptance = [{ rule = "public", divergence = "strategic", tolerance = 1 }]'
    found = law(f'solution = "best-equilibrium"\n{rule}')
    assert found.acceptance[0].divergence == "strategic"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('disagreement = "maximin"\ndisagreement_point = { Ana = 1, Bo = 1 }', "disagreement"),
        ('acceptance = [{ rule = "gain", divergence = "raw" }]', r"acceptance\.0\.divergence"),
        ('facts = "precision"\nprecision = { Ana = 0, Bo = 0 }', "precision"),
        ('facts = "precision"\nprecision = { Ana = -1, Bo = 2 }', "precision"),
        ("talk = { revise = 1.5 }", r"talk\.revise"),
        ("talk = { share_evidence = true }", "constitution"),
        ("solution = []", "solution"),
        ('tie_break = "coin"', "tie_break"),
        ("normalise = 3", "normalise"),
    ],
)
def test_what_no_constitution_allows(text, place):
    with pytest.raises(InputError, match=place):
        law(text)


def test_a_negotiation_has_no_policies():
    with pytest.raises(InputError, match="no such default"):
        law('policy = { Ana = "x", Bo = "y" }', DEAL)
