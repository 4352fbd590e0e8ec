import dataclasses

import pytest

from comity.agreement.report.tables import (
    breaking_lines,
    certificate_lines,
    effects,
    interval,
    lying_lines,
    percent,
    study_notes,
    study_table,
    threats,
)
from comity.agreement.studies.scalar import scalar_case
from comity.agreement.studies.study import study
from comity.core import Certified


def test_every_figure_of_the_certificate_is_there(river):
    lines = certificate_lines(river)
    certificate = river.agreement.certificate
    count = 2 * 2 + 2 * 2 + 2 * 2 + sum(len(v) for v in certificate.bystanders.values()) + 1
    assert len(lines) == count
    assert {line.kind for line in lines} <= {
        "exact", "upper bound", "lower bound", "estimate", "cannot tell",
    }  # fmt: skip
    assert all(line.method for line in lines if line.kind == "lower bound")


def test_a_study_adds_the_chance_and_size_of_a_shortfall(river):
    figures = {"chance": Certified.estimate(0.1, 0, 0.3), "size": Certified.estimate(2, 1, 3)}
    certificate = dataclasses.replace(
        river.agreement.certificate, true_shortfall=dict.fromkeys(river.names, figures)
    )
    agreement = dataclasses.replace(river.agreement, certificate=certificate)
    *_, first, second, third, fourth = certificate_lines(
        dataclasses.replace(river, agreement=agreement)
    )
    assert [line.value for line in (first, second, third, fourth)] == [0.1, 0.1, 2, 2]
    assert [line.who for line in (third, fourth)] == list(river.names)


def test_bystanders_are_shown_by_every_view(river):
    (effect,) = effects(river)
    assert [view for view, *_ in effect.views] == ["Upstream", "Downstream", "the combined view"]


def test_breaking_and_lying_have_a_row_per_party(river):
    assert [own.who for own, _ in breaking_lines(river)] == list(river.names)
    assert [found.who for found, _ in lying_lines(river)] == list(river.names)
    for found, bound in lying_lines(river):
        assert found.value <= bound.value + 1e-6


def test_the_starting_point_in_use_comes_first(river):
    found = threats(river)
    if found:
        assert [threat.used for threat in found].index(True) == 0


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Certified.estimate(0.5, 0.25, 0.75), "50% (25 to 75)"),
        (Certified.exact(1), "100%"),
        (Certified.unknown("no draws"), "cannot tell"),
    ],
)
def test_percentages(figure, text):
    assert percent(figure) == text


def test_intervals():
    assert interval(Certified.estimate(-0.5, -1, 0)) == "−0.5 (−1 to 0)"


def test_a_study_as_a_table():
    case = scalar_case(0.5, 0.5, surplus=0.2, tolerance=0.3)
    found = study(case, noise={"facts": 0.05}, liars=[], draws=20, rng=1, types=0)
    titles, table = study_table(found)
    assert titles == ("", "all honest")
    assert table[0][:1] == ("They agree",)
    assert table[0][1].startswith("100%")
    assert len(table) == 1 + 2 * len(case.names)
    assert any("know the truth" in note for note in study_notes(found))
