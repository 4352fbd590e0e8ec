import dataclasses

from comity.inference.report.asking import asked
from comity.inference.report.words import needed, shown
from inference.making import bare, understanding


def test_questions_in_their_order_with_both_sizes(rich):
    found = asked(rich)
    for words, question in zip(found, rich.questions, strict=True):
        assert words.name == question.name
        assert words.information == shown(question.information)
        assert words.value == shown(question.value)
        assert words.expected == needed(question.people_expected)
        assert words.errors == needed(question.people_errors)
        assert words.note == question.note
    assert (found[0].expected, found[0].errors) == ("4", "7")
    assert (found[2].expected, found[2].errors) == ("never", "never")


def test_a_question_without_a_decision_or_a_pair(rich):
    plain = dataclasses.replace(rich.questions[0], value=None, separates=("", ""))
    (found,) = asked(understanding(questions=(plain,)))
    assert found.value is None
    assert found.separates == ""


def test_a_question_that_tells_nothing_apart_names_no_two(rich):
    assert asked(rich)[2].separates == ""
    assert asked(rich)[0].separates != ""


def test_no_menu():
    assert asked(bare()) == []
