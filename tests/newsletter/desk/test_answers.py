"""Replies at the desk: words are settled, consent is noted, and only then they are printed."""

import pytest

from comity.core.database import transaction
from comity.newsletter.feedback.keeping import add_reply, read_reply, strip
from comity.newsletter.feedback.taking import Reading
from newsletter_desk import stored
from newsletter_replies import mail
from newsletter_small import ARCHIVE, PUBLICATION

WORDS = "On Promises that are kept: I <b>disagree</b>.\n\nBut thank you."


@pytest.fixture
def name(app) -> str:
    """A reply that has been read from a mailbox."""
    reply = Reading(PUBLICATION, ARCHIVE).read(mail(WORDS))
    with transaction(app.state.shelf.store.engine, writes=True) as connection:
        add_reply(connection, reply)
    return reply.id


def test_a_reply_is_listed_and_shown_as_text(ada, name):
    assert f"/desk/replies/{name}" in ada.get("/desk/replies").text
    assert f"/desk/replies/{name}" not in ada.get("/desk/replies?state=published").text
    page = ada.get(f"/desk/replies/{name}").text
    assert "I &lt;b&gt;disagree&lt;/b&gt;." in page
    assert 'value="Promises that are kept"' in page


def test_it_is_printed_once_its_writer_agrees_and_taken_back(ada, reader, folder, name):
    path = f"/desk/replies/{name}"
    assert ada.post(f"{path}/publish").status_code == 422
    data = {"entry": "promises that are KEPT", "paragraph[]": "2", "printed_name": "Jane"}
    assert "under the name “Jane”" in ada.post(f"{path}/approve", data).text
    assert ada.post(f"{path}/publish").status_code == 422
    assert len(stored(folder).replies) == 1
    ada.post(f"{path}/consent", {"consent": "given", "how": "mail of today"})
    assert "Published" in ada.post(f"{path}/publish").text
    assert "But thank you." in reader.get("/entries/AAAAAAAAAA/").text
    assert "disagree" not in reader.get("/entries/AAAAAAAAAA/").text
    ada.post(f"{path}/withdraw")
    assert "But thank you." not in reader.get("/entries/AAAAAAAAAA/").text


def test_a_refusal_takes_it_back(ada, reader, name):
    path = f"/desk/replies/{name}"
    ada.post(f"{path}/approve", {"entry": "Promises that are kept"})
    ada.post(f"{path}/consent", {"consent": "given", "how": "mail"})
    ada.post(f"{path}/publish")
    assert "thank you" in reader.get("/entries/AAAAAAAAAA/").text
    assert "Dismissed" in ada.post(f"{path}/consent", {"consent": "refused", "how": "mail"}).text
    assert "thank you" not in reader.get("/entries/AAAAAAAAAA/").text


def test_what_makes_no_sense_is_refused(ada, name):
    path = f"/desk/replies/{name}"
    for step, data in (
        ("burn", {}),
        ("consent", {"consent": "maybe", "how": "x"}),
        ("consent", {"consent": "given", "how": ""}),
        ("approve", {"entry": "No such title"}),
        ("approve", {"entry": "Promises that are kept", "paragraph[]": "9"}),
    ):
        assert ada.post(f"{path}/{step}", data).status_code == 422
    assert ada.get("/desk/replies/none").status_code == 422
    assert ada.post(f"{path}/dismiss").status_code == 200


def test_of_who_was_forgotten_only_what_is_printed_is_shown(ada, app, name):
    path = f"/desk/replies/{name}"
    data = {"entry": "Promises that are kept", "paragraph[]": "2", "printed_name": "Jane"}
    ada.post(f"{path}/approve", data)
    ada.post(f"{path}/consent", {"consent": "given", "how": "mail of today"})
    ada.post(f"{path}/publish")
    with transaction(app.state.shelf.store.engine, writes=True) as connection:
        strip(connection, read_reply(connection, name))
    page = ada.get(path).text
    assert "From somebody who asked to be forgotten" in page
    assert "&lt;&gt;" not in page
    listed = ada.get("/desk/replies").text
    assert "somebody forgotten" in listed
    assert "But thank you." in listed
