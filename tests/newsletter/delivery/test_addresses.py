import idna
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.core.errors import InputError
from comity.newsletter.delivery.addresses import LOOKS_LIKE, parse

SAME = [
    ("ann@example.org", "Ann@EXAMPLE.org"),
    ("ann@example.org", " ann@example.org. "),
    ("ann@bücher.example", "ann@xn--bcher-kva.example"),
    ("ann@bücher.example", "ann@BU\u0308CHER.example"),  # decomposed
    ("ann@example.org", "ann@ｅｘａｍｐｌｅ.org"),  # full width
    ("ann@example.org", "ann@example。org"),  # ideographic full stop
]
OTHERS = [
    ("ann@example.org", "ann+news@example.org"),
    ("ann@example.org", "a.nn@example.org"),
    ("ann@straße.example", "ann@strasse.example"),
]
REFUSED = {
    "": "not a mail address",
    "ann": "not a mail address",
    "@example.org": "before the @",
    "ann@": "domain",
    "ann@localhost": "full name of a domain",
    "ann@[192.0.2.1]": "domain",
    "ann@192.0.2.1": "full name of a domain",
    "ann@exa mple.org": "a blank",
    "ann@example.org\r\nBcc: eve@example.org": "invisible",
    "ann\x00@example.org": "invisible",
    "an\u200bn@example.org": "invisible character (U+200B)",
    "ann\u202e@example.org": "invisible",
    "änn@example.org": "cannot carry",
    "аnn@example.org": "cannot carry",  # Cyrillic
    '"ann x"@example.org': "a blank",
    '"ann"@example.org': "before the @",
    "ann..b@example.org": "before the @",
    ".ann@example.org": "before the @",
    "ann@bob@example.org": "before the @",
    "ann@-example.org": "domain",
    "ann@exam_ple.org": "domain",
    "ann@example..org": "domain",
    "ann@pаypal.example": "several scripts (CYRILLIC, LATIN)",
    "a" * 65 + "@example.org": "before the @",
    "ann@" + "a" * 64 + ".org": "domain",
    "ann@" + ".".join(["a" * 60] * 4) + ".example": "too long",
    "<ann@example.org>": "before the @",
    "ann@example.org,bob@example.org": "before the @",
}


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_address_have_one_key(one, other):
    assert parse(one).key == parse(other).key


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_tags_and_dots_make_other_addresses(one, other):
    assert parse(one).key != parse(other).key


def test_tags_share_a_skeleton():
    assert parse("ann+news@example.org").skeleton == parse("Ann@example.org").skeleton


@pytest.mark.parametrize(("text", "reason"), REFUSED.items())
def test_what_is_no_address_is_refused_with_the_reason(text, reason):
    with pytest.raises(InputError) as caught:
        parse(text)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_domain_wholly_of_look_alikes_says_what_it_is_taken_for():
    address = parse("ann@аррӏе.example")
    assert address.pretends == "apple.example"
    assert address.skeleton == parse("ann@apple.example").skeleton
    assert address.key != parse("ann@apple.example").key


@pytest.mark.parametrize("text", ["ann@пример.example", "ann@例え.example", "ann@bücher.example"])
def test_honest_names_in_other_scripts_pretend_nothing(text):
    assert parse(text).pretends == ""


def test_an_address_shows_its_domain_and_hides_its_name():
    address = parse("ann@xn--bcher-kva.example")
    assert address.shown == "ann@bücher.example"
    assert address.masked == "a…@bücher.example"


def test_look_alikes_are_no_letters_of_ascii_but_digits():
    assert {chr(x) for x in LOOKS_LIKE if x < 128} == {"0", "1"}
    assert all(chr(x).isascii() and chr(x).islower() for x in LOOKS_LIKE.values())


@given(st.text(max_size=60))
def test_any_text_is_an_address_that_reads_back_or_an_error(text):
    try:
        address = parse(text)
    except InputError:
        return
    assert str(address).isascii()
    assert parse(str(address)) == address
    assert idna.encode(idna.decode(address.domain)).decode() == address.domain
