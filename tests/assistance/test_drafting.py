import json

import pytest

from comity.assistance.drafting import (
    LONGEST_DESCRIPTION,
    LONGEST_REPLY,
    MOST_FAULTS,
    Drafter,
    draft_case,
    prompt,
)
from comity.cases import json_schema, loads
from comity.cases.starter import STARTER
from comity.core.errors import InputError, SizeError

SAID = "Ana drums in the evening and Bo studies. Mrs Okafor lives next door."


class Scripted:
    """A model that says what it was told to say, and keeps what it was asked."""

    def __init__(self, *replies):
        self.replies, self.asked = iter(replies), []

    def __call__(self, prompt, /):
        self.asked.append(prompt)
        return next(self.replies)


def fenced(text, word="toml"):
    return f"Here it is:\n\n```{word}\n{text}```\nI hope it helps."


BROKEN = STARTER.replace('Ana = ["drum at will", "drum till eight"]', 'Ana = ["drum at will"]')


@pytest.mark.parametrize("reply", [STARTER, fenced(STARTER), fenced(STARTER, "")])
def test_a_sound_reply_is_a_draft(reply):
    model = Scripted(reply)
    assert isinstance(model, Drafter)
    draft = draft_case(SAID, model)
    assert len(draft.attempts) == 1
    assert draft.confirmed(lambda words: True) is not None
    assert loads(draft.text).names == ("Ana", "Bo")


def test_faults_are_sent_back_until_they_are_mended():
    model = Scripted("I cannot do that.", fenced(BROKEN), fenced(STARTER))
    draft = draft_case(SAID, model)
    assert [bool(attempt.faults) for attempt in draft.attempts] == [True, True, False]
    for before, asked in zip(draft.attempts, model.asked[1:], strict=False):
        for fault in before.faults:
            assert fault in asked
        assert before.text in asked
    assert "drum till eight" in draft.attempts[1].faults[0]


def test_tries_are_bounded_and_the_last_faults_are_told():
    model = Scripted(*["nonsense"] * 9)
    with pytest.raises(InputError, match="after 3 tries") as caught:
        draft_case(SAID, model, tries=3)
    assert len(model.asked) == 3
    assert caught.value.found


def test_nothing_is_used_before_it_is_confirmed():
    draft = draft_case(SAID, Scripted(STARTER))
    shown = []

    def refuse(words):
        shown.extend(words)
        return False

    with pytest.raises(InputError, match="not confirmed"):
        draft.confirmed(refuse)
    assert tuple(shown) == draft.words
    assert "Ana can: drum at will, drum till eight." in shown
    assert "_case" not in draft.to_dict()


def test_the_prompt_holds_schema_example_and_description():
    asked = prompt(SAID)
    assert json.dumps(json_schema(), ensure_ascii=False) in asked
    assert STARTER in asked
    assert f"-----\n{SAID}\n-----" in asked
    assert "Your last reply" not in asked


def test_limits():
    with pytest.raises(SizeError, match="too long"):
        draft_case("x" * (LONGEST_DESCRIPTION + 1), Scripted(STARTER))
    with pytest.raises(InputError, match="nothing is described"):
        draft_case("  \n", Scripted(STARTER))
    with pytest.raises(InputError, match="no tries"):
        draft_case(SAID, Scripted(STARTER), tries=0)
    model = Scripted("x" * (LONGEST_REPLY + 1), STARTER)
    draft = draft_case(SAID, model)
    assert draft.attempts[0].text == ""
    assert len(model.asked[1]) < 60_000


def test_a_reply_full_of_faults_does_not_flood_the_prompt():
    many = STARTER + "".join(f"\n[models.Nobody{k}]\nprior = 3\n" for k in range(100))
    model = Scripted(many, STARTER)
    draft = draft_case(SAID, model)
    assert 0 < len(draft.attempts[0].faults) <= MOST_FAULTS


def test_nothing_in_a_reply_is_run(tmp_path, monkeypatch):
    """A file that a Case could name is read by no draft."""
    monkeypatch.chdir(tmp_path)
    reply = f'{STARTER}\n[evidence_of]\nfile = "/etc/hostname"\n'
    with pytest.raises(InputError):
        draft_case(SAID, Scripted(reply), tries=1)
