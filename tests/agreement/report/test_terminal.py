import dataclasses
from io import StringIO

import numpy as np
import pytest
from rich.console import Console

from comity.agreement import agree
from comity.agreement.compare import compare
from comity.agreement.report.differences import Row
from comity.agreement.report.gather import gather
from comity.agreement.report.page import render_page
from comity.agreement.report.terminal import (
    comparison_story,
    differences,
    show,
    show_short,
    story,
    study_story,
)
from comity.agreement.studies.scalar import scalar_case
from comity.agreement.studies.study import study
from comity.cases import AcceptanceRule
from comity.core.page.words import number


def printed(pieces, width):
    console = Console(width=width, record=True, file=StringIO())
    for piece in pieces:
        console.print(piece, highlight=False)
    return console.export_text()


@pytest.mark.parametrize("width", [40, 80, 120])
def test_nothing_is_wider_than_the_terminal(river, household, three, width):
    for findings in (river, household, three):
        lines = printed(story(findings, width), width).splitlines()
        assert max(map(len, lines)) <= width


def test_the_story_is_told_in_order(river):
    text = printed(story(river, 80), 80)
    parts = [
        "A dam on a shared river",
        "They would clash",
        "Where they differ",
        "What each gets",
        "What if somebody lies?",
        "Who else is affected",
        "Certificate",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_lies_that_nobody_looked_for_have_no_figures(three):
    text = " ".join(printed(story(three, 120), 120).split())
    assert "Lies were not looked for. None could gain Ann more than" in text
    assert "What if somebody lies?" not in text
    assert "Gain from lying that was found" not in text


def test_the_short_story_is_the_beginning_of_the_long_one(river, capsys):
    show_short(river, Console(width=80))
    short = capsys.readouterr().out
    assert printed(story(river, 80), 80).startswith(short)
    for part in ("Without a deal", "What it brings", "Temptation", "Lying"):
        assert part in short
    assert "Certificate" not in short


def test_figures_of_the_deal_are_there(river):
    text = printed(story(river, 120), 120)
    assert "upper bound" in text
    assert "Fishers of the delta" in text


def test_a_narrow_terminal_gets_lists(river):
    text = printed(story(river, 40), 40)
    assert "expects without: −4" in text


def test_markup_in_names_is_text(river):
    case = dataclasses.replace(river.agreement.case, title="[red]loud[/red] \x1b[2J")
    agreement = dataclasses.replace(river.agreement, case=case)
    text = printed(story(dataclasses.replace(river, agreement=agreement), 80), 80)
    assert "[red]loud[/red] [2J" in text


def test_show_prints(river, capsys):
    show(river, Console(width=80))
    assert "They would clash" in capsys.readouterr().out


def test_a_comparison(river):
    text = printed(comparison_story(river.agreement.case, river.comparison, 120), 120)
    assert "2 differences, of which none matters." in text
    assert "Fill fast" in text


def test_equal_views_have_no_differences(household):
    case = household.agreement.case
    model = case.parties[0].model
    same = tuple(dataclasses.replace(party, model=model) for party in case.parties)
    equal = dataclasses.replace(case, parties=same)
    text = printed(comparison_story(equal, compare(equal), 80), 80)
    assert "They hold the same view of everything." in text


def test_a_study():
    case = scalar_case(0.5, 0.5, surplus=0.2, tolerance=0.3)
    found = study(case, noise={"facts": 0.05}, liars=[], draws=20, rng=1, types=0)
    text = printed(study_story(case, found, 80), 80)
    assert "20 imagined truths" in text
    assert "all honest" in text


@pytest.mark.parametrize(
    ("idle", "words"),
    [
        (1, "1 more difference, which changes nothing"),
        (2, "2 more differences, which change nothing"),
    ],
)
def test_the_rest_is_counted_in_its_number(idle, words, household):
    case = household.agreement.case
    texts = ("1",) * len(case.names)
    found = [Row("a", texts, "1", "1", False, False, False)]
    found += [Row("b", texts, "0", "0", False, False, True)] * idle
    *_, last = differences(case, found, 80, 5)
    assert last.plain == words


def test_no_deal_has_no_figures_of_a_deal(river):
    case = river.agreement.case
    strict = dataclasses.replace(
        case.constitution, acceptance=(AcceptanceRule("public", "raw", 0.01),)
    )
    case = dataclasses.replace(case, constitution=strict)
    findings = gather(agree(case, rng=1))
    assert findings.agreement.status == "refused"
    text = " ".join(printed(story(findings, 120), 120).split())
    for words in (
        "Gain over no deal",
        "Gain from breaking the deal",
        "kill the deal",
        "by breaking",
    ):
        assert words not in text
    assert "What each gets without a deal, by its own view" in text
    assert "honest reports lead to no deal, and" in text
    page = render_page(findings)
    assert "Gain over no deal" not in page
    assert "There is no deal, so none does anything" in page


def test_a_study_with_nothing_uncertain_says_so(household):
    case = household.agreement.case
    unsure = tuple(
        dataclasses.replace(p, uncertainty={f"tastes[{other}]": np.array(1.0)})
        for p, other in zip(case.parties, reversed(case.names), strict=True)
    )
    found = study(dataclasses.replace(case, parties=unsure), draws=4, liars=[], rng=0, types=0)
    text = " ".join(printed(study_story(case, found, 120), 120).split())
    assert "Nothing is uncertain here" in text
    for name in case.names:
        figure = number(found.outcomes["all honest"].gain[name].value, 3)
        assert f"True gain of {name} {figure} " in text
        assert f"{figure} (" not in text
    case = scalar_case(0.5, 0.5, surplus=0.2, tolerance=0.3)
    found = study(case, noise={"facts": 0.05}, liars=[], draws=20, rng=1, types=0)
    assert "Nothing is uncertain" not in printed(study_story(case, found, 120), 120)
