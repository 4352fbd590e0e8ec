"""Errors have one form, a status for each code, and no code is without one."""

import pytest

from comity.core.database import Unavailable
from comity.core.errors import ComityError, InputError
from comity.core.web.failures import Denied
from comity.rooms.protocol.state import CODES, Refused
from comity.rooms.service.book import NoRoom
from comity.rooms.service.failures import STATUS_OF, answer, code_of


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
