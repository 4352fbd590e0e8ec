import json

import numpy as np
import pytest

from comity.solutions import bargain, certify, frontier, pure_equilibria, security_level
from solutions.oracles import options

GAME = options((1, 4), (3, 0))


@pytest.mark.parametrize(
    "result",
    [
        bargain(GAME, "nash", np.zeros(2)),
        bargain(GAME, "nash", np.full(2, 9.0)),
        pure_equilibria(GAME),
        frontier(GAME),
        security_level(GAME, 0),
        certify(GAME, bargain(GAME, "nash", np.zeros(2)).play),
    ],
    ids=lambda r: type(r).__name__,
)
def test_results_are_plain_json_and_a_table(result):
    data = json.loads(json.dumps(result.to_dict(), allow_nan=False))
    assert data
    assert "<table>" in result._repr_html_()
