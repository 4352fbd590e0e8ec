import dataclasses

import numpy as np
import pytest
from matplotlib.figure import Figure

from comity.core.errors import InputError
from comity.inference import _plots as plots
from inference.making import COMMITTED, MEMBERS, OFFERS, bare, new_setting, understanding


@pytest.fixture(scope="module")
def rich():
    return understanding()


def drawn(ax):
    ax.figure.canvas.draw()
    return ax


def labels(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


@pytest.mark.parametrize("what", plots.PICTURES)
def test_given_axes_are_used(rich, what):
    ax = Figure().add_subplot()
    if what == "thresholds":
        rich = with_numbers(rich)
    assert rich.plot(ax, what) is ax
    drawn(ax)


def test_estimates_stand_where_the_figures_are(rich):
    ax = drawn(rich.plot())
    told = [
        (name, s)
        for s in rich.standings
        for name, f in s.estimates.items()
        if np.isfinite(f.value)
    ]  # fmt: skip
    points = [line.get_xdata()[0] for line in ax.lines if len(line.get_xdata()) == 1]
    assert sorted(points) == sorted(s.estimates[name].value for name, s in told)
    bars = {tuple(line.get_xdata()) for line in ax.lines if len(line.get_xdata()) == 2}
    assert {(s.estimates[n].low, s.estimates[n].high) for n, s in told} <= bars
    names = [t.get_text() for t in ax.get_yticklabels()]
    assert f"threshold · {COMMITTED}" in names
    assert len(names) == len(told)


def test_estimates_of_one_parameter(rich):
    ax = plots.plot_estimates(rich, parameters=["precision"])
    assert len(ax.get_yticklabels()) == 6
    with pytest.raises(InputError, match="no such parameter"):
        plots.plot_estimates(rich, parameters=["height"])


def test_estimates_of_very_different_size_share_a_scale(rich):
    first, *rest = rich.standings
    large = {**first.estimates, "stake": first.estimates["threshold"]}
    large["stake"] = dataclasses.replace(large["stake"], value=4000.0, low=3000.0, high=5000.0)
    changed = dataclasses.replace(
        rich, standings=(dataclasses.replace(first, estimates=large), *rest)
    )
    assert drawn(changed.plot()).get_xscale() == "symlog"
    assert rich.plot().get_xscale() == "linear"


def test_individuals_by_what_they_follow(rich):
    ax = drawn(rich.plot(what="individuals"))
    picture = rich.pictures["individuals"]
    for kind, line in enumerate(ax.lines):
        assert line.get_xydata() == pytest.approx(picture["values"][picture["type"] == kind])
    assert sum(int(text.rsplit("(")[-1][:-1]) for text in labels(ax)) == len(picture["type"])


def test_individuals_whose_types_have_no_names(rich):
    ax = dataclasses.replace(rich, people=None).plot(what="individuals")
    assert labels(ax)[0].startswith("type 1 (")


def test_choices_and_what_is_predicted(rich):
    ax = drawn(rich.plot(what="choices"))
    picture = rich.pictures["choices"]
    lines = {line.get_label(): line.get_ydata() for line in ax.lines}
    for name in MEMBERS:
        assert lines[name] == pytest.approx(picture["predicted"][name][:, 0])
    seen = ax.containers[0].lines[0].get_ydata()
    assert seen == pytest.approx(picture["observed"][:, 0])
    (segments,) = (c.get_segments() for c in ax.containers[0].lines[2])
    ends = np.array([[s[0][1], s[1][1]] for s in segments])
    assert ends == pytest.approx(np.column_stack([picture["low"][:, 0], picture["high"][:, 0]]))
    assert [t.get_text() for t in ax.get_xticklabels()] == list(OFFERS)
    other = plots.plot_choices(rich, option=1)
    assert other.get_ylabel().endswith("reject")


def with_numbers(rich):
    shares = np.array([[0.1, 0.0, 0.6, 0.3]])
    choices = {
        "situations": ["offer of 10"],
        "options": ["10", "0", "5", "2.5"],
        "observed": shares,
        "low": shares,
        "high": shares,
        "predicted": {COMMITTED: np.full((1, 4), 0.25)},
    }
    return dataclasses.replace(rich, pictures={"choices": choices})


def test_numbers_have_a_cumulative_distribution(rich):
    ax = drawn(with_numbers(rich).plot(what="thresholds"))
    observed, predicted = ax.lines
    assert list(observed.get_xdata()) == [0, 2.5, 5, 10]
    assert observed.get_ydata() == pytest.approx([0.0, 0.3, 0.9, 1.0])
    assert predicted.get_ydata() == pytest.approx([0.25, 0.5, 0.75, 1.0])


def test_words_have_no_cumulative_distribution(rich):
    with pytest.raises(InputError, match="not numbers"):
        rich.plot(what="thresholds")


def test_calibration_points_are_the_bins(rich):
    ax = drawn(rich.plot(what="calibration"))
    given = rich.calibration
    offsets = np.asarray(ax.collections[-1].get_offsets())
    assert offsets == pytest.approx(np.column_stack([given.predicted, given.observed]))
    sizes = ax.collections[-1].get_sizes()
    assert (np.argsort(sizes) == np.argsort(given.counts)).all()


def test_a_cell_says_how_many_decisions_it_takes(rich):
    ax = drawn(rich.plot(what="rivalries"))
    names = [t.get_text() for t in ax.get_yticklabels()]
    said = {
        (round(t.get_position()[1]), round(t.get_position()[0])): t.get_text() for t in ax.texts
    }
    assert len(said) == len(rich.rivalries)
    for r in rich.rivalries:
        text = said[names.index(r.truth), names.index(r.rival)]
        infinite = np.isinf(r.decisions_errors)
        assert text == ("never" if infinite else f"{np.ceil(r.decisions_errors):,.0f}")


def test_the_thick_line_of_a_prior_is_the_best_there_is(rich):
    setting = rich.setting
    for m, name in enumerate(setting.members):
        ax = drawn(plots.plot_prior(setting, member=m))
        lines = {line.get_label(): np.array(line.get_xydata()) for line in ax.lines}
        best = lines.pop("best")
        others = [v for key, v in lines.items() if key in setting.actions]
        heights = [np.interp(best[:, 0], *line.T) for line in others]
        assert best[:, 1] == pytest.approx(np.max(heights, axis=0))
        marked = sorted(
            line.get_xdata()[0] for line in ax.lines if len(set(line.get_xdata())) == 1
        )  # fmt: skip
        assert marked == sorted(w for n, w, *_ in setting.breaks if n == name)


def test_the_best_action_is_named_where_there_is_room(rich):
    ax = plots.plot_prior(rich.setting, member=1)
    assert [t.get_text() for t in ax.texts] == ["give 4", "give 0"]


def test_a_prior_needs_two(rich):
    setting = new_setting()
    alone = dataclasses.replace(setting, members=setting.members[:1])
    with pytest.raises(InputError, match="two explanations"):
        plots.plot_prior(alone)


def test_a_profile_is_cut_at_the_interval():
    """Of a normal mean with unit variance, the 90% interval is 1.645 either side."""
    x = np.linspace(-4, 4, 801)
    ax = drawn(plots.plot_profile(x, -0.5 * x**2, name="mean"))
    (cut,) = (line.get_ydata()[0] for line in ax.lines if line.get_label().startswith("cut"))
    inside = x[-0.5 * x**2 >= cut]
    assert inside[[0, -1]] == pytest.approx([-1.645, 1.645], abs=0.01)
    assert ax.get_xlabel() == "mean"


@pytest.mark.parametrize("heights", [np.zeros(3), np.full(4, -np.inf)])
def test_no_profile(heights):
    with pytest.raises(InputError, match="not a profile"):
        plots.plot_profile(np.arange(4.0), heights)


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("individuals", "not worked out"),
        ("choices", "not worked out"),
        ("rivalries", "no two explanations"),
        ("calibration", "not checked"),
        ("prior", "no new setting"),
        ("portrait", "no such picture"),
    ],
)
def test_what_is_not_there_cannot_be_drawn(what, words):
    with pytest.raises(InputError, match=words):
        bare().plot(what=what)


def test_names_are_not_mathematics(rich):
    first, *rest = rich.standings
    loud = dataclasses.replace(first, name="a $x$")
    ax = drawn(dataclasses.replace(rich, standings=(loud, *rest)).plot())
    assert r"a \$x\$" in ax.get_yticklabels()[0].get_text()


def test_each_situation_may_have_options_of_its_own(rich):
    wide = np.array([[0.25, 0.75, 0.0], [0.2, 0.3, 0.5]])
    choices = {
        "situations": ["give out of 1", "give out of 2"],
        "options": [["0", "1"], ["0", "1", "2"]],
        "observed": wide,
        "low": wide,
        "high": wide,
        "predicted": {},
    }
    made = dataclasses.replace(rich, pictures={"choices": choices})
    first, second = (plots.plot_thresholds(made, situation=s).lines[0] for s in (0, 1))
    assert (list(first.get_xdata()), list(first.get_ydata())) == ([0, 1], [0.25, 1.0])
    assert second.get_ydata() == pytest.approx([0.2, 0.5, 1.0])
    assert plots.plot_choices(made).get_ylabel().endswith("0")
    choices["options"] = [["keep", "1"], ["give", "1", "2"]]
    assert plots.plot_choices(made).get_ylabel().endswith("option 1")
