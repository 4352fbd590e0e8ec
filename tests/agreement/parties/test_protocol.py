"""What a party knows, and what makes an object a party."""

import numpy as np
import pytest

from agreement_situations import chicken
from comity.agreement.parties import PARTIES, Context, PartyBehaviour, make_party
from comity.cases import Constitution, Party
from comity.core.errors import InputError
from comity.games import Lottery

OPTIONS = {"committed": {"demand": 1.0}, "reputation-building": {"demand": 1.0}}


def context(name="A", **rules):
    return Context(Party(name, chicken()), Constitution(**rules), seed=5)


@pytest.mark.parametrize("kind", PARTIES)
def test_every_kind_is_a_party(kind):
    assert isinstance(make_party(kind, OPTIONS.get(kind, {})), PartyBehaviour)


@pytest.mark.parametrize("kind", sorted(set(PARTIES) - {"silent"}))
def test_every_kind_but_the_silent_one_reports_on_the_frame(kind):
    report = make_party(kind, OPTIONS.get(kind, {})).report(context())
    assert report.frame() == chicken().frame()


def test_an_object_without_the_three_moves_is_no_party():
    assert not isinstance(object(), PartyBehaviour)


def test_a_context_knows_its_own_place_and_gain():
    both = [context(name, default="favourite-equilibrium") for name in "AB"]
    assert [c.place for c in both] == [0, 1]
    gains = [c.gain(Lottery.pure((1, 0))) for c in both]
    assert np.allclose(gains, [10, 4])


def test_its_chance_starts_afresh_and_is_its_own():
    assert context().rng().random() == context().rng().random()


@pytest.mark.parametrize(
    ("kind", "options", "message"),
    [
        ("loud", {}, r"parties\.A\.kind: no such kind of party"),
        ("honest", {"volume": 3}, r"parties\.A\.options: honest takes no options \(found volume"),
        ("committed", {}, r"options: committed needs the option demand .*expected demand, action"),
        ("committed", {"demnd": 1}, r"unknown option of committed; did you mean 'demand'"),
        ("exaggerating", {"bias": "x"}, r"parties\.A\.options: options do not fit"),
        ("policy-switching", {"probability": 2}, r"parties\.A\.options\.probability"),
        ("policy-switching", {"then": "loud"}, r"parties\.A\.options\.then\.kind"),
        ("fickle", {"among": ["honest", "loud"]}, r"parties\.A\.options\.among\.1\.kind"),
    ],
)
def test_bad_options(kind, options, message):
    with pytest.raises(InputError, match=message):
        make_party(kind, options, "parties.A")


def test_parties_within_parties():
    party = make_party(
        "policy-switching", {"first": "honest", "then": {"kind": "committed", "demand": 2.0}}
    )
    assert party.then.demand == 2.0
    fickle = make_party("fickle", {"among": ["silent", {"kind": "committed", "demand": 3.0}]})
    assert fickle.among[1].demand == 3.0
