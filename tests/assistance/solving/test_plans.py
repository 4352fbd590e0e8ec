import numpy as np

from comity.assistance.games import catalogue_game
from comity.assistance.people import RATIONAL
from comity.assistance.solving import solve_assistance
from comity.assistance.solving.plans import Memory, action_values, nothing


def test_the_last_stage_is_worth_nothing():
    stage = nothing(3, 2, 1)
    assert stage.vectors.tolist() == [[0, 0, 0]]
    assert stage.best(np.array([0.2, 0.3, 0.5])) == 0


def test_worth_of_actions_is_what_the_plan_is_worth_at_its_best():
    game = catalogue_game("chef-world")
    solved = solve_assistance(game)
    for left, layer in enumerate(solved.assistant.layers[1:], start=1):
        for state, stage in layer.items():
            if game.final[state]:
                continue
            for plan in stage.useful[:5]:
                worth = action_values(
                    solved.assistant.hidden, solved.assistant.layers, left, state, int(plan)
                )
                assert np.allclose(worth.max(axis=1), stage.vectors[plan])


def test_the_assistant_walks_its_graph():
    game = catalogue_game("cake-or-pie")
    assistant = solve_assistance(game, RATIONAL).assistant
    memory = assistant.begin()
    assert memory.left == 4
    assert game.assistant_actions[assistant.act(0, memory)] == "ask"
    asked = assistant.after(0, memory, 0, 0)
    assert asked.left == 3
    said = {}
    for word in ("say cake", "say pie"):
        heard = assistant.after(1, asked, game.person_actions.index(word), 0)
        said[word] = game.assistant_actions[assistant.act(0, heard)]
    assert sorted(said.values()) == ["bake cake", "bake pie"]
    chances = assistant.responses(1, asked)
    assert chances.sum(axis=1).tolist() == [1, 1]
    assert isinstance(memory, Memory)
