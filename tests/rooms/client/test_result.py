import json

import pytest

from comity.agreement import agree, make_party
from comity.core.errors import InputError
from comity.rooms.client.result import result_of
from comity.rooms.protocol.room import Room


def test_a_result_is_plain_json_without_anybodys_model(opened, river, play_all):
    result = play_all(opened, river)[river.names[0]]
    data = json.loads(json.dumps(result.to_dict()))
    assert data["status"] == "agreed"
    assert data["gain"]["kind"] == "exact"
    assert not {"own", "folded", "log"} & set(data)
    assert "agreed" in str(result)


def test_figures_follow_from_the_own_model(opened, river, play_all):
    alone = agree(river, misreports="none")
    for name, result in play_all(opened, river).items():
        expected = alone.certificate.gain_private[name].value
        assert result.gain.value == pytest.approx(expected)
        assert result.worth.value - result.default.value == pytest.approx(result.gain.value)


def test_delay_counts_where_a_negotiation_loses_by_it(household, server, play_all):
    """The first answers refuse, so that the deal comes a round later and is worth less."""
    from dataclasses import replace

    from comity.agreement import Decision
    from comity.rooms.client.joining import open_room
    from fake_rooms import ADDRESS

    rules = household.constitution
    case = replace(household, constitution=replace(rules, talk=replace(rules.talk, rounds=1)))
    half = 0.5

    def impatient(party):
        model = replace(party.model, discount=[half] * len(party.model.players))
        return replace(party, model=model)

    case = replace(case, parties=tuple(map(impatient, case.parties)))

    class Slow(type(make_party("honest", {}))):
        def respond(self, context, proposal):
            return Decision(context.name, proposal.delay > 0, ())

    opened = open_room(ADDRESS, case, transport=server.transport())
    found = play_all(opened, case, dict.fromkeys(case.names, Slow()))
    for i, (name, result) in enumerate(found.items()):
        assert result.status == "agreed"
        undelayed = case.models[name].payoffs(result.play)[i]
        assert result.worth.value == pytest.approx(half * undelayed)


def test_a_room_that_goes_on_has_no_result(river):
    with pytest.raises(InputError, match="has not ended"):
        result_of(Room(""), river.parties[0], make_party("honest", {}), None)


def test_the_page_tells_the_own_side(opened, river, play_all):
    name = river.names[0]
    result = play_all(opened, river)[name]
    page = result.page()
    assert page.lower().startswith("<!doctype html>")
    assert result.folded.head in page
    assert "which need not be what they hold" in page
