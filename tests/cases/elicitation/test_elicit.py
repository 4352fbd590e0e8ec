"""Whatever is answered, what comes out is a Case; what is contradictory is said."""

import tomllib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.cases import Interview, loads
from comity.cases.elicitation.utilities import SURENESS
from comity.core.errors import InputError

RENT = {
    "title": "The rent",
    "parties": "Ana, Bo",
    "bystanders": "",
    "kind": "settle",
    "issues": "rent, room",
    "options.rent": "800, 900, 1000",
    "options.room": "big, small",
    "Ana.order.rent": "800 > 900 > 1000",
    "Ana.order.room": "big > small",
    "Ana.swing": "rent > room",
    "Bo.order.rent": "1000 > 900 > 800",
    "Bo.order.room": "small = big",
    "Bo.swing": "rent > room",
}


def finished(answers):
    interview = Interview(answers)
    interview.finish()
    return interview


def answer_for(draw, question):
    """Some valid answer to any question."""
    if question.default is not None and draw(st.booleans()):
        return ""
    if question.kind == "order":
        names = draw(st.permutations(question.options))
        return " > ".join(names)
    if question.kind == "choice":
        return draw(st.sampled_from(question.options))
    if question.kind == "number":
        low, high = max(question.low, -50), min(question.high, 100)
        return str(round(draw(st.floats(low, high)), 2) or low)
    fixed = {
        "title": "A dispute",
        "parties": draw(st.sampled_from(["Ana, Bo", "A b, C.d, E"])),
        "bystanders": draw(st.sampled_from(["", "the fish, Sudan"])),
        "issues": "rent, the #room",
    }
    if question.key in fixed:
        return fixed[question.key]
    if question.kind == "options":
        return draw(st.sampled_from(["800, 900, 1000", "yes, no", "1 to 12", "0 to 3"]))
    return "stay, go" if question.kind == "names" else "?"


@settings(max_examples=40)
@given(data=st.data())
def test_any_interview_ends_in_a_case(data):
    interview = Interview()
    for _ in range(400):
        if interview.question is None:
            break
        interview.answer(answer_for(data.draw, interview.question))
    case = loads(interview.text())
    for party in case.parties:
        blocks = party.model.blocks()
        assert all(np.isfinite(block.values).all() for block in blocks.values())
        assert all((spread >= 0).all() for spread in party.uncertainty.values())
    assert set(interview.notes) <= set(case.assumptions)
    replayed = finished(interview.answers)
    assert replayed.text() == interview.text()


def test_utilities_follow_from_order_and_swing():
    case = loads(finished(RENT).text())
    ana = case.models["Ana"]
    # Rank-order weights 75 and 25; three options evenly spaced.
    assert ana.tastes[0, 0].tolist() == [75, 37.5, 0, 25, 0]
    assert ana.reservation.tolist() == [0, 0]
    assert "What no deal is worth to Ana was not stated: 0." in case.assumptions
    assert case.parties[0].uncertainty["tastes[Ana]"][1] > 10


def test_planted_points_are_recovered():
    answers = RENT | {"Ana.points.room": "60", 'Ana.rate.rent."900"': "80"}
    answers = {key.replace('"', ""): value for key, value in answers.items()}
    ana = loads(finished(answers).text()).models["Ana"]
    assert ana.tastes[0, 0].tolist() == [62.5, 50, 0, 37.5, 0]


def test_own_numbers_are_taken_as_they_are():
    own = {key: value for key, value in RENT.items() if not key.startswith("Ana")}
    own |= {"Ana.values.rent": "10, 5, 0", "Ana.values.room": "1/2, 0", "Ana.no_deal": "4"}
    case = loads(finished(own).text())
    assert case.models["Ana"].tastes[0, 0].tolist() == [10, 5, 0, 0.5, 0]
    assert case.models["Ana"].reservation[0] == 4
    assert "tastes[Ana]" not in case.parties[0].uncertainty


@pytest.mark.parametrize(("word", "share"), SURENESS.items())
def test_sureness_becomes_a_spread(word, share):
    answers = RENT | {"Ana.sure.Bo": word, "Ana.guess.Bo.swing": "rent > room"}
    ana = loads(finished(answers).text()).parties[0]
    # Bo's rent, as Ana guesses, runs from 0 to 75; its spread is a share of that.
    assert ana.uncertainty["tastes[Bo]"][0] == pytest.approx(75 * share)
    assert ana.model.tastes[1, 0].tolist() == [0, 37.5, 75, 0, 25]
    assert bool(ana.beliefs) == (share >= SURENESS["not sure"])


