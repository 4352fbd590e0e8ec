import pytest

from comity.newsletter.languages.checks import check
from newsletter_parallel import (
    FALSE_ALARMS,
    PAIRS,
    with_a_denial,
    with_another_number,
    without_a_denial,
    without_a_name,
)

SPOILERS = (without_a_denial, with_a_denial, with_another_number, without_a_name)


def reasons(pair, spanish, **more):
    return check(pair.english, spanish, source="en", target="es", kept=pair.kept, **more)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.english)
def test_good_translations_pass_but_for_those_that_are_known(pair):
    assert bool(reasons(pair, pair.spanish)) == (pair.english in FALSE_ALARMS)
    back = check(pair.spanish, pair.english, source="es", target="en", kept=pair.kept)
    assert bool(back) == (pair.english in FALSE_ALARMS)


@pytest.mark.parametrize("spoil", SPOILERS, ids=lambda spoil: spoil.__name__)
def test_every_planted_corruption_is_found(spoil):
    planted = [(pair, text) for pair in PAIRS for text in spoil(pair)]
    assert len(planted) >= 17
    assert [text for pair, text in planted if not reasons(pair, text)] == []


def test_names_inside_of_longer_names_are_told_apart():
    kept = ["Ada", "Ada Byron"]
    same = "Ada Byron knew Ada."
    assert check(same, "Ada Byron conocía a Ada.", source="en", target="es", kept=kept) == ()
    (one, two) = check(same, "Ada conocía a Ada.", source="en", target="es", kept=kept)
    assert {str(one), str(two)} == {"Ada Byron is lost", "Ada is new"}


def test_denials_and_numbers_inside_of_what_is_kept_do_not_count():
    kept = ["[Do not share 7](https://a.example)"]
    text = f"See {kept[0]}."
    assert check(text, f"Ve {kept[0]}.", source="en", target="es", kept=kept) == ()


def test_silence_and_mostly_unknown_words_are_refused():
    assert [r.loss for r in reasons(PAIRS[0], " ")] == ["no translation"]
    assert [r.loss for r in reasons(PAIRS[0], PAIRS[0].spanish, unknown=5)] == ["unknown words"]
    assert reasons(PAIRS[0], PAIRS[0].spanish, unknown=3) == ()
