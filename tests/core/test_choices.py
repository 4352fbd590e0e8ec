import pytest

from comity.core import InputError, check_choice, pick


def test_a_known_name_is_found():
    check_choice("b", ("a", "b"), "no such letter", "letter")
    assert pick({"a": 1, "b": 2}, "b", "no such letter", "letter") == 2


@pytest.mark.parametrize(
    ("name", "known", "words"),
    [
        ("c", ("a", "b"), "letter: no such letter (found c; expected a, b)"),
        (None, ("a",), "letter: no such letter (found nothing; expected a)"),
        ("c", (), "letter: no such letter (found c; expected none)"),
    ],
)
def test_an_unknown_name_is_told_with_those_there_are(name, known, words):
    with pytest.raises(InputError) as told:
        check_choice(name, known, "no such letter", "letter")
    assert str(told.value) == words


def test_nothing_is_picked_by_an_unknown_name():
    with pytest.raises(InputError, match="expected a"):
        pick({"a": 1}, "b", "no such letter", "letter")
