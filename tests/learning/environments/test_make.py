import pytest

from comity.core.errors import InputError
from comity.learning.environments.check import check_environment
from comity.learning.environments.make import REGISTRY, make
from comity.learning.environments.protocol import Environment


@pytest.mark.parametrize(
    ("name", "engine"), [(name, engine) for name, engines in REGISTRY.items() for engine in engines]
)
def test_everything_in_the_registry_can_be_made(name, engine):
    environment = make(name, engine)
    assert isinstance(environment, Environment)
    assert (environment.name, environment.engine) == (name, engine)
    assert make(name, engine, **environment.variant).variant == environment.variant


def test_names_may_be_written_with_a_dash():
    assert make("Tiny-Hanabi", game="C").variant == {"game": "C"}


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: make("chess"), "lever"),
        (lambda: make("lever", "cuda"), "numba, jax"),
        (lambda: make("lever", colours=3), "payoffs, players"),
        (lambda: make("tiny hanabi", game="Z"), "unknown game"),
    ],
)
def test_what_is_unknown_is_refused_with_what_is_known(call, words):
    with pytest.raises(InputError, match=words):
        call()


def test_a_made_environment_passes_the_check():
    assert check_environment(make("lever")).ok


@pytest.mark.parametrize("name", REGISTRY)
def test_a_game_is_made_begun_and_stepped_in_five_lines(name):
    environment = make(name)
    state = environment.begin(0, size=3)
    actions = environment.legal(state).argmax(axis=2)
    step = environment.step(state, actions)
    assert step.rewards.shape == (3, len(environment.shape.players))


@pytest.mark.parametrize("name", REGISTRY)
def test_no_engine_on_the_cpu_rounds_an_action_or_takes_one_for_all(name):
    environment = make(name)
    state = environment.begin(0, 2)
    legal = environment.legal(state).argmax(axis=2)
    for nonsense in (legal + 0.5, legal[0], legal[:1], None, "play"):
        with pytest.raises(InputError, match="not the actions of this batch"):
            environment.step(state, nonsense)
