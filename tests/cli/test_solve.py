import json

import pytest

from comity.cli import main
from comity.solutions import CONCEPTS

CHICKEN = """NFG 1 R "Chicken" { "Row" "Column" } { 2 2 }

0 0 5 -1 -1.5 2 -5 -5
"""


@pytest.fixture
def chicken(tmp_path):
    path = tmp_path / "chicken.nfg"
    path.write_text(CHICKEN)
    return str(path)


def test_nash_bargaining_on_the_true_chicken(chicken, capsys):
    """Clifton (2020): (1.75, 0.5) from what each can be sure of."""
    assert main(["solve", chicken, "nash", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["payoffs"] == pytest.approx([1.75, 0.5])
    assert found["disagreement"] == pytest.approx([-1.5, -1])


@pytest.mark.parametrize("concept", CONCEPTS)
def test_every_concept_shows_something(concept, chicken, capsys):
    assert main(["solve", chicken, concept]) == 0
    printed = capsys.readouterr().out
    assert concept in printed
    assert "Row" in printed


def test_equilibria_are_listed_with_their_certificate(chicken, capsys):
    assert main(["solve", chicken, "Pure equilibria"]) == 0
    printed = capsys.readouterr().out
    assert "complete" in printed
    assert "deviation" in printed


def test_one_partys_view(examples, capsys):
    river = str(examples / "river.toml")
    assert main(["solve", river, "maximin", "--view", "Egypt"]) == 0
    assert "as Egypt sees it" in capsys.readouterr().out
    assert main(["solve", river, "maximin", "--view", "Egpyt"]) == 2
    assert "mean 'Egypt'" in capsys.readouterr().err


def test_unknown_concepts(chicken, capsys):
    assert main(["solve", chicken, "nahs"]) == 2
    assert "mean 'nash'" in capsys.readouterr().err


def test_nothing_to_gain_is_an_answer(tmp_path, capsys):
    path = tmp_path / "zero.nfg"
    path.write_text('NFG 1 R "Pennies" { "A" "B" } { 2 2 }\n\n1 -1 -1 1 -1 1 1 -1\n')
    assert main(["solve", str(path), "nash"]) == 0
    assert "Nothing is better for all" in capsys.readouterr().out


def test_completeness_is_said_once(chicken, capsys):
    assert main(["solve", chicken, "mixed-equilibria"]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert printed.count("complete:") == 1
