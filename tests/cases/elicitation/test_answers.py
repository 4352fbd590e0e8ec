import pytest

from comity.cases.elicitation.answers import Question
from comity.core.errors import InputError

ORDER = Question("o", "?", "order", ("a", "big b", "c"))
SIZES = Question("o", "?", "order", ("900", "1000", "1/2"))


@pytest.mark.parametrize(
    ("question", "text", "parsed"),
    [
        (Question("t", "?"), "  The rent ", "The rent"),
        (Question("n", "?", "names"), "Ana , Bo", ("Ana", "Bo")),
        (Question("o", "?", "options"), "800, 900", ("800", "900")),
        (Question("o", "?", "options"), "1 to 10", {"range": [1, 10]}),
        (Question("o", "?", "options"), "from 0 to 10 by 5", {"range": [0, 10, 5]}),
        (Question("o", "?", "options"), "-2..2", {"range": [-2, 2]}),
        (Question("c", "?", "choice", ("not sure", "certain")), "2", "certain"),
        (Question("c", "?", "choice", ("not sure", "certain")), "Not Sure", "not sure"),
        (Question("c", "?", "choice", ("not sure", "certain")), "cert", "certain"),
        (ORDER, "c > a = big b", (("c",), ("a", "big b"))),
        (ORDER, "3, 1, 2", (("c",), ("a",), ("big b",))),
        (SIZES, "more is better", (("1000",), ("900",), ("1/2",))),
        (SIZES, "Less is  better.", (("1/2",), ("900",), ("1000",))),
        (SIZES, "900 > 1/2 > 1000", (("900",), ("1/2",), ("1000",))),
        (Question("x", "?", "number", low=0, high=100), "60%", 60.0),
        (Question("x", "?", "number"), "1/3", 1 / 3),
        (Question("x", "?", "numbers", ("a", "b")), "10, 2.5", (10.0, 2.5)),
        (Question("x", "?", "number", default=""), "", None),
        (Question("x", "?", "number", default="20"), "", 20.0),
    ],
)
def test_answers(question, text, parsed):
    assert question.parse(text) == parsed


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        (Question("t", "?"), "", "no answer"),
        (Question("n", "?", "names"), "Ana, Ana", "not a list of names"),
        (Question("n", "?", "names"), "Ana,,Bo", "not a list of names"),
        (Question("n", "?", "names"), "a > b", "not a list of names"),
        (Question("o", "?", "options"), "800", "nothing to settle"),
        (Question("o", "?", "options"), "10 to 1", "range is empty"),
        (Question("c", "?", "choice", ("yes", "no")), "maybe", "unknown choice"),
        (ORDER, "a > c", "'big b' is missing"),
        (ORDER, "more is better", "unknown choice"),
        (ORDER, "a > a > c > big b", "'a' stands twice"),
        (Question("x", "?", "number", low=0, high=100), "101", "out of range"),
        (Question("x", "?", "number", low=0, high=100), "nan", "not finite"),
        (Question("x", "?", "number"), "many", "not a number"),
        (Question("x", "?", "numbers", ("a", "b")), "1", "one number each"),
    ],
)
def test_what_is_no_answer(question, text, words):
    with pytest.raises(InputError, match=words) as caught:
        question.parse(text)
    assert caught.value.place == question.key


def test_options_named_by_numerals_mean_themselves():
    question = Question("o", "?", "order", ("3", "2", "1"))
    assert question.parse("1 > 2 > 3") == (("1",), ("2",), ("3",))
