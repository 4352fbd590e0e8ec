from comity.cases import Interview

SETTLE = {"title": "x", "parties": "A, B", "bystanders": "C", "kind": "settle"}


def asked(answers, replies):
    """Keys of the questions asked, answering each from a table or with an empty line."""
    interview, keys = Interview(answers), []
    while interview.question is not None:
        keys.append(interview.question.key)
        interview.answer(replies.get(interview.question.kind, ""))
    return keys


def test_long_ranges_are_asked_by_direction_only():
    interview = Interview(SETTLE | {"issues": "hours", "options.hours": "1 to 40"})
    assert interview.question.options == ("more is better", "less is better")
    interview.answer("more is better")
    while interview.question.default is not None:
        interview.answer("")
    assert interview.question.key == "B.order.hours"


def test_an_order_of_numbers_may_be_a_direction():
    answers = SETTLE | {"issues": "hours, room", "options.hours": "0 to 7"}
    interview = Interview(answers | {"options.room": "big, small"})
    assert interview.question.kind == "order"
    assert interview.question.words.endswith("Or say: more is better, or less is better.")
    interview.answer("less is better")
    while interview.question.key != "A.order.room":
        interview.answer("")
    assert "is better" not in interview.question.words
    interview.answer("big > small")
    while interview.question.key != "A.fares.C.hours":
        interview.answer("hours > room" if interview.question.key == "A.swing" else "")
    assert "more is better" in interview.question.words


def test_many_options_that_are_no_numbers_have_no_direction():
    names = ", ".join("abcdefghijkl")
    interview = Interview(SETTLE | {"issues": "who", "options.who": names})
    assert (interview.question.kind, len(interview.question.options)) == ("order", 12)


def test_one_issue_needs_no_weights():
    keys = asked(SETTLE | {"issues": "rent", "options.rent": "low, high"}, {"order": "1 > 2"})
    assert not any("swing" in key or "points" in key for key in keys)
    assert keys[0] == "A.order.rent"
    assert "A.fares.C.rent" in keys


def test_questions_are_words_a_person_understands():
    interview = Interview(
        SETTLE
        | {"issues": "rent, room", "options.rent": "low, mid, high", "options.room": "big, small"}
    )
    words = []
    while interview.question is not None:
        words.append(interview.question.words)
        interview.answer(
            "1 > 2 > 3"
            if len(interview.question.options) == 3 and interview.question.kind == "order"
            else "1 > 2"
            if interview.question.kind == "order"
            else ""
        )
    assert all(text.endswith((".", "?")) for text in words)
    jargon = ("utility", "payoff", "profile", "equilibrium", "prior", "sd")
    assert not [t for t in words for word in jargon if word in t.split()]
    assert len(set(words)) == len(words)
