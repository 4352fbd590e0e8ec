import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.feedback.mail import read_mail
from comity.newsletter.feedback.quotes import Kind, pieces, reply_of
from newsletter_replies import examples, same_words

WRITTEN = [example for example in examples() if example.sort == "reply"]


@pytest.mark.parametrize("example", WRITTEN, ids=lambda example: example.name)
def test_what_somebody_wrote_is_found(example):
    found = reply_of(read_mail(example.data).pieces)
    assert same_words(found, example.reply), found


def test_the_corpus_holds_what_it_should():
    names = [example.name for example in WRITTEN]
    assert len(names) >= 40
    for language in ("en", "de", "es", "zh"):
        for client in ("gmail", "outlook", "apple", "thunderbird"):
            assert any(name.startswith(f"{language}-{client}") for name in names) or (
                language,
                client,
            ) == ("de", "html")
    for manner in ("top", "bottom", "interleaved", "html"):
        assert sum(manner in name for name in names) >= 3


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("> only a quote\n> here", ""),
        ("", ""),
        ("Thanks,", "Thanks,"),
        ("Best wishes,\nJane", "Best wishes,\nJane"),
        ("Text\n\nBest wishes,\nJane\nA University", "Text"),
        (
            "Text\n\nThanks\n\n"
            + "A line that is far too long to be anybody's name or title. " * 2,
            None,
        ),
        ("One\n-- \nJane\n\n> quoted\n\nTwo", "One\n\nTwo"),
        ("a -- b\n--\nJane", "a -- b"),
        ("- one\n- two", "- one\n- two"),
        ("Text\n\nThis message made me think.", "Text\n\nThis message made me think."),
        ("Text\n\nThis message is confidential.\nDelete it.", "Text"),
        ("On 3 May we wrote:\nno quote follows", "On 3 May we wrote:\nno quote follows"),
        ("Subject: water\nI like it", "Subject: water\nI like it"),
        ("From: me\nTo: you\nwith love", "From: me\nTo: you\nwith love"),
    ],
)
def test_edges(text, reply):
    assert reply_of(pieces(text)) == (text.strip() if reply is None else reply)


@pytest.mark.parametrize(
    "line",
    [
        'On 5/4/26, 9:12 AM, "Cooperation Notes" <notes@example.org> wrote:',
        "On Mon, 4 May 2026 at 09:12, Cooperation Notes <notes@example.org> wrote:",
        "Am 04.05.2026 09:12, schrieb Cooperation Notes:",
        "El lunes, 4 de mayo de 2026, 09:12:00 CEST, Notes <notes@example.org> escribió:",
        "2026年5月4日 09:12，Notes <notes@example.org> 写道：",
        "Le lundi 4 mai 2026 à 09:12:00, Notes <notes@example.org> a écrit :",
    ],
)
def test_other_ways_to_say_who_wrote_when(line):
    found = pieces(f"No.\n\n{line}\n\n> What?\n")
    assert [piece.kind for piece in found] == [Kind.REPLY, Kind.FRAME, Kind.QUOTE]
    unmarked = pieces(f"No.\n\n{line}\n\nWhat?\n")
    assert reply_of(unmarked) == "No."


@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                "> b",
                ">> c",
                "",
                "-- ",
                "On 1 May 2026 x wrote:",
                "From: a",
                "Sent: 1",
                "To: b",
                "Subject: c",
                "Thanks,",
                "____________",
            ]
        )
    )
)
def test_no_word_is_lost_whatever_stands_where(lines):
    words = " ".join(line.lstrip("> ") for line in lines).split()
    found = " ".join(piece.text for piece in pieces("\n".join(lines))).split()
    assert sorted(w for w in found if w != "--") == sorted(w for w in words if w != "--")


def test_a_long_mail_is_read_in_one_pass():
    text = "On 1 May x\n" * 20_000 + "From: a\n" * 20_000
    assert sum(piece.text.count("\n") + 1 for piece in pieces(text)) >= 40_000 - 1
    assert pieces("-----Original Message-----\n" * 20_000)
