import pytest

from comity.newsletter.feedback.phrases import (
    ABSENCES,
    ALL,
    CLOSINGS,
    DEVICES,
    FIELDS,
    ORIGINALS,
    REPLY,
    RETURNS,
)


def test_there_are_five_languages_and_each_fills_its_table():
    assert len(ALL) == 5
    for phrases in ALL:
        assert phrases.attributions
        assert len(phrases.fields) == 4
        assert all(vars(phrases).values())


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        (ORIGINALS, "-----Original Message-----", "the original message"),
        (ORIGINALS, "---------- Forwarded message ---------", "--- message ---"),
        (ORIGINALS, "------------------ 原始邮件 ------------------", "原始邮件"),
        (CLOSINGS, "Best regards,", "Best regards to your mother"),
        (CLOSINGS, "Mit freundlichen Grüßen", "Grüße gingen hin und her"),
        (CLOSINGS, "Un saludo", "Saludos a todos los lectores"),
        (DEVICES, "Sent from my iPhone", "I sent from home"),
        (DEVICES, "Von meinem Telefon gesendet", "Von meinem Telefon aus schreibe ich"),
        (DEVICES, "发自我的iPhone", "我发自内心"),
        (ABSENCES, "Automatic reply: x", "Re: about automatic replies"),
        (RETURNS, "Undeliverable: x", "What is undeliverable"),
        (FIELDS[0], "发件人: x", "发件人 x"),
        (FIELDS[3], "*Betreff:* x", "Der Betreff: x"),
    ],
)
def test_patterns(pattern, yes, no):
    assert pattern.match(yes)
    assert not pattern.match(no)


@pytest.mark.parametrize("text", ["Re: x", "AW: WG: x", "RE[2]: Fwd: x", "答复：回复: x", "RV: x"])
def test_what_stands_before_a_subject_is_taken_off(text):
    assert text[REPLY.match(text).end() :] == "x"


def test_a_word_that_only_begins_so_is_no_reply():
    assert REPLY.match("Review: x") is None
