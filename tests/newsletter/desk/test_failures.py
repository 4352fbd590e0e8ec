"""Failures have a page for people and a form for programs, and tell nothing else."""

import json

import pytest

from comity.core.database import Conflict, Unavailable
from comity.core.errors import ComityError, InputError
from comity.core.web.failures import STATUS_OF, Denied
from comity.newsletter.desk.failures import HEADINGS, code_of


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Denied("csrf", "x"), "csrf"),
        (Conflict("x"), "stale"),
        (Unavailable("x"), "store"),
        (InputError("x"), "form"),
        (ComityError("x"), "form"),
    ],
)
def test_codes(error, code):
    assert code_of(error) == code
    assert code in STATUS_OF


def test_headings_are_of_codes():
    assert set(HEADINGS) <= set(STATUS_OF)


def test_a_database_that_does_not_answer_is_said_to_come_back(reader, app, monkeypatch):
    def fails() -> None:
        raise Unavailable("the database does not answer")

    monkeypatch.setattr(app.state.shelf, "content", fails)
    answer = reader.get("/")
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) >= 1
    assert "The database does not answer" in answer.text


def test_an_error_that_nobody_expected_tells_nothing(reader, app, monkeypatch):
    def fails() -> None:
        raise ValueError("unseen words")

    monkeypatch.setattr(app.state.shelf, "content", fails)
    answer = reader.get("/")
    assert answer.status_code == 500
    assert "unseen" not in answer.text


def test_methods_and_paths(reader):
    assert reader.client.delete("/").status_code == 405
    answer = reader.client.get("/nowhere", headers={"accept": "application/json"})
    assert json.loads(answer.text)["error"]["code"] == "unknown"
    page = reader.get("/<script>alert(1)</script>")
    assert page.status_code == 404
    assert "<script>alert" not in page.text
