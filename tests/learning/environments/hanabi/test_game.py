import json

from comity.learning import make


def test_the_variant_states_every_rule():
    variant = dict(make("hanabi", players=4).variant)
    assert variant == {
        "players": 4,
        "colours": 5,
        "ranks": 5,
        "hand": 4,
        "information": 8,
        "lives": 3,
        "observation": "card knowledge",
        "bombing": "loses all",
        "empty_hints": False,
    }
    assert json.loads(json.dumps(variant)) == variant


def test_actions_in_words_keep_the_order_of_the_reference():
    environment = make("hanabi", players=3, colours=2, ranks=2, hand=2)
    assert [environment.describe(2, action) for action in range(12)] == [
        "discard card 1",
        "discard card 2",
        "play card 1",
        "play card 2",
        "tell player 1 of red",
        "tell player 1 of yellow",
        "tell player 2 of red",
        "tell player 2 of yellow",
        "tell player 1 of 1s",
        "tell player 1 of 2s",
        "tell player 2 of 1s",
        "tell player 2 of 2s",
    ]
