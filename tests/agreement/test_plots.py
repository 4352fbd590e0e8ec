import numpy as np
import pytest
from matplotlib.figure import Figure

from comity.agreement import agree
from comity.agreement.compare import compare
from comity.agreement.studies.declared import Lie
from comity.agreement.studies.scalar import scalar_case
from comity.agreement.studies.study import study
from comity.cases import load
from comity.core.errors import InputError


@pytest.fixture(scope="module")
def river(examples):
    return load(examples / "river.toml")


def test_the_payoff_picture(river):
    agreement = agree(river, rng=1, misreports="none")
    ax = agreement.plot()
    shown = {line.get_label(): np.array(line.get_xydata()) for line in ax.lines}
    own = [river.models[n].payoffs(agreement.play)[i] for i, n in enumerate(river.names)]
    assert shown["the deal"][0] == pytest.approx(own)
    assert {"frontier", "without a deal, really", "Utilitarian"} <= set(shown)
    ax.figure.canvas.draw()


def test_given_axes_are_used(river):
    ax = Figure().add_subplot()
    assert agree(river, rng=1, misreports="none").plot(ax) is ax


def test_a_picture_of_two_needs_two(three_parties):
    with pytest.raises(InputError, match="two parties"):
        agree(three_parties, rng=1, misreports="none").plot()


@pytest.fixture
def three_parties():
    from comity.cases import Case, Constitution, Party
    from comity.games import Issue, Negotiation

    names = ("A", "B", "C")
    values = {name: {"share": [k, 1.0, 2.0 - k]} for k, name in enumerate(names)}
    game = Negotiation.additive(names, [Issue.integers("share", 0, 2)], values)
    parties = tuple(Party(name, game) for name in names)
    rules = Constitution(default="no-deal", disagreement="no-deal")
    return Case("three", parties, rules)


def test_a_comparison_has_a_bar_per_difference_that_changes_something(river):
    found = compare(river)
    ax = found.plot()
    moving = [d for d in found.differences if max(d.effect, d.effect_alone) > 0 or d.decisive]
    assert len(ax.get_yticklabels()) == min(8, len(moving))
    assert max(p.get_width() for p in ax.patches) == pytest.approx(
        max(max(d.effect, d.effect_alone) for d in moving)
    )


def test_a_study_has_a_curve_per_liar():
    case = scalar_case(0.5, 0.5, surplus=0.3, tolerance=0.2)
    lie = Lie(case.names[0], "fact fair share", (0.05, 0.1))
    found = study(case, noise={"facts": 0.05}, liars=[lie], draws=20, rng=1, types=0)
    ax = found.plot()
    (curve,) = found.tolerances.values()
    assert np.array(ax.lines[0].get_xdata()) == pytest.approx(curve.tolerances)
    assert np.array(ax.lines[0].get_ydata()) == pytest.approx(curve.honest_gain)
