import hashlib
import json

import pytest

from comity.rooms.protocol.commitments import draw_part, report_commitment, room_draw_seed

REPORT = {"blocks": {"facts": [1.5, -2.0]}}
PLACE = {"room": "ab" * 16, "terms": "cd" * 32, "party": "Ána"}


def by_hand(data):
    """SHA-256 of data whose keys are ASCII and whose numbers are short, written without comity."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.replace("-2.0", "-2").encode()).hexdigest()


def test_a_commitment_is_the_hash_of_what_the_specification_names():
    assert report_commitment(*PLACE.values(), REPORT, "0" * 64) == by_hand(
        {
            "version": "comity-room-report-1",
            "room": PLACE["room"],
            "constitution": PLACE["terms"],
            "party": "Ána",
            "round": 0,
            "report": REPORT,
            "nonce": "0" * 64,
        }
    )


def test_a_part_of_the_draw_is_the_hash_of_what_the_specification_names():
    assert draw_part(*PLACE.values(), "0" * 64, 2) == by_hand(
        {
            "version": "comity-room-draw-1",
            "room": PLACE["room"],
            "constitution": PLACE["terms"],
            "party": "Ána",
            "round": 2,
            "nonce": "0" * 64,
        }
    )


def test_the_seed_of_a_draw_is_the_hash_of_all_nonces():
    nonces = {"B": "1" * 64, "A": "2" * 64}
    assert room_draw_seed("ab", 1, nonces) == by_hand(
        {"version": "comity-room-draw-1", "room": "ab", "round": 1, "nonces": nonces}
    )


@pytest.mark.parametrize("change", [{"room": "ef" * 16}, {"terms": "12" * 32}, {"party": "B"}])
def test_it_opens_nowhere_else(change):
    other = {**PLACE, **change}
    mine = report_commitment(*PLACE.values(), REPORT, "0" * 64)
    assert report_commitment(*other.values(), REPORT, "0" * 64) != mine
    assert draw_part(*other.values(), "0" * 64, 0) != draw_part(*PLACE.values(), "0" * 64, 0)


def test_rounds_have_parts_of_their_own():
    parts = {draw_part(*PLACE.values(), "0" * 64, round_) for round_ in range(5)}
    assert len(parts) == 5


def test_a_report_and_a_part_of_the_draw_cannot_be_taken_for_each_other():
    assert report_commitment(*PLACE.values(), {}, "0" * 64) != draw_part(
        *PLACE.values(), "0" * 64, 0
    )
