from comity.newsletter.languages.translated import Loss, Paragraph, Reason, Sentence, Translated
from comity.newsletter.model.edition import Edition, Item, Section
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import Erratum, Issue

BAD = Sentence("Two.", reasons=(Reason(Loss.NUMBER, "the number 2 is lost"),))
GOOD = Sentence("One.", "Uno.")


def edition():
    inner = Item(Entry("C", "Inner", summary="One."), "")
    outer = Item(
        Entry("B", "Title", summary="One.\n\nTwo.", opinion="Else.", read_more="One."),
        "Ada Lovelace",
        errata=(Erratum("B", "2026-05-04", "One."),),
        responses=(inner,),
    )
    sections = (Section("Outer", 0, (), (Section("Category", 1, (outer,)),)),)
    return Edition(Issue(1, opening="One.", closing="Else."), "X #1", (inner,), sections, "public")


def translated():
    texts = {
        "One.": (Paragraph("One.", "Uno.", (GOOD,)),),
        "One.\n\nTwo.": (
            Paragraph("One.", "Uno.", (GOOD,)),
            Paragraph("Two.", "[sin traducir] Two.", (BAD,)),
        ),
    }
    return Translated(edition(), "en", "es", "Engine 1", "Mark.", texts)


def test_refused_sentences_are_told_with_their_reasons():
    (refused,) = [s for p in translated().of("One.\n\nTwo.") for s in p.refusals]
    assert refused.refused
    assert [str(reason) for reason in refused.reasons] == ["the number 2 is lost"]
    assert len(translated().sentences) == 3


def test_what_was_not_translated_stands_as_it_was():
    assert translated().of("Else.") == (Paragraph("Else.", "Else."),)
    assert translated().of("  ") == ()


def test_a_recording_reads_the_translation_of_every_text_and_no_other_word_changes():
    spoken = translated().spoken
    (outer,) = spoken.sections[0].sections[0].items
    assert outer.entry.summary == "Uno.\n\n[sin traducir] Two."
    assert (outer.entry.opinion, outer.entry.read_more) == ("Else.", "Uno.")
    assert (outer.entry.title, outer.byline) == ("Title", "Ada Lovelace")
    assert outer.errata[0].note == "Uno."
    assert [item.entry.summary for item in (*spoken.highlights, *outer.responses)] == ["Uno."] * 2
    assert (spoken.issue.opening, spoken.issue.closing) == ("Uno.", "Else.")
