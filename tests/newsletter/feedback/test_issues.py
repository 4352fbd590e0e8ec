import pytest

from comity.newsletter.feedback.issues import match_issue
from comity.newsletter.feedback.mail import read_mail
from newsletter_replies import ARCHIVE, PUBLICATION, examples, mail


def sent_in(field):
    return 11 if "<signed@" in field else None


def match(*parts, **fields):
    return match_issue(read_mail(mail(*parts, **fields)), PUBLICATION, ARCHIVE, sent_in)


def test_what_a_program_signed_goes_before_what_a_person_typed():
    for field in ("In_Reply_To", "References"):
        found = match(Subject="Re: AN #12", **{field: "<x@y> <signed@example.org>"})
        assert (found.issue, found.sure) == (11, "certain")


@pytest.mark.parametrize(
    "subject", ["Re: AN #12", "AW: an#12: x", "回复：AN # 12", "AN #12, AN #99"]
)
def test_subjects(subject):
    found = match(Subject=subject)
    assert (found.issue, found.sure, found.why) == (12, "likely", "its subject names AN #12")


def test_what_is_quoted():
    text = "Yes.\n\n> AN #11: an issue\n> words"
    assert match(text, Subject="hello").issue == 11
    assert match("I read AN #11.", Subject="hello").sure == "guess"


@pytest.mark.parametrize(
    "subject", ["MAN #12", "AN #123456789", "AN 12", "AN #99", "AN #11 and AN #12"]
)
def test_other_numbers_are_no_issue(subject):
    found = match(Subject=subject)
    assert (found.issue, found.sure, found.why) == (12, "guess", "the last issue before it")


@pytest.mark.parametrize(
    ("date", "issue"),
    [
        ("Mon, 4 May 2026 09:11:59 +0000", 11),
        ("Mon, 4 May 2026 11:12:01 +0200", 12),
        ("Mon, 18 May 2026 09:00:00 +0000", 12),
        ("Mon, 18 May 2026 10:00:00 +0000", None),
        ("Sun, 26 Apr 2026 10:00:00 +0000", None),
        ("nonsense", None),
    ],
)
def test_days(date, issue):
    found = match(Subject="hello", Date=date)
    assert (found.issue if found else None) == issue


@pytest.mark.parametrize(
    "example", [e for e in examples() if e.sort == "reply"], ids=lambda example: example.name
)
def test_every_reply_of_the_corpus_finds_its_issue(example):
    found = match_issue(read_mail(example.data), PUBLICATION, ARCHIVE, lambda _: None)
    assert found.issue == 12
