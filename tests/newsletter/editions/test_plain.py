"""The plain twin says what the HTML says, in lines that fit."""

from comity.newsletter.editions.assemble import assemble
from comity.newsletter.editions.plain import plain
from comity.newsletter.editions.wording import Wording
from comity.newsletter.model.withholding import withhold
from newsletter_weekly import ARCHIVE, PUBLICATION

VIEW = withhold(PUBLICATION, ARCHIVE, "public")
TEXT = plain(Wording(VIEW, assemble(VIEW, 12)))

HEADER = """\
Cooperation Weekly · CW #12 · 26 November 2026

BETS AND BARGAINS
=================

What we read on how agents come to cooperate.

Read on the web: https://weekly.example/issues/12/
All resources: https://weekly.example/
Search everything ever summarized: https://weekly.example/search/
All of it as a sheet: https://weekly.example/sheet.xlsx
Audio not up yet

*I write this in my own name.*

IN THIS ISSUE
=============

Highlights
- Bargaining with different beliefs: who bets on what?
"""
HIGHLIGHT = """\
HIGHLIGHTS
==========

Bargaining with different beliefs: who bets on what?
https://example.org/BETS
Mary Orr*, Charles Babbage* et al. · NeurIPS, 2025 · summarized by Ada
Lovelace · H/T Grace Hopper

Two agents *disagree* about $x_i$ and $y_i$; see common ground (CW #3)
[1].

- **Bets**: let each keep what it thinks likely,
  - as many do [2].
- Nothing.

The effect is large[^1].

[^1] Cohen's *d* of 0.9.

Ada Lovelace's opinion: I like Common ground (CW #3) [1] more.

Prerequisites: Common ground (CW #3) [1]

Read more: Talk [3], https://example.org/paper.pdf

Open its Case: https://weekly.example/entries/BETS/#case

[1] https://weekly.example/entries/GROUND/
[2] https://example.org/many?a=1&b=2
[3] https://example.org/talk

    Betting is not bargaining
    https://example.org/ANSWER
    Mary Orr · summarized by Ada Lovelace

    Summary of ANSWER.


TECHNICAL
=========


Learning
--------

Learning from hesitation
"""


def test_an_issue_begins_with_all_that_stands_in_every_issue():
    assert TEXT.startswith(HEADER)


def test_a_highlight_is_told_whole():
    assert HIGHLIGHT in TEXT


def test_what_belongs_to_an_entry_stands_with_it():
    assert "Correction, 3 December 2026: A *third*, not a half." in TEXT
    assert "Ada and Charles Babbage's opinion:\n\n- A list\n- of opinions" in TEXT
    assert "Hugo replies: Thank you.\n\nI disagree <b>." in TEXT
    assert (
        "Later mentioned in What came later (CW #13) [1].\n\n"
        "[1] https://weekly.example/entries/LATER/" in TEXT
    )
    assert "\nA survey\nhttps://example.org/LINK\nMary Orr\n\n" in TEXT


def test_it_ends_with_the_standing_blocks_and_a_way_out():
    end = TEXT[TEXT.index("* * *") :]
    order = ["Write for us.", "FEEDBACK", "us@weekly.example", "PODCAST", "\n-- \n", "Unsubscribe:"]
    places = [end.index(words) for words in order]
    assert places == sorted(places)


def test_lines_fit_but_for_addresses():
    long = [line for line in TEXT.splitlines() if len(line) > 72]
    assert all("https://" in line for line in long)


def test_nothing_withheld_is_told():
    for words in ("Withheld title", "Unsaid", "Unseen"):
        assert words not in TEXT
