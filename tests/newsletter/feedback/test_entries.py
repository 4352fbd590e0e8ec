from dataclasses import replace

import pytest

from comity.newsletter.feedback.entries import Finder, words
from comity.newsletter.feedback.mail import read_mail
from comity.newsletter.feedback.quotes import pieces
from newsletter_replies import ENTRIES, examples

FINDER = Finder(ENTRIES)
WRITTEN = [example for example in examples() if example.sort == "reply"]
BY_ID = {entry.id: entry for entry in ENTRIES}


def find(text, issue=12, finder=FINDER):
    return finder.find(pieces(text), issue)


@pytest.mark.parametrize("example", WRITTEN, ids=lambda example: example.name)
def test_every_reply_of_the_corpus_finds_its_entries_and_no_others(example):
    found = FINDER.find(read_mail(example.data).pieces, 12)
    assert {match.entry for match in found} == set(example.entries), found


def test_each_paragraph_goes_with_the_quotation_above_it():
    first, second = (f"> {BY_ID[key].summary}" for key in ("trust", "river"))
    found = find(f"{first}\n\nOne.\n\nTwo.\n\n{second}\n\nThree.\n")
    assert [(m.paragraph, m.entry, m.sure) for m in found] == [
        (0, "trust", "certain"),
        (1, "trust", "certain"),
        (2, "river", "certain"),
    ]
    assert found[0].why == "stands below words quoted from “Trust without words”"


def test_a_title_in_the_paragraph_goes_before_the_quotation_above_it():
    (found,) = find(f"> {BY_ID['trust'].summary}\n\nI prefer Dividing a River!\n")
    assert (found.entry, found.sure) == ("river", "certain")


def test_quotation_marks_of_a_title_are_not_doubled():
    titled = replace(BY_ID["trust"], title='“Trust” without "many words"')
    (found,) = find("Trust without many words is what I mean.", finder=Finder([titled]))
    assert found.why == "names “‘Trust’ without ‘many words’”"


def test_the_end_of_a_long_quotation_counts():
    quote = "\n".join(f"> {entry.title}\n> {entry.summary * 3}" for entry in ENTRIES[:2])
    (found,) = find(f"{quote}\n\nYes.\n")
    assert found.entry == "promises"


def test_below_a_whole_issue_it_is_a_guess():
    filler = "> " + "words about something else entirely " * 130
    quote = f"{filler}\n> {BY_ID['river'].summary}"
    (found,) = find(f"{quote}\n\nYes.\n")
    assert (found.entry, found.sure) == ("river", "guess")


def test_nothing_is_matched_without_a_hint():
    whole = "\n".join(f"> {entry.title}\n> {entry.summary}" for entry in ENTRIES)
    assert find(f"Lovely.\n\n{whole}\n") == ()
    assert find("I trust you without any words.") == ()
    assert find("") == ()


def test_entries_of_the_issue_go_before_others_with_the_same_title():
    twin = replace(BY_ID["river"], id="twin", issue=3)
    finder = Finder([*ENTRIES, twin])
    assert [m.entry for m in find("“Dividing a river” is good.", 12, finder)] == ["river"]
    assert [m.entry for m in find("“Dividing a river” is good.", 3, finder)] == ["twin"]
    both = [m.entry for m in find("“Dividing a river” is good.", None, finder)]
    assert both == ["river", "twin"]


def test_short_titles_count_only_in_quotation_marks_or_as_two_words():
    finder = Finder([replace(BY_ID["river"], id="t", title="Trust", summary="")])
    assert find("I trust you.", 12, finder) == ()
    assert [m.entry for m in find("I liked «Trust».", 12, finder)] == ["t"]


def test_the_longer_of_two_titles_that_both_fit():
    longer = replace(BY_ID["river"], id="longer", title="Dividing a river fairly")
    found = find("Dividing a river fairly is hard.", 12, Finder([*ENTRIES, longer]))
    assert [match.entry for match in found] == ["longer"]


def test_words_know_no_markup():
    assert words("**Größe** [x](https://a.example) <@@>(@#ABC@)") == words("GRÖSSE x")
    assert words("第三个 village") == ("第", "三", "个", "village")
