"""Two changes to one form, against all cases of one field."""

from itertools import product

from comity.newsletter.desk.merging import merge


def test_every_case_of_one_field():
    for before, mine, theirs in product("abc", repeat=3):
        found = merge({"f": before}, {"f": mine}, {"f": theirs})
        if mine == before:
            # I changed nothing: theirs stands.
            assert found.form == {"f": theirs}
            assert found.theirs == (("f",) if theirs != before else ())
            assert found.conflicts == {}
        elif theirs in (before, mine):
            assert found.form == {"f": mine}
            assert (found.theirs, found.conflicts) == ((), {})
        else:
            assert found.form == {"f": mine}
            assert found.conflicts == {"f": theirs}


def test_fields_are_merged_one_by_one():
    before = {"a": "1", "b": "1", "c": "1", "d": "1"}
    found = merge(before, {**before, "a": "2", "c": "2"}, {**before, "b": "3", "c": "3"})
    assert found.form == {"a": "2", "b": "3", "c": "2", "d": "1"}
    assert found.theirs == ("b",)
    assert found.conflicts == {"c": "3"}


def test_what_a_form_lacks_was_not_changed():
    found = merge({"a": "1"}, {}, {"a": "2", "b": "3"})
    assert found.form == {"a": "2", "b": "3"}
    assert found.conflicts == {}
