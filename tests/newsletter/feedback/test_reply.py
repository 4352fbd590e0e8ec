from comity.newsletter.feedback.automatic import Sort
from comity.newsletter.feedback.quotes import Kind, Piece
from comity.newsletter.feedback.reply import Consent, Reply, Said, wording

PIECES = (Piece(Kind.REPLY, "One."), Piece(Kind.QUOTE, "Two."), Piece(Kind.REPLY, "Three."))


def reply(*said, name="Jane", text="One.", entry="e"):
    return Reply(
        "id", "digest", "<1@a>", "Jane", "j@a", "s", "", "", PIECES, None, (), Sort.REPLY, "",
        entry=entry, printed_name=name, printed_text=text, said=said,
    )  # fmt: skip


def said(consent, name="Jane", text="One.", entry="e"):
    return Said(consent, "2026-05-05T10:00:00+00:00", "mail", wording(entry, name, text))


def test_paragraphs_are_what_was_written():
    assert reply().paragraphs == ("One.", "Three.")
    assert reply().text == "One.\n\nThree."


def test_consent_is_the_last_word_on_these_words_under_this_name():
    given = said(Consent.GIVEN)
    assert reply().consent is Consent.UNASKED
    assert reply(said(Consent.ASKED), given).consent is Consent.GIVEN
    assert reply(given, text="Three.").consent is Consent.UNASKED
    assert reply(given, name="J. R.").consent is Consent.UNASKED
    assert reply(given, entry="other").consent is Consent.UNASKED


def test_a_refusal_holds_for_all_words_until_the_writer_says_otherwise():
    refused, given = said(Consent.REFUSED), said(Consent.GIVEN)
    assert reply(given, refused, text="Three.").consent is Consent.REFUSED
    assert reply(refused, given).consent is Consent.GIVEN


def test_name_and_text_cannot_run_into_each_other():
    assert wording("e", "a", "b\nc") != wording("e", "a\nb", "c")
    assert wording("e", "a", "b") == wording("e", "a", "b")
