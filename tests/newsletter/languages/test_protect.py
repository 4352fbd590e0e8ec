import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.languages.names import Names
from comity.newsletter.languages.protect import fill, mask, mask_names
from comity.newsletter.languages.words import language

NAMES = ("Alice", "Bob", "Carol")


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("See [the code](https://a.example/x_(y)) now", ["[the code](https://a.example/x_(y))"]),
        ("As in <@@>(@#ABCDEFGHJK@), yes", ["<@@>(@#ABCDEFGHJK@)"]),
        ("As in <@this [one]@>(@#ABCDEFGHJK@)", ["<@this [one]@>(@#ABCDEFGHJK@)"]),
        ("Where $x_1 < 3$ and $$y$$", ["$x_1 < 3$", "$$y$$"]),
        ("It costs $5 and $6", []),
        ("It ~~never works~~ works", ["~~never works~~"]),
        ("Run ``x`y`` or `z`", ["``x`y``", "`z`"]),
        (
            "Write to ann@a.example, or https://a.example/b?c=d.",
            ["ann@a.example", "https://a.example/b?c=d"],
        ),
        ("A note[^1] and ![picture](p.png)", ["[^1]", "![picture](p.png)"]),
        ("AT&T &amp; snake_case #tag a=b", ["&amp;", "snake_case", "#tag", "a=b"]),
    ],
)
def test_what_no_engine_may_touch(text, held):
    masked = mask(text)
    assert sorted(masked.held) == sorted(held)
    assert masked.restore(masked.text) == text


def test_emphasis_goes_and_its_words_stay():
    masked = mask("It is **not** *so*, _really_ ***not***; 2 * 3 * 4")
    assert masked.restore(masked.text) == "It is not so, really not; 2 * 3 * 4"


@given(st.text(alphabet="aA .,`$*_[]()<>@#\\\n\ue000\ue0011&;!|", max_size=80))
def test_any_text_comes_back_and_nothing_private_is_left(text):
    masked = mask(text)
    back = masked.restore(masked.text)
    assert "\ue000" not in back
    letters = [x for x in text if x.isalnum()]
    assert [x for x in back if x.isalnum()] == letters


def test_names_take_places_too():
    names = Names(language("en"), frozenset({"Mark Hope"}))
    masked = mask_names(mask("Mark Hope met [Bo](https://b.example) and PPO."), names)
    assert masked.kept == ("Mark Hope", "[Bo](https://b.example)", "PPO")
    assert fill(masked, NAMES).text == "Alice met Bob and Carol."


def test_an_answer_gets_its_places_back_in_any_order():
    masked = mask("`a` beats `b`")
    filled = fill(masked, NAMES)
    assert filled.text == "Alice beats Bob"
    answer = filled.places("Bob es batido por Alice; Alicea no")
    assert masked.restore(answer) == "`b` es batido por `a`; Alicea no"


def test_words_of_the_sentence_never_stand_for_anything():
    filled = fill(mask("Alice runs `a`"), NAMES)
    assert filled.text == "Alice runs Bob"


def test_more_places_than_names_get_words_that_no_dictionary_holds():
    filled = fill(mask(" ".join(f"`{n}`" for n in range(60))), NAMES)
    words = [word for word, _ in filled.words]
    assert len(set(words)) == 60
    assert words[:4] == ["Alice", "Bob", "Carol", "qxb"]


def test_a_place_that_touches_a_word_is_set_apart():
    assert fill(mask("theory[^1]. `Type`s"), NAMES).text == "theory Alice. Bob s"
