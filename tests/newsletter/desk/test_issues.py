"""Issues over HTTP: drafts, checks, and the same issue as a page, a mail and text."""

import re

from newsletter_desk import stored

DRAFT = "/desk/issues/3"


def test_all_issues_and_a_new_draft(ada, folder):
    page = ada.get("/desk/issues").text
    assert re.findall(r'href="/desk/issues/(\d+)"', page) == ["3", "2", "1"]
    answer = ada.post("/desk/issues", {"number": "4", "title": "Fresh"})
    assert "CW #4: Fresh" in answer.text
    assert stored(folder).issue(4).is_draft
    for number in ("4", "x", "", "-1", "9" * 40):
        assert ada.post("/desk/issues", {"number": number}).status_code == 422


def test_what_waits_is_put_in_moved_and_taken_out(ada, folder):
    data = {"entry[]": ["MMMMMMMMMM", "NNNNNNNNNN"]}
    page = ada.post(f"{DRAFT}/include", data).text
    assert page.index("Votes that count") < page.index("Votes that wait")
    page = ada.post(f"{DRAFT}/move", {"entry": "NNNNNNNNNN", "step": "up"}).text
    assert page.index("Votes that wait") < page.index("Votes that count")
    ada.post(f"{DRAFT}/exclude", {"entry": "NNNNNNNNNN"})
    assert [e.id for e in stored(folder).by_issue[3]] == ["HHHHHHHHHH", "MMMMMMMMMM"]
    assert ada.post(f"{DRAFT}/move", {"entry": "MMMMMMMMMM", "step": "away"}).status_code == 422


def test_own_words_are_saved_or_shown_beside_those_of_another(ada, bo, folder):
    first, second = ada.form(DRAFT), bo.form(DRAFT)
    assert "Saved." in ada.post(DRAFT, {**first, "opening": "Hello *all*."}).text
    answer = bo.post(DRAFT, {**second, "opening": "Good day."})
    assert answer.status_code == 409
    assert "Hello *all*." in answer.text
    assert "Good day." in answer.text
    assert stored(folder).issue(3).opening == "Hello *all*."


def test_what_blocks_an_issue_is_said(ada):
    ada.post(f"{DRAFT}/include", {"entry[]": "LLLLLLLLLL"})
    page = ada.get(DRAFT).text
    assert "stops it" in page
    assert "Nobody has decided whether it is public" in page or "decided" in page


def test_an_issue_as_a_page_a_mail_and_text(ada):
    page = ada.get(f"{DRAFT}/web")
    assert page.headers["cache-control"] == "no-store"
    assert "Preview" in page.text
    assert "unseen draft summary" in page.text
    assert 'href="/entries/HHHHHHHHHH/"' in page.text
    mail = ada.get(f"{DRAFT}/mail")
    assert "unseen draft summary" in mail.text
    policy = mail.headers["content-security-policy"]
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    text = ada.get(f"{DRAFT}/text")
    assert text.headers["content-type"].startswith("text/plain")
    assert "unseen draft summary" in text.text


def test_what_is_not_public_is_in_no_preview(ada):
    for form in ("web", "mail", "text"):
        assert "Unseen title" not in ada.get(f"/desk/issues/2/{form}").text


def test_there_is_no_such_issue(ada):
    for path in ("/desk/issues/99", "/desk/issues/99/web"):
        assert ada.get(path).status_code == 404
    assert ada.get("/desk/issues/x").status_code == 422
    assert ada.get("/desk/issues/99/mail").status_code == 422


def test_numbers_that_no_database_holds_are_refused(ada):
    for step in ("", "/include", "/exclude", "/move"):
        answer = ada.post(f"/desk/issues/{'9' * 30}{step}", {"entry[]": "LLLLLLLLLL"})
        assert answer.status_code == 422