def test_no_idea_uses_the_others_word_as_unsure_as_a_guess():
    case = loads(finished(RENT).text())
    assert case.parties[0].uncertainty["tastes[Bo]"][0] == SURENESS["guessing"] * 50
    assert any("taken from Bo's own model" in note for note in case.assumptions)


def test_bystanders_are_asked_about_and_may_not_care():
    answers = RENT | {
        "bystanders": "the landlord",
        "Ana.fares.the landlord.rent": "1000 > 900 > 800",
    }
    answers['Ana.fares."the landlord".rent'] = answers.pop("Ana.fares.the landlord.rent")
    case = loads(finished(answers).text())
    assert case.models["Ana"].tastes[2, 0].tolist() == [0, 25, 50, 0, 0]
    assert not case.models["Bo"].tastes[2].any()
    assert "How the landlord fares with 'room', as Ana sees it, was not stated: 0." in (
        case.assumptions
    )
    unsaid = "How the landlord fares, as Bo sees it, was not stated: 0."
    assert unsaid in case.assumptions
    assert f"# {unsaid}" in finished(answers).text()


def test_bystanders_fare_by_numbers_or_by_a_direction():
    answers = RENT | {"bystanders": "fish", "Ana.effects.fish.rent": "1, 2, 3"}
    answers |= {"Bo.fares.fish.rent": "more is better", "Bo.fares.fish.room": "1 > 2"}
    case = loads(finished(answers).text())
    assert case.models["Ana"].tastes[2, 0].tolist() == [1, 2, 3, 0, 0]
    assert case.models["Bo"].tastes[2, 0].tolist() == [0, 25, 50, 50, 0]
    assert [note for note in case.assumptions if "as Bo sees it" in note] == []


def test_long_ranges_matter_to_bystanders_too():
    answers = RENT | {"bystanders": "fish", "options.rent": "1 to 40"}
    answers |= {"Ana.order.rent": "less is better", "Bo.order.rent": "more is better"}
    answers |= {"Ana.fares.fish.rent": "more is better"}
    fares = loads(finished(answers).text()).models["Ana"].tastes[2, 0]
    assert (fares[0], fares[39]) == (0, 50)


@pytest.mark.parametrize("key", ["Ana.order.room", "Ana.swing"])
def test_numbers_and_orders_of_one_person_do_not_mix(key):
    own = {key: value for key, value in RENT.items() if not key.startswith("Ana")}
    own |= {"Ana.values.rent": "10, 5, 0", key: "1 > 2"}
    with pytest.raises(InputError, match=r"no common scale.*for everything, of Ana"):
        Interview(own)


ACT = {
    "title": "A lane",
    "parties": "Ana, Bo",
    "bystanders": "",
    "kind": "act",
    "actions.Ana": "wait, go",
    "actions.Bo": "wait, go",
    "Ana.order.outcomes": "3 > 1 > 2 > 4",
    "Bo.order.outcomes": "2 > 1 > 3 > 4",
}


def test_what_each_can_do():
    case = loads(finished(ACT).text())
    assert case.models["Ana"].table[0].round(1).tolist() == [[66.7, 33.3], [100, 0]]
    assert case.constitution.default == "maximin"


def test_too_many_outcomes_are_refused():
    with pytest.raises(InputError, match="too many outcomes"):
        Interview(ACT | {"actions.Ana": ", ".join("abcdefghi")})


def test_what_only_a_person_can_tell_is_not_made_up():
    partial = {key: value for key, value in RENT.items() if key != "Bo.order.rent"}
    with pytest.raises(InputError, match=r"Bo\.order\.rent: no answer to: Put the options"):
        finished(partial)


def test_answers_to_no_question_are_refused():
    with pytest.raises(InputError, match=r"answer to no question.*Ana\.swing"):
        finished(RENT | {"Ana.swnig": "rent > room"})


def test_a_bad_answer_leaves_the_question_standing():
    interview = Interview({"title": "x"})
    with pytest.raises(InputError):
        interview.answer("Ana, Ana")
    assert interview.question.key == "parties"
    interview.answer("Ana, Bo")
    assert interview.question.key == "bystanders"
    with pytest.raises(InputError, match="not over"):
        interview.data()


def test_the_file_is_commented_and_says_how_to_go_on():
    text = finished(RENT).text()
    assert text.startswith("# Written by `comity new`")
    assert text.count("#") > 8
    assert set(tomllib.loads(text)) >= {"frame", "models", "constitution"}


def test_contradictions_reach_the_file():
    answers = RENT | {"Ana.rate.rent.900": "90", "Ana.gamble.rent.900": "20"}
    interview = finished(answers)
    assert any("disagree (90 and 20)" in note for note in interview.notes)
    assert any("disagree (90 and 20)" in note for note in loads(interview.text()).assumptions)
