from dataclasses import replace

import pytest

from comity.core.errors import InputError
from comity.newsletter.editions.assemble import assemble
from comity.newsletter.languages.memory import NoMemory
from comity.newsletter.languages.translate import texts_of, translate
from comity.newsletter.model.withholding import withhold
from newsletter_engines import ARCHIVE, PUBLICATION, SECRET, Toy


@pytest.fixture(scope="module")
def view():
    return withhold(PUBLICATION, ARCHIVE, "public")


def entry_of(translated):
    return translated.spoken.sections[0].items[0].entry


def test_words_are_translated_and_all_else_stays(view):
    entry = entry_of(translate(view, 1, Toy()))
    assert entry.summary == (
        "agentes do no comparten [the code](https://a.example/x_y) y `run_1`. "
        "Lovelace had 95% y $x_1$.\n\n- nadie saw <@@>(@#other@)\n\n- Hope did"
    )
    assert entry.opinion == "nadie knows."


def test_each_paragraph_stands_beside_its_original(view):
    translated = translate(view, 1, Toy())
    for text in texts_of(translated.edition):
        originals = [p.original for p in translated.of(text)]
        assert "".join(" ".join(originals).split()) == "".join(text.split())
    assert translated.mark == "Traducido por una máquina. El original está al lado."
    assert (translated.source, translated.language, translated.engine) == ("en", "es", "Toy 1")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda text: text.replace("no ", ""), "a negation is lost: 0 of 1"),
        (lambda text: text.replace("95", "59"), "the number 95 is lost"),
        (lambda text: text.replace("Alice", ""), "Lovelace is lost"),
        (lambda text: text.replace("Alice", "Alice Alice"), "Lovelace is new"),
        (lambda text: "" if "95" in text else text, "the engine said nothing"),
        (lambda text: f"{text} no", "a negation is new: 1, and 0 in the original"),
        (lambda text: f"{text} https://evil.example/x 7", "the number 7 is new"),
    ],
)
def test_what_loses_something_is_refused_and_the_original_stands_with_its_mark(view, spoil, reason):
    translated = translate(view, 1, Toy(spoil=spoil))
    refused = [s for s in translated.sentences if s.refused]
    assert reason in {str(r) for s in refused for r in s.reasons}
    for paragraphs in translated.texts.values():
        for paragraph in paragraphs:
            for sentence in paragraph.refusals:
                assert f"[sin traducir] {sentence.original}" in paragraph.translation


def test_no_engine_sees_what_is_withheld(view):
    engine = Toy()
    translated = translate(view, 1, engine)
    assert SECRET not in " ".join(engine.asked)
    assert SECRET not in repr(translated)
    with pytest.raises(InputError, match="only what readers may see"):
        translate(withhold(PUBLICATION, ARCHIVE, "internal"), 1, engine)
    with pytest.raises(InputError, match="no such issue"):
        translate(view, 2, engine)


def test_no_sentence_is_asked_twice(view):
    memory, first, again = NoMemory(), Toy(), Toy()
    one = translate(view, 1, first, memory)
    assert len(first.asked) == len(set(first.asked))
    assert translate(view, 1, again, memory) == one
    assert again.asked == []
    other = Toy("Toy 2")
    translate(view, 1, other, memory)
    assert other.asked == first.asked


def test_progress_counts_to_the_end(view):
    steps, engine = [], Toy()
    translate(view, 1, engine, progress=lambda done, of: steps.append((done, of)))
    assert steps[-1] == (len(engine.asked), len(engine.asked))


def test_errata_and_openings_are_translated_and_titles_are_not(view):
    translated = translate(view, 1, Toy())
    assert translated.spoken.issue.opening == "agentes comparten."
    (item, *_) = translated.spoken.sections[0].items
    assert item.errata[0].note == "nadie y nadie."
    titles = [i.entry.title for i in assemble(view, 1).sections[0].items]
    assert [i.entry.title for i in translated.spoken.sections[0].items] == titles


def test_engines_that_cannot_count_are_found_out(view):
    class Short(Toy):
        def translate(self, sentences):
            return super().translate(sentences)[1:]

    with pytest.raises(InputError, match="another number of sentences"):
        translate(view, 1, Short())


def test_languages_without_a_table_are_refused(view):
    with pytest.raises(InputError, match="no table of words"):
        translate(view, 1, Toy(target="tlh"))


@pytest.mark.parametrize(
    "part",
    [
        "*a ",
        "_a",
        "`",
        "`` ` ",
        "$",
        "$$",
        "[",
        "](",
        "<@",
        "a",
        "a. ",
        "&",
        "#",
        "> ",
        "9,",
        "A. ",
    ],
)
def test_texts_made_to_stall_a_translator_do_not(part):
    # Whoever goes back to the start at each of them would not end within the hour.
    entries = (replace(ARCHIVE.entries[0], summary=part * (150_000 // len(part))),)
    view = withhold(PUBLICATION, replace(ARCHIVE, entries=entries), "public")
    assert translate(view, 1, Toy()).texts


def test_what_never_ends_is_no_sentence(view):
    entries = (replace(ARCHIVE.entries[0], summary="Agents and " * 500, opinion="Agents."),)
    long = withhold(PUBLICATION, replace(ARCHIVE, entries=entries), "public")
    refused = [s for s in translate(long, 1, Toy()).sentences if s.refused]
    assert [str(r) for s in refused for r in s.reasons] == ["too long for a sentence"]
