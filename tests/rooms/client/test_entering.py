from dataclasses import replace

import pytest

from comity.core.errors import InputError
from comity.rooms.client.entering import check_terms, own_party
from comity.rooms.client.joining import join
from comity.rooms.protocol.terms import Terms


def test_ones_own_entry(river):
    egypt = river.parties[1]
    assert own_party(river, egypt.name) is egypt
    assert own_party(egypt, egypt.name) is egypt
    with pytest.raises(InputError, match="no view of who sits here"):
        own_party(river, "Sudan")
    with pytest.raises(InputError, match="the seat is another's"):
        own_party(egypt, river.parties[0].name)


def test_the_terms_must_be_those_of_the_case(river):
    terms = Terms.of(replace(river, title="Another title"), {"joining": 5})
    check_terms(terms, river)


CHANGES = {
    "constitution.solution": lambda rules: replace(rules, solution=("egalitarian",)),
    "constitution.enforcement": lambda rules: replace(rules, enforcement="self-enforcing"),
    "constitution.acceptance": lambda rules: replace(rules, acceptance=()),
    "constitution.talk.rounds": lambda rules: replace(rules, talk=replace(rules.talk, rounds=7)),
}


@pytest.mark.parametrize("place", CHANGES)
def test_what_differs_is_named(place, river, server, opened):
    other = replace(river, constitution=CHANGES[place](river.constitution))
    with pytest.raises(InputError, match="other terms") as caught:
        check_terms(Terms.of(river), other)
    assert caught.value.place == place
    link = opened.links[river.names[0]]
    with pytest.raises(InputError, match="other terms"):
        join(link, other, transport=server.transport())
    assert not [body for *_, body in server.heard if '"join"' in body]


def test_a_view_on_another_frame(opened, server, river, household):
    party = replace(household.parties[0], name=river.names[0])
    with pytest.raises(InputError, match="another frame"):
        join(opened.links[river.names[0]], party, transport=server.transport())
