import io

import pytest
from rich.console import Console

from comity.learning.crossplay.cross_play import cross_play
from comity.learning.crossplay.report.terminal import show
from comity.learning.crossplay.stress import stress_test
from comity.learning.environments.make import make
from lever_players import Puller


@pytest.mark.parametrize("width", [40, 120])
def test_all_figures_at_any_width(width):
    lever = make("lever")
    partner = Puller(9, "bot", "program")
    groups = {"breaks": [Puller(k) for k in range(6)], "keeps": [Puller(9)] * 6}
    found = cross_play(groups, [partner], environment=lever, games=2)
    strained = stress_test([Puller(9, "ours")], partner, environment=lever, games=20)
    console = Console(file=io.StringIO(), width=width)
    show(found, console, strained)
    text = console.file.getvalue()
    assert "keeps meets strangers better than breaks" in " ".join(text.split())
    for word in ("With siblings", "Regret", "0.9 (0.9 to 0.9)", "bot", "is edited"):
        assert word in text
