"""What may be drawn, by the own view."""

from dataclasses import replace

import pytest

from comity.agreement import Context, propose
from comity.cases import load
from comity.games import Lottery, MixedProfile
from comity.language import LANGUAGES, signed, words_of
from comity.rooms.client.joining import open_room
from comity.rooms.client.lots import lots_of, worst_loss
from comity.rooms.client.telling import MOST_LOTS, tell_lots, tell_proposal, tell_result
from fake_rooms import ADDRESS


@pytest.fixture
def chicken(examples):
    return load(examples / "chicken.toml")


def table(context):
    """Payoffs of the own model by outcome."""
    return context.model.table[context.place]


def test_gains_of_lots_make_the_expected_gain(chicken):
    play = propose(chicken.models, chicken.constitution).solution.play
    for party in chicken.parties:
        context = Context(party, chicken.constitution)
        lots = lots_of(context, play, 0)
        assert len(lots) > 1
        assert [lot.chance for lot in lots] == sorted((x.chance for x in lots), reverse=True)
        assert sum(lot.chance * lot.gain for lot in lots) == pytest.approx(context.gain(play))
        by_outcome = {table(context)[lot.outcome] - lot.gain for lot in lots}
        assert max(by_outcome) == pytest.approx(min(by_outcome))


def test_a_loss_is_that_of_the_worst(chicken):
    context = Context(chicken.parties[0], chicken.constitution)
    values, default = table(context), Context.gain(context, Lottery.pure((0, 0)))
    default = values[0, 0] - default
    every = [(i, k) for i in range(values.shape[0]) for k in range(values.shape[1])]
    lots = lots_of(context, Lottery(every, [1 / len(every)] * len(every)), 0)
    assert worst_loss(lots) == pytest.approx(default - values.min())
    good = tuple(lot for lot in lots if lot.gain >= 0)
    assert worst_loss(good) == 0.0
    assert worst_loss(()) == 0.0


def test_mixed_plays_have_lots_and_sure_ones_none(chicken):
    context = Context(chicken.parties[0], chicken.constitution)
    mixed = MixedProfile([[0.25, 0.75], [0.5, 0.5]])
    assert [lot.chance for lot in lots_of(context, mixed, 0)] == [0.375, 0.375, 0.125, 0.125]
    assert lots_of(context, Lottery.pure((0, 1)), 0) == ()
    assert lots_of(context, None, 0) == ()


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_proposal_tells_that_one_can_lose(code, chicken):
    words = words_of(code)
    proposal = propose(chicken.models, chicken.constitution)
    context = Context(chicken.parties[0], chicken.constitution)
    told = tell_proposal(context, proposal, words)
    lots = lots_of(context, proposal.solution.play, 0)
    head = words.say("table.lots")
    assert told[told.index(head) + len(lots) + 1 :]
    bad = [replace(lot, gain=-2.5) for lot in lots]
    said = words.say("table.lots_below", loss=words_of(code).say("format.decimal").join("25"))
    assert tell_lots(context, bad, words)[-1] == said
    good = tell_lots(context, [replace(lot, gain=1.0) for lot in lots], words)
    assert len(good) == len(lots) + 1
    many = [replace(lots[0], chance=0.1)] * (MOST_LOTS + 2)
    assert len(tell_lots(context, many, words)) >= MOST_LOTS + 2


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_was_drawn_stands_beside_what_was_expected(code, chicken, server, play_all):
    opened = open_room(ADDRESS, chicken, transport=server.transport())
    for name, result in play_all(opened, chicken).items():
        context = Context(chicken.parties[chicken.names.index(name)], chicken.constitution)
        lots = {x.outcome: x for x in lots_of(context, result.play, 0)}
        assert result.drawn_gain.value == pytest.approx(lots[result.drawn].gain)
        assert result.drawn_gain.kind == "exact"
        words = words_of(code)
        after, before = (signed(words, x.value) for x in (result.drawn_gain, result.gain))
        assert after != before
        said = words.say("ending.drawn_gain", gain=after, expected=before)
        assert tell_result(result, words).count(said) == 1


def test_nothing_drawn_is_no_figure(opened, river, play_all):
    from comity.agreement import make_party

    silent = make_party("silent", {})
    result = play_all(opened, river, {river.names[1]: silent})[river.names[0]]
    assert result.drawn_gain.kind == "unknown"
