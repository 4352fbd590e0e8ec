"""A commitment opens to one thing only, and only for its party."""

import dataclasses
import hashlib

import numpy as np
import pytest

from comity.agreement.transcripts.commitment import (
    Opening,
    check_nonce,
    draw_commitment,
    new_nonce,
    opens,
)
from comity.core.errors import InputError

NONCE = "0f" * 32
OPENING = Opening("c" * 64, "Ana", 1, {"blocks": {"facts": [1.0, 2.5]}}, NONCE)


def test_the_digest_is_sha256_of_canonical_json():
    text = (
        '{"case":"' + "c" * 64 + '","nonce":"' + NONCE + '","party":"Ana",'
        '"report":{"blocks":{"facts":[1,2.5]}},"round":1,"version":"comity-commitment-1"}'
    )
    assert OPENING.commitment() == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    "change",
    [
        {"case": "d" * 64},
        {"party": "Bo"},
        {"round": 2},
        {"report": {"blocks": {"facts": [1.0, 2.5000000000000004]}}},
        {"nonce": "0e" + NONCE[2:]},
    ],
)
def test_anything_else_does_not_open_it(change):
    assert opens(OPENING, OPENING.commitment())
    assert not opens(dataclasses.replace(OPENING, **change), OPENING.commitment())


def test_the_same_report_is_hidden_by_another_nonce():
    rng = np.random.default_rng(0)
    nonces = {new_nonce(rng) for _ in range(50)} | {new_nonce() for _ in range(50)}
    assert len(nonces) == 100
    digests = {dataclasses.replace(OPENING, nonce=nonce).commitment() for nonce in nonces}
    assert len(digests) == 100


@pytest.mark.parametrize("nonce", ["", "0f" * 31, "0F" * 32, "zz" * 32, "0f" * 33])
def test_nonces_of_another_form_are_refused(nonce):
    with pytest.raises(InputError, match=r"reveal\.Ana\.nonce"):
        check_nonce(nonce, "Ana")


def test_a_part_of_the_draw_is_bound_to_its_case_party_and_nonce():
    parts = {
        draw_commitment(case, party, nonce)
        for case in ("c", "d")
        for party in ("Ana", "Ben")
        for nonce in (NONCE, "f" * 64)
    }
    assert len(parts) == 8
    with pytest.raises(InputError, match=r"draw\.Ana\.nonce"):
        draw_commitment("c", "Ana", "short")
