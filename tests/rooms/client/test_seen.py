import numpy as np
import pytest

from comity.agreement import agree, make_party
from comity.core.errors import InputError
from comity.rooms.client.seen import REASON_WORDS, agreement_as_seen
from comity.rooms.protocol.bodies import REASONS


def test_every_reason_has_words():
    assert tuple(REASON_WORDS) == REASONS


def test_it_is_what_agree_finds_where_all_are_honest(opened, river, play_all):
    alone = agree(river, misreports="none")
    for name, result in play_all(opened, river).items():
        seen = result.agreement
        assert seen.status == alone.status
        assert seen.play.to_dict() == alone.play.to_dict()
        np.testing.assert_allclose(seen.payoffs, alone.payoffs)
        np.testing.assert_allclose(seen.disagreement, alone.disagreement)
        own = seen.certificate
        for part in ("gain_private", "gain_reported"):
            mine, theirs = getattr(own, part)[name], getattr(alone.certificate, part)[name]
            assert mine.value == pytest.approx(theirs.value)
        for view in ("own", "common"):
            found = own.deviation_gain[name][view].value
            assert found == pytest.approx(alone.certificate.deviation_gain[name][view].value)
        assert seen.transcript[-1]["hash"] == result.folded.head


def test_the_others_are_seen_by_their_reports(opened, river, play_all):
    name, other = river.names
    party = make_party("exaggerating", {})
    seen = play_all(opened, river, {other: party})[name].agreement
    assert seen.case.models[name] == river.models[name]
    stated = seen.case.models[other].blocks()[f"tastes[{other}]"].values
    true = river.models[other].blocks()[f"tastes[{other}]"].values
    assert not np.allclose(stated, true)
    assert "its report" in seen.certificate.gain_private[other].method
    assert "its own model" in seen.certificate.gain_private[name].method


def test_a_refusal_names_who_refused_and_why(opened, river, play_all):
    name, other = river.names
    party = make_party("committed", {"demand": 1e6})
    seen = play_all(opened, river, {other: party})[name].agreement
    assert seen.status == "refused"
    answers = {decision.party: decision for decision in seen.decisions}
    assert not answers[other].accepts
    assert answers[other].reasons[0] in REASON_WORDS.values()


def test_before_a_proposal_there_is_nothing_to_see(opened, river, play_all):
    name, other = river.names
    result = play_all(opened, river, {other: make_party("silent", {})})[name]
    with pytest.raises(InputError, match="before there was a proposal"):
        agreement_as_seen(result.folded, result.own)
