import random

import pytest

from comity.assistance.games import loads_game, read_game
from comity.assistance.games.catalogue import cake_or_pie
from comity.core import InputError

CAKE = """
title = "Cake or pie"
horizon = 4
discount = 0.95
start = "kitchen"
final = ["served"]
states = ["kitchen", "asked", "served"]
person = ["wait", "say cake", "say pie"]
assistant = ["wait", "bake cake", "bake pie", "ask"]
goals = { cake = 0.6, pie = 0.4 }
orders = { "say cake" = "bake cake", "say pie" = "bake pie" }

[person_may]
asked = ["say cake", "say pie"]
"*" = ["wait"]

[assistant_may]
asked = ["wait"]

[[moves]]
assistant = "ask"
to = "asked"
[[moves]]
assistant = "bake cake"
to = { served = 1.0 }
[[moves]]
assistant = "bake pie"
to = "served"
[[moves]]
state = "asked"
to = "kitchen"

[[rewards]]
assistant = "ask"
worth = -0.1
[[rewards]]
goal = "cake"
assistant = "bake cake"
worth = 1
[[rewards]]
goal = "pie"
assistant = "bake pie"
worth = 1
"""


def test_a_file_is_the_game_its_rules_say():
    read, made = loads_game(CAKE), cake_or_pie()
    for name in ("prior", "rewards", "next_states", "person_allowed", "assistant_allowed"):
        assert (getattr(read, name) == getattr(made, name)).all(), name
    assert (read.horizon, read.discount, read.goals) == (4, 0.95, ("cake", "pie"))


def test_rewards_that_fit_add_up():
    more = '[[rewards]]\nstate = "kitchen"\nworth = 0.25\n'
    game, more_game = loads_game(CAKE), loads_game(CAKE + more)
    assert (more_game.rewards - game.rewards)[:, 0, 0].tolist() == [[0.25] * 4] * 2


def test_the_first_move_that_fits_counts():
    text = CAKE.replace('to = "asked"', 'to = "served"', 1)
    assert loads_game(text).next_states[0, 0, 3, 0] == 2


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ('start = "kitchen"', 'start = "garden"', "garden"),
        ('start = "kitchen"\n', "", "start"),
        ("horizon = 4", 'horizon = "long"', "horizon"),
        ("horizon = 4", "horizn = 4", "horizn"),
        ('to = "asked"', 'to = "garden"', "moves"),
        ("{ served = 1.0 }", "{ served = 0.5 }", "chances"),
        ("{ served = 1.0 }", '{ served = "all" }', "moves"),
        ('assistant = "ask"\nworth', 'assistant = "beg"\nworth', "rewards"),
        ("worth = -0.1", 'worth = "dear"', "worth"),
        ("worth = -0.1", "worth = nan", "rewards"),
        ("pie = 0.4", "pie = 0.5", "prior"),
        ("goals = {", "goals = 3 #", "goals"),
        ('asked = ["wait"]', 'asked = ["sing"]', "assistant_may"),
        ('"say pie" = "bake pie"', '"say pie" = "eat"', "orders"),
        ("title", "[", "not TOML"),
        ("worth = -0.1", "worth = -1" + "0" * 400, "worth"),
        ("horizon = 4", "horizon = 4\nabout = 5", "about"),
    ],
)
def test_faults_are_named_with_the_file(before, after, place):
    assert before in CAKE
    with pytest.raises(InputError, match=place) as fault:
        loads_game(CAKE.replace(before, after, 1), "cake.toml")
    assert str(fault.value).startswith("cake.toml: ")


def test_files_are_read(tmp_path):
    path = tmp_path / "cake.toml"
    path.write_text(CAKE, encoding="utf-8")
    assert read_game(path).title == "Cake or pie"
    for wrong in (tmp_path / "none.toml", tmp_path / "cake.json"):
        with pytest.raises(InputError, match=wrong.name):
            read_game(wrong)


def test_what_would_take_too_long_is_refused():
    with pytest.raises(InputError, match="horizon"):
        loads_game(CAKE.replace("horizon = 4", "horizon = 1000000000"))
    many = ", ".join(f'"s{k}"' for k in range(40_000))
    with pytest.raises(InputError, match="too large"):
        loads_game(CAKE.replace('["kitchen", ', f'["kitchen", {many}, '))


SIGNS = ["", " ", "=", "[", "]", '"', "0", "-", "nan", "\n", "x", "{", "\u2028"]


@pytest.mark.parametrize("seed", range(40))
def test_damage_is_an_error_of_ours_or_a_game(seed):
    rng = random.Random(seed)
    text = list(CAKE)
    for _ in range(rng.randint(1, 6)):
        place = rng.randrange(len(text))
        text[place] = rng.choice(SIGNS)
    game, fault = loaded("".join(text))
    assert fault.startswith("assistance game: ") if game is None else not fault


def loaded(text):
    """The game of a text, and what is wrong with it if it is none."""
    try:
        return loads_game(text), ""
    except InputError as fault:
        return None, str(fault)
