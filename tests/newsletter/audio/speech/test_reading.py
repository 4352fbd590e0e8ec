"""Markdown read aloud."""

import pytest

from comity.newsletter.audio.speech.normaliser import Normaliser
from comity.newsletter.audio.speech.reading import MOST_ROWS, Kind, Reader
from comity.newsletter.audio.speech.sentences import ONE_BREATH
from comity.newsletter.text.links import NoLinks, Target


class Library:
    """Knows one older entry and one of the same issue."""

    def target(self, entry):
        return {
            "OLD": Target("On $\\alpha$-fairness", "e/OLD/", 12, "AN #12", "i/12/"),
            "NEW": Target("A newer one", "e/NEW/", 13, "AN #13", "i/13/"),
        }.get(entry)


READER = Reader(Normaliser(short="AN"), Library(), 13)


def said(text):
    return " | ".join(passage.said for passage in READER.read(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("See [the paper](https://example.org/a).", "See the paper."),
        ("See https://example.org/a/b.", "See example dot org."),
        ("See <@@>(@#OLD@).", "See On alpha fairness, from issue twelve."),
        ("See <@*that* work@>(@#OLD@) now", "See that work, from issue twelve, now."),
        ("See <@@>(@#NEW@).", "See A newer one."),
        ("See <@gone@>.", "See gone."),
        ("*So* **very** `arg_max()` 5*%*", "So very arg max five percent."),
        ("Let $x_i \\ge 0$ and $$\\sum_i x_i = 1.$$", "Let X sub I is at least zero and the sum over I of X sub I equals one."),  # noqa: E501
        ("It costs $5 and $10.", "It costs five dollars and ten dollars."),
        ("# A title\n\ntext", "A title. | text."),
        ("- one\n- two\n  1. three\n  2. four", "one. | two. | one: three. | two: four."),
        ("3. three\n4. four", "three: three. | four: four."),
        ("> Words. More.", "Quote. | Words. More. | End of quote."),
        ("```\nx = 1\n```", "A listing of code stands on the page."),
        ("![a plot](https://example.org/p.png)", "a plot."),
        ("one  \ntwo", "one two."),
        ("| who | won |\n|---|:-:|\n| Ada | 5% |\n| Bo | <@@>(@#OLD@) |", "Row one. who: Ada; won: five percent. | Row two. who: Bo; won: On alpha fairness, from issue twelve."),  # noqa: E501
        ("a | b\n--|--\n1 | –\n2 | c | d", "Row one. a: one. | Row two. a: two; b: c; d."),
        ("| only | a head |\n|---|---|", "only; a head."),
        ("It ~~never fails~~ works.", "It, struck out: never fails, works."),
        ("Known[^1].\n\n[^1]: By all.", "Known. | Note one: By all."),
        ("<script>x</script>", "x."),
        ("🇫🇷", ""),
        ("---", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_what_is_said(text, words):
    assert said(text) == words


def test_what_is_shown_is_what_was_written_without_markup():
    text = "See <@*that*@>(@#OLD@), $x^2$, `f_x` and [a link](https://example.org)."
    (passage,) = READER.read(text)
    assert passage.shown == "See that (AN #12), $x^2$, f_x and a link."


def test_kinds_decide_silences():
    kinds = [p.kind for p in READER.read("# h\n\np\n\n- a\n- b\n\nq")]
    assert kinds == [Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM, Kind.ITEM, Kind.PARAGRAPH]


def test_long_paragraphs_are_read_in_parts():
    text = "This sentence has six words, really. " * 30
    passages = READER.read(text)
    assert [p.kind for p in passages] == [Kind.PART] * (len(passages) - 1) + [Kind.PARAGRAPH]
    assert all(len(p.shown.split()) <= ONE_BREATH for p in passages)
    assert " ".join(p.shown for p in passages) == text.strip()


def test_long_tables_are_cut_and_say_so():
    rows = "\n".join(f"| {k} |" for k in range(50))
    passages = READER.read(f"| n |\n|---|\n{rows}")
    assert len(passages) == MOST_ROWS + 1
    assert passages[-1].said == "More rows stand on the page."


def test_characters_that_stand_for_something_held_cannot_be_forged():
    forged = f"{chr(0xF0000)} $x$ {chr(0xF0001)}"
    (passage,) = READER.read(forged)
    assert (passage.shown, passage.said) == ("$x$", "X.")


def test_plain_texts_have_formulas_but_no_markup():
    (passage,) = Reader(Normaliser(), NoLinks()).plain("*The* title on $x^2$-games")
    assert passage.said == "The title on X squared games."
