"""References hold on to ids, come back as they were typed, and say what is wrong with them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.model.faults import Kind
from comity.newsletter.text.references import bind, breaks, resolve, rewrite, scan, spell
from comity.newsletter.text.titles import Titles

TITLES = Titles(
    {
        "7K": "Trust",
        "9M": 'Can "agents" [really] cooperate: what, if anything, do we know?',
        "T1": "Twins",
        "T2": "Twins",
        "X1": "Ends @> early",
        "X2": "Closes @) early",
    }
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<@Trust@>", [("Trust", None)]),
        ("a <@ Trust @> b <@this@>(@Trust@) c", [("Trust", None), ("this", "Trust")]),
        ("<@a@b.org and *c*@>(@x (y) z@)", [("a@b.org and *c*", "x (y) z")]),
        ("<@two\nlines@>\n (@a\nkey@)", [("two\nlines", "a\nkey")]),
        ("<@a@@>(@b@)", [("a@", "b")]),
        ("<@x@> (not a key)", [("x", None)]),
        ("no@mail.org <b> @)", []),
    ],
)
def test_references_are_found(text, found):
    assert [(item.shown, item.key) for item in scan(text)] == found
    assert breaks(text) == ()
    for item in scan(text):
        assert text[item.start : item.start + 2] == "<@"
        assert text[item.end - 1] in ">)"


@pytest.mark.parametrize(
    ("text", "places", "found"),
    [
        ("an <@open end", (3,), []),
        ("an <@open <@Trust@>", (3,), ["Trust"]),
        ("<@Trust@>(@never closed", (9,), ["Trust"]),
        ("<@Trust@>(@lost <@this@>", (9,), ["Trust", "this"]),
        ("no start@>(@key@)", (8,), []),
        ("<@@> nothing", (0,), []),
        ("<@x@>(@#@)", (0,), []),
    ],
)
def test_what_is_not_closed_is_named_and_the_rest_is_read(text, places, found):
    assert breaks(text) == places
    assert [item.shown for item in scan(text)] == found


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("See <@@>.", "a reference is empty"),
        ("See <@x@>(@@).", "a reference is empty"),
        ("See <@Trust.", "a reference is not closed"),
    ],
)
def test_what_is_empty_is_not_called_open(text, reason):
    assert [fault.reason for fault in bind(text, TITLES)[1]] == [reason]


@pytest.mark.parametrize(
    "text", ["`<@Trust@>`", "```\n<@Trust@>\n<@Nothing", "a\n\n    <@Trust@>", r"\<@Trust@>"]
)
def test_what_is_typed_in_code_stays_as_it_is(text):
    bound, faults = bind(text, TITLES)
    assert bound == spell(text, TITLES) == text
    expected = [] if text.startswith("\\") else [(Kind.REFERENCE_IN_CODE, "Trust")]
    assert [(fault.kind, fault.found) for fault in faults] == expected
    assert all(fault.advises for fault in faults)
    assert scan(text) == breaks(text) == ()


def test_code_that_names_no_entry_is_just_code():
    assert bind("`<@x@>` and `<@Twins@>`", TITLES)[1] == ()


def test_what_was_bound_in_code_is_spelled_again():
    assert spell("`<@@>(@#7K@)`", TITLES) == "`<@Trust@>`"
    assert rewrite("`<@a@>` <@a@>", lambda item: "X", everywhere=True) == "`X` X"


def test_titles_become_ids_and_shown_words_stay():
    text, faults = bind("<@trust@>, <@the *old* one@>(@Trust.@), <@x@>(@#7K@)", TITLES)
    assert text == "<@@>(@#7K@), <@the *old* one@>(@#7K@), <@x@>(@#7K@)"
    assert faults == ()


def test_a_title_with_marks_of_its_own_is_found():
    title = TITLES.titles["9M"]
    assert bind(f"<@{title}@> <@see@>(@{title}@)", TITLES)[0] == "<@@>(@#9M@) <@see@>(@#9M@)"


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("<@Twins@>", Kind.AMBIGUOUS_REFERENCE, "one of (@#T1@), (@#T2@)"),
        ("<@Can agents cooperate: what do we know@>", Kind.UNRESOLVED_REFERENCE, '\'Can "agents"'),
        ("<@Nothing of this kind@>", Kind.UNRESOLVED_REFERENCE, ""),
        ("<@gone@>(@#ZZ@)", Kind.UNRESOLVED_REFERENCE, ""),
        ("<@open", Kind.BROKEN_REFERENCE, ""),
    ],
)
def test_what_cannot_be_resolved_stays_as_it_was_written(text, kind, expected):
    bound, faults = bind(text, TITLES)
    assert bound == text
    assert [fault.kind for fault in faults] == [kind]
    assert faults[0].expected.startswith(expected)


def test_a_reference_that_is_clear_means_one_entry():
    clear, twice = scan("<@TRUST@> <@Twins@>")
    assert resolve(clear, TITLES) == ("7K",)
    assert resolve(twice, TITLES) == ("T1", "T2")


def test_a_renamed_entry_is_spelled_by_its_new_title():
    text, _ = bind("<@Trust@> and <@this@>(@Trust@)", TITLES)
    renamed = Titles({**TITLES.titles, "7K": "Trust, revisited"})
    assert spell(text, renamed) == "<@Trust, revisited@> and <@this@>(@Trust, revisited@)"


def test_a_title_that_cannot_stand_for_its_entry_leaves_the_id():
    for key in ("T1", "X1"):
        assert spell(f"<@a@>(@#{key}@)", TITLES) == f"<@a@>(@#{key}@)"
    assert spell("<@@>(@#ZZ@)", TITLES) == "<@@>(@#ZZ@)"


def test_changes_leave_everything_else_alone():
    changed = rewrite("a <@b@> c <@d@> e", lambda item: "X" if item.shown == "b" else None)
    assert changed == "a X c <@d@> e"


pieces = st.sampled_from(
    ["<@", "@>", "(@", "@)", "@", "<", ">", "#7K", "Trust", "Twins", "Closes ", " ", "\n", "*x*"]
)
texts = st.lists(pieces, max_size=14).map("".join)


def is_bound(text: str) -> bool:
    return all(item.entry in TITLES.titles for item in scan(text))


@given(texts)
def test_what_is_bound_is_spelled_and_bound_again_to_the_same(text):
    bound, _ = bind(text, TITLES)
    assert bind(bound, TITLES)[0] == bound
    again, _ = bind(spell(bound, TITLES), TITLES)
    assert [(r.shown, r.entry) for r in scan(again)] == [(r.shown, r.entry) for r in scan(bound)]


@given(texts)
def test_references_are_what_a_plain_expression_finds_where_nothing_is_broken(text):
    if breaks(text):
        return
    plain = re.compile(r"<@((?:(?!<@|@>).)*)@>(?:\s*\(@((?:(?!<@|@\)).)*)@\))?", re.DOTALL)
    expected = [
        (shown.strip(), None if key is None else key.strip())
        for shown, key in (match.groups() for match in plain.finditer(text))
    ]
    assert [(item.shown, item.key) for item in scan(text)] == expected


def test_long_texts_are_read_in_one_pass():
    for piece in ("<@", "<@x@>(@", "@>(@", "<@ @>  "):
        text = piece * (1_000_000 // len(piece))
        assert len(scan(text)) + len(breaks(text)) > 0
