import pytest

from comity.newsletter.feedback.automatic import Sort, sort_of
from comity.newsletter.feedback.mail import read_mail
from newsletter_replies import examples, mail

OWN = frozenset({"notes@example.org"})


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_every_mail_of_the_corpus_is_of_its_sort(example):
    assert read_mail(example.data, OWN).sort == example.sort


@pytest.mark.parametrize(
    ("fields", "sort"),
    [
        ({"Auto-Submitted": "no"}, Sort.REPLY),
        ({"Auto-Submitted": "auto-generated; x=y"}, Sort.AUTOMATIC),
        ({"X-Autorespond": "vacation"}, Sort.AUTOMATIC),
        ({"Precedence": "BULK"}, Sort.AUTOMATIC),
        ({"Precedence": "list"}, Sort.REPLY),
        ({"Subject": "Re: Automatic reply: AN #12"}, Sort.REPLY),
        ({"Subject": "Fuera de la oficina"}, Sort.AUTOMATIC),
        ({"Subject": "系统退信"}, Sort.BOUNCE),
        ({"Subject": "Correo devuelto", "From": "mailer-daemon@a.example"}, Sort.BOUNCE),
        ({"Subject": "Re: failure notice"}, Sort.REPLY),
        ({"From": "Notes <NOTES@example.org>"}, Sort.OWN),
        ({"From": "notes@example.org.evil.example"}, Sort.REPLY),
    ],
)
def test_each_sign_alone(fields, sort):
    given = {name.replace("-", "_"): value for name, value in fields.items()}
    assert read_mail(mail(**given), OWN).sort == sort


def test_the_sign_is_told():
    assert sort_of({}, "multipart/report; report-type=delivery-status", OWN)[1].endswith("3464)")
    assert sort_of({"auto-submitted": "auto-replied"}, "", OWN)[1] == "Auto-Submitted: auto-replied"
