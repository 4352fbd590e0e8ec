import pytest

from comity.cases.faults import Faults, check_known, close_to, dotted, shown, table, unknown
from comity.core.errors import InputError


def test_faults_are_placed_and_kept_in_order():
    faults = Faults()
    with faults.at("models"), faults.at("A"):
        raise InputError("is missing", place="prior")
    with faults.at():
        raise InputError("too", place="b")
    assert [str(fault) for fault in faults.found] == ["A.prior: is missing", "b: too"]


def test_other_errors_are_not_swallowed():
    with pytest.raises(ZeroDivisionError), Faults().at("a"):
        raise ZeroDivisionError


@pytest.mark.parametrize(
    ("word", "near"), [("Egpyt", "Egypt"), ("egypt", "Egypt"), ("Sudna", "Sudan"), ("xyz", None)]
)
def test_the_nearest_name(word, near):
    assert close_to(word, ["Egypt", "Ethiopia", "Sudan"]) == near


def test_unknown_words():
    assert "did you mean 'tastes'?" in str(unknown("key", "taste", ["facts", "tastes"]))
    assert "expected one of 'a1', 'a2'" in str(unknown("key", "zzz", ["a1", "a2"]))
    assert "nothing here" in str(unknown("key", "zzz", []))
    check_known("a", ["a"], "thing")
    with pytest.raises(InputError, match="unknown thing"):
        check_known("b", ["aaaa"], "thing")


def test_what_is_shown():
    assert dotted("models", "A b", 0) == 'models."A b".0'
    assert shown("x" * 100) == "'" + "x" * 56 + "..."
    with pytest.raises(InputError, match="must be a table"):
        table(3, "facts")
