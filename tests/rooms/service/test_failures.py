"""Errors have one form, a status for each code, and no code is without one."""

import json

import pytest

from comity.core.database import Unavailable
from comity.core.errors import ComityError, InputError
from comity.rooms.protocol.state import CODES, Refused
from comity.rooms.service.book import NoRoom
from comity.rooms.service.failures import STATUS_OF, Denied, answer, code_of


def test_every_code_of_the_protocol_has_a_status():
    assert set(CODES) <= set(STATUS_OF)
    assert all(STATUS_OF[code] < 500 for code in CODES)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Refused("stale", "x"), "stale"),
        (Denied("csrf", "x"), "csrf"),
        (Unavailable("x"), "store"),
        (NoRoom("x"), "unknown"),
        (InputError("x"), "form"),
        (ComityError("x"), "form"),
    ],
)
def test_codes(error, code):
    assert code_of(error) == code
    assert answer(code, error).status_code == STATUS_OF[code]


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
