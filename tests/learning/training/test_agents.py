import numpy as np
import pytest

from comity.core import InputError
from comity.learning.environments.make import make
from comity.learning.exact.decentralised import optimum
from comity.learning.policies.playing import play
from comity.learning.training.agents import (
    AGENTS,
    PRESETS,
    file_of,
    learn,
    learn_population,
    policy_of,
    settings_for,
)
from comity.learning.training.checkpoints import load
from comity.learning.training.settings import Settings
from comity.learning.training.training import score

QUICK = {"total_steps": 64, "games": 12, "steps": 2, "minibatches": 1, "hidden": (2,), "epochs": 1}


def test_settings_suit_the_environment():
    assert settings_for("tiny-hanabi") == settings_for("tiny hanabi")
    assert settings_for("lever", "mappo").critic == "centralised"
    assert settings_for("lever", games=3).games == 3
    assert settings_for("no such game") == Settings()
    assert all(settings_for(name).updates > 0 for name in PRESETS)


@pytest.mark.slow
def test_other_play_meets_strangers_where_self_play_does_not():
    """Hu et al. 2020: about 1/9 for self-play agents of the lever game, .9 for other-play."""
    environment = make("lever")

    def met(agent):
        policies = [policy_of(learn("lever", agent, seed=seed)) for seed in range(3)]
        pairs = [(a, b) for a in policies for b in policies if a is not b]
        return np.mean([play(environment, pair, 1).scores[0, 0] for pair in pairs])

    assert met("other-play") == pytest.approx(0.9)
    assert met("ippo") < 0.5


def test_off_belief_learning_is_exact(tmp_path):
    path = tmp_path / "agent.npz"
    checkpoint = learn("tiny hanabi", "off-belief", variant={"game": "A"}, path=path)
    best = optimum(make("tiny hanabi", game="A")).value.value
    assert score(checkpoint) == pytest.approx(best)
    policy = policy_of(load(path))
    scores = play(make("tiny hanabi", game="A"), [policy, policy], 2000, rng=0).scores
    assert scores.mean() == pytest.approx(best, abs=0.1)


def test_off_belief_learning_has_settings_of_its_own():
    second = learn("tiny hanabi", "off-belief", variant={"game": "B"}, level=2)
    assert score(second) == pytest.approx(1.0)
    assert second.settings["level"] == 2
    with pytest.raises(InputError, match="unknown setting"):
        learn("tiny hanabi", "off-belief", games=3)


def test_co_play_can_be_resumed(tmp_path):
    told = {**QUICK, "population": 2, "variant": {"game": "G"}, "path": tmp_path / "a.npz"}
    found = learn("tiny hanabi", "co-play", **told)
    assert found.agent == "co-play"
    again = learn("tiny hanabi", "co-play", resume=True, **told)
    assert again.digest == found.digest


def test_a_population(tmp_path):
    told = {"variant": {"game": "B"}, "folder": tmp_path}
    found = learn_population("tiny hanabi", "off-belief", seeds=[3, 4], **told)
    assert [checkpoint.seed for checkpoint in found] == [3, 4]
    files = [file_of(tmp_path, "tiny hanabi", "off-belief", seed) for seed in (3, 4)]
    assert [file.name for file in files] == [
        "tiny-hanabi-off-belief-3.npz",
        "tiny-hanabi-off-belief-4.npz",
    ]
    assert [load(file).digest for file in files] == [checkpoint.digest for checkpoint in found]


def test_several_short_runs_are_taken_as_they_are(tmp_path):
    path = tmp_path / "lever.npz"
    told = {"total_steps": 64, "path": path}
    first = learn("lever", **told)
    assert learn("lever", resume=True, **told).digest == first.digest
    with pytest.raises(InputError, match="another seed"):
        learn("lever", seed=1, resume=True, **told)


def test_what_cannot_be_learned():
    with pytest.raises(InputError, match="unknown way"):
        learn("lever", "q-learning")
    with pytest.raises(InputError, match="no checkpoint"):
        learn("lever", resume=True)
    with pytest.raises(InputError, match="symmetries"):
        learn("tiny hanabi", "other-play")
    assert "ippo" in AGENTS
