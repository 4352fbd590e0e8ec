import dataclasses

import numpy as np
import pytest

from comity.agreement.parties.learned import LearnedParty
from comity.agreement.parties.protocol import COMPLY, Context, PartyBehaviour, Past
from comity.cases import Constitution, Party
from comity.core import InputError
from comity.core.results import plain
from comity.games import NormalForm
from comity.learning.environments.make import make
from comity.learning.partners.catalogue import partner
from comity.learning.training.agents import learn, settings_for
from comity.learning.training.checkpoints import Checkpoint, save
from comity.learning.training.learned import flattened
from comity.learning.training.ppo import network_for

DILEMMA = NormalForm.from_payoffs(
    [[[3, 0], [5, 1]], [[3, 5], [0, 1]]], ["A", "B"], [["share", "take"]] * 2
)
GAME = make("iterated", horizon=10)


def context(name, *rounds, model=DILEMMA):
    history = tuple(Past("agreed", {}, dict(zip("AB", acts, strict=True))) for acts in rounds)
    return Context(Party(name, model), Constitution(), history=history)


@pytest.mark.parametrize(("name", "other"), [("A", 1), ("B", 0)])
def test_tit_for_tat_in_a_case(name, other):
    party = LearnedParty(partner("tit for tat", GAME), GAME)
    assert isinstance(party, PartyBehaviour)
    assert party.act(context(name), None) == COMPLY
    broken, kept = [COMPLY, COMPLY], [COMPLY, COMPLY]
    broken[other] = "take"
    assert party.act(context(name, broken), None) == "take"
    assert party.act(context(name, broken, kept), None) == COMPLY


def test_another_action_can_stand_for_ones_word():
    party = LearnedParty(partner("cooperator", GAME), GAME, word=(1, 1))
    assert party.act(context("A"), None) == "share"
    with pytest.raises(InputError, match="no such action"):
        LearnedParty(partner("cooperator", GAME), GAME, word=(0, 2))


def test_memory_reaches_back_over_all_encounters():
    party = LearnedParty(partner("grim", GAME), GAME)
    assert party.act(context("A", ("comply", "take"), *[("take", COMPLY)] * 5), None) == "take"


def test_a_checkpoint_sits_in_a_case(tmp_path):
    settings = settings_for("iterated", hidden=(4,), actor_scale=5.0)
    network = network_for(GAME, settings)
    checkpoint = Checkpoint(
        agent="ippo",
        environment="iterated",
        variant=dict(GAME.variant),
        settings=plain(settings),
        seed=0,
        steps=0,
        policy=flattened(network.init(1)),
    )
    party = LearnedParty.of(save(checkpoint, tmp_path / "agent.npz"))
    seen = np.zeros((1, 4), dtype=np.float32)
    legal = np.ones((1, 2), dtype=bool)
    odds, _ = network.act(network.init(1), None, seen, np.zeros(1, dtype=int), legal, np)
    assert party.act(context("A"), None) == [COMPLY, "take"][int(odds.argmax())]
    assert party.report(context("A")) is DILEMMA


def test_games_that_do_not_fit(tmp_path):
    path = tmp_path / "agent.npz"
    learn("tiny hanabi", "off-belief", path=path)
    with pytest.raises(InputError, match="no part in a Case"):
        LearnedParty.of(path)
    wide = NormalForm.from_payoffs(np.zeros((2, 3, 2)), ["A", "B"])
    party = LearnedParty(partner("tit for tat", GAME), GAME)
    with pytest.raises(InputError, match="another kind of game"):
        party.act(dataclasses.replace(context("A", model=wide)), None)
