"""Errors have one form, and hostile text in them is told harmlessly."""

import json

from comity.core.errors import ComityError, InputError
from comity.core.web.failures import STATUS_OF, Denied, answer


def test_a_denial_keeps_its_code_and_place():
    denied = Denied("rate", "too many", retry=3.0, place="here")
    assert (denied.code, denied.retry, str(denied)) == ("rate", 3.0, "here: too many")
    assert answer("rate", denied, denied.retry).headers["retry-after"] == "3"


def test_statuses():
    for code, status in STATUS_OF.items():
        assert answer(code, ComityError("x")).status_code == status
    assert answer("late", ComityError("x"), status=409).status_code == 409
    assert answer("token", ComityError("x")).headers["www-authenticate"] == "Bearer"


def test_the_form():
    error = InputError("it is wrong", place="a.b", found=3, expected=None)
    response = answer("form", error, retry=0.2)
    assert json.loads(response.body) == {
        "error": {
            "code": "form",
            "message": "it is wrong",
            "place": "a.b",
            "found": "3",
            "expected": None,
        }
    }
    assert response.headers["retry-after"] == "1"


def test_hostile_text_can_be_sent():
    response = answer("form", InputError("x", found="\ud800 and \0"))
    assert json.loads(response.body)["error"]["found"] == "\\ud800 and \0"
    assert len(answer("form", InputError("x" * 10**6, found="y" * 10**6)).body) < 1000
