import numpy as np

from comity.games import Lottery
from comity.solutions import Vertex
from comity.solutions.point import mix


def test_mix_drops_what_has_no_chance():
    vertices = [Vertex(np.array([k, 1.0]), Lottery.pure((k,)), 0.0) for k in range(3)]
    gains, play = mix(vertices, np.array([0.2, 0.0, 0.6]))
    np.testing.assert_allclose(gains, [1.5, 1])
    assert play.outcomes == ((0,), (2,))
    np.testing.assert_allclose(play.probabilities, [0.25, 0.75])
