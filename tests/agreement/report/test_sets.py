"""What the report tells of a Case in which a party has several views, on page and terminal."""

import dataclasses
import re

import pytest

from agreement.set_situations import ultimatum, with_views
from agreement_situations import case_of, random_negotiation
from comity.agreement import agree, minimax_regret, settling_question
from comity.agreement.compare import compare
from comity.agreement.report.gather import gather
from comity.agreement.report.page import render_page
from comity.agreement.report.sets import HEADING, TITLES, risk_rows, several, views_that_fit
from comity.agreement.report.tables import certificate_lines
from comity.agreement.report.terminal import story
from comity.agreement.report.verdict import verdict
from comity.agreement.robustness.minimax import Drawn


def found_on(case):
    return gather(agree(case, rng=0, misreports="none"), compare(case))


@pytest.fixture(scope="module")
def bargain():
    """The ultimatum with a threshold of 0.3."""
    return found_on(ultimatum(0.3))


def test_single_views_are_not_told(river):
    assert several(river) is None
    assert views_that_fit(river) == ""
    assert river.regret is None
    assert HEADING not in render_page(river)
    assert "Several views fit" not in dict(verdict(river).points)


def test_the_risks_are_those_of_the_certificate_and_of_the_lottery(bargain):
    told = several(bargain)
    assert [len(row) for row in risk_rows(told)] == [len(TITLES)] * 2
    assert risk_rows(told)[0] == ("Proposer", "0.7", "1", "0.231", "0.538")
    assert risk_rows(told)[1][:3] == ("Responder", "0.15", "−1")
    assert told.drawn == (
        ("about 77 times in 100", "offer: the threshold", ""),
        ("about 23 times in 100", "offer: nothing", "refused in “Responder: committed”"),
    )
    assert "0.231 of what a party has at stake, against 1 of" in told.words
    assert "never leaves anybody below" in told.words
    assert told.question == settling_question(bargain.agreement.case).sentence


def test_the_page_and_the_terminal_tell_it(bargain):
    from io import StringIO

    from rich.console import Console

    console = Console(width=90, record=True, file=StringIO())
    for piece in story(bargain, 90):
        console.print(piece, highlight=False)
    printed = " ".join(console.export_text().split())
    page = " ".join(re.sub(r"<[^>]+>", "", render_page(bargain)).split())
    told = several(bargain)
    for text in (printed, page):
        assert HEADING in text
        for sentence in (told.intro, told.words, told.question):
            assert sentence in text
        assert "refused in “Responder: committed”" in text
    assert dict(verdict(bargain).points)["Several views fit"].endswith(told.question)


def test_the_certificate_lists_both_figures_of_each_party(bargain):
    lines = {(line.what, line.who): line.value for line in certificate_lines(bargain)}
    assert lines["Largest regret over the views that fit", "Proposer"] == pytest.approx(0.7)
    assert lines["Least gain over no deal, over the views that fit", "Responder"] == -1


def test_gathered_figures_are_those_of_the_functions(bargain):
    case = bargain.agreement.case
    assert bargain.regret.to_dict() == minimax_regret(case).to_dict()
    assert bargain.inquiry.to_dict() == settling_question(case).to_dict()


def test_a_lottery_and_no_deal_are_called_so(bargain):
    lottery = dataclasses.replace(
        bargain.regret,
        draws=(
            Drawn("x", 0.5, minimax_regret(ultimatum(0.3)).play, tuple("abcde")),
            Drawn("no agreement", 0.5, None),
        ),
    )
    told = several(dataclasses.replace(bargain, regret=lottery))
    assert told.drawn[0][1].startswith("a lottery (about 77 times in 100, offer: the threshold;")
    assert told.drawn[0][2] == "refused in “a”, “b”, “c” and 2 more"
    assert told.drawn[1] == ("every other time", "no deal", "")


def test_too_many_members_are_told(rng):
    game = random_negotiation(rng)
    word = game.blocks()["tastes[B]"].values
    many = [game.replace("tastes[B]", word + k) for k in range(1, 260)]
    found = found_on(with_views(case_of([game, game]), B=many))
    told = several(found)
    assert told.words.startswith("There are too many combinations")
    assert told.question == ""
    assert risk_rows(told)[0][1:] == ("cannot tell",) * 4
    assert HEADING in render_page(found)
