"""Hosts that look like others, against the idna package and the names of letters in Unicode."""

import unicodedata
from dataclasses import replace

import idna
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from comity.newsletter.editions.assemble import assemble
from comity.newsletter.editions.checks import Check
from comity.newsletter.editions.email import email
from comity.newsletter.editions.web.pages import page_at
from comity.newsletter.editions.web.site import Site
from comity.newsletter.model.faults import Kind
from comity.newsletter.model.withholding import withhold
from comity.newsletter.text.hosts import addresses, astray, mixed, taken_for
from comity.newsletter.text.links import NoLinks
from comity.newsletter.text.markdown import to_html
from comity.newsletter.text.plain import to_plain
from newsletter_sites import Page
from newsletter_small import ARCHIVE, PUBLICATION

LATIN = "abcdefghijklmnopqrstuvwxyzüéøñ"
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяѕіј"
GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
LABELS = st.text(LATIN + CYRILLIC + GREEK, min_size=1, max_size=12)
MIXED = "https://\u0430pple.com/fair"
CODED = "xn--pple-43d.com"


@given(LABELS)
def test_a_name_of_two_alphabets_is_named_with_the_host_that_mail_and_web_use(label):
    scripts = {unicodedata.name(letter).split()[0] for letter in label}
    assume(len(scripts) > 1)
    found = astray(f"https://{label}.example/path")
    assert found.host == idna.encode(f"{label}.example", uts46=True).decode()
    assert astray(f"https://{found.host}/") == found
    assert mixed(label) == sorted(scripts)


@given(st.lists(st.text(LATIN + "0123456789", min_size=1, max_size=9), min_size=1, max_size=4))
def test_latin_letters_lead_where_they_say(labels):
    assert astray("https://" + ".".join(labels) + ":8080/a?b=аc#d") is None


@pytest.mark.parametrize(
    "host",
    ["bücher.example", "пример.рф", "παράδειγμα.gr", "日本語tea.jp", "한국어.kr", "localhost"],
)
def test_names_in_their_own_scripts_are_honest(host):
    assert astray(f"https://{host}/") is None
    assert astray(f"mailto:ann@{host}") is None


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://аррӏе.com/", "xn--80ak6aa92e.com"),
        ("HTTPS://Аррӏе.COM./", "xn--80ak6aa92e.com"),
        ("mailto:ann@\u0430pple.com?subject=x", CODED),
        ("https://apple.com@evil.example/", "evil.example"),
        ("https://apple.com:80@evil.example:443/", "evil.example"),
    ],
)
def test_it_is_told_where_what_looks_otherwise_leads(address, host):
    assert astray(address).host == host


@pytest.mark.parametrize(
    "address",
    ["", "https://", "https://[::1", "nothing", "https://xn--a\u20ac.com", "https://xn--/"],
)
def test_what_is_no_address_leads_nobody_astray(address):
    assert astray(address) is None


def test_what_a_name_is_taken_for():
    assert taken_for("аррӏе.com") == "apple.com"
    assert taken_for("арр1е.com") == "apple.com"
    assert taken_for("g00gle.com") == ""


def test_addresses_are_found_in_any_markup():
    text = f"See <{MIXED}>, [words]({MIXED} 'title'), {MIXED}. Or mailto:a@b.example"
    assert [a.rstrip(".,") for a in addresses(text)] == [MIXED, MIXED, MIXED, "mailto:a@b.example"]


@pytest.mark.parametrize("form", ["<{}>", "[our shop]({})", "{}", "[shop][1]\n\n[1]: {}"])
def test_every_link_that_leads_astray_is_followed_by_where_it_leads(form):
    html = to_html(form.format(MIXED), NoLinks())
    assert f'href="https://{CODED}/fair"' in html
    assert f"</a> (leads to {CODED})" in html
    assert CODED in to_plain(form.format(MIXED), NoLinks())
    honest = form.format("https://bücher.example/")
    assert "leads to" not in to_html(honest, NoLinks())
    assert "leads to" not in to_plain(honest, NoLinks())


def test_a_title_is_followed_by_it_in_every_edition_and_the_editor_is_told():
    key = "BBBBBBBBBB"
    entries = tuple(
        replace(e, url=MIXED, summary=f"See {MIXED}.") if e.id == key else e
        for e in ARCHIVE.entries
    )
    archive = replace(ARCHIVE, entries=entries)
    view = withhold(PUBLICATION, archive, "public")
    edition = assemble(view, 1)
    mail = email(view, edition)
    told = f"leads to {CODED}"
    for page in (
        mail.html,
        page_at(Site(view), "issues/1/").html,
        page_at(Site(view), f"entries/{key}/").html,
    ):
        assert Page(page).text.count(told) == 2
        assert f'href="https://{CODED}/fair"' in page
    assert f"https://{CODED}/fair" in mail.text
    assert told in " ".join(mail.text.split())
    faults = [f for f in Check(PUBLICATION, archive).issue(1) if f.kind is Kind.LOOKS_OTHERWISE]
    assert [(fault.column, fault.entry) for fault in faults] == [("URL", key), ("Summary", key)]
    assert all(fault.advises and CODED in fault.expected for fault in faults)


def test_a_name_that_no_host_can_have_is_not_decoded():
    # Decoding Punycode takes the square of its length.
    longest = "https://xn--pple-43d.com" + ".abcdefg" * 29
    assert len(longest.removeprefix("https://")) <= 253
    assert astray(longest)
    assert astray(f"{longest}.abcdefg") is None
    assert astray("https://xn--" + "a-" * 100_000 + "9" * 100_000) is None
    assert astray("https://" + "a" * 300 + "@evil.example/").host == "evil.example"
