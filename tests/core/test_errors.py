"""Errors name file, place, what was found and what was expected."""

import pytest

from comity.core.errors import ComityError, InputError, Intractable, SizeError, SolverError, located

WORDS = [
    ({}, "wrong"),
    ({"file": "a.toml"}, "a.toml: wrong"),
    ({"place": "x"}, "x: wrong"),
    ({"found": 0}, "wrong (found 0)"),
    ({"file": "a", "place": "b", "found": 1, "expected": 2}, "a: b: wrong (found 1; expected 2)"),
]


@pytest.mark.parametrize(("parts", "words"), WORDS)
def test_words(parts, words):
    assert str(ComityError("wrong", **parts)) == words


@pytest.mark.parametrize("kind", [InputError, SizeError, Intractable, SolverError])
def test_placing_keeps_kind_and_parts(kind):
    inner = kind("wrong", place="facts[2]", found=1, expected=2)
    outer = inner.within(file="a.toml", place="models.Ana")
    assert type(outer) is kind
    assert str(outer) == "a.toml: models.Ana.facts[2]: wrong (found 1; expected 2)"
    assert str(inner.within()) == str(inner)


def test_size_is_bad_input_and_intractable_is_not():
    assert issubclass(SizeError, InputError)
    assert not issubclass(Intractable, InputError)


def test_located_names_the_file_once():
    models = located(file="a.toml", place="models")
    with pytest.raises(SizeError, match=r"^a.toml: models.x: wrong$"), models:
        raise SizeError("wrong", place="x")
    inner = located(file="b.toml")
    with pytest.raises(InputError, match=r"^b.toml: wrong$"), located(file="a.toml"), inner:
        raise InputError("wrong")
    with pytest.raises(ZeroDivisionError), located(file="a.toml"):
        raise ZeroDivisionError
