"""Settings are read, and every mistake in them is named with its place."""

from dataclasses import fields

import pytest

from comity.core.errors import InputError
from comity.newsletter.model.publication import Category, Post, Publication, Voice
from comity.newsletter.publication.reading import parse_publication, read_publication

LEAST = 'name = "Fair Play"\nshort = "FP"\n'


def test_what_is_left_out_is_as_by_default():
    assert parse_publication(LEAST) == Publication("Fair Play", "FP")


def test_everything_is_read():
    text = """
name = "Fair Play"
short = "FP"
url = "https://fair.example.org/news"
disclaimer = '''Two
lines'''
cadence_days = 14
categories = ["News", { name = "Agreement", inside = ["Bargaining", { name = "Commitment" }] }]
translations = ["es", "pt-BR"]
[aliases]
"R. E." = "Rohan"
[voice]
words_per_minute = 150
lexicon = { CGS = "C G S" }
[post]
host = "mail.example.org"
port = 587
tls = "starttls"
per_second = 2
"""
    found = parse_publication(text)
    assert found.url == "https://fair.example.org/news"
    assert found.disclaimer == "Two\nlines"
    assert found.categories == (
        Category("News"),
        Category("Agreement", (Category("Bargaining"), Category("Commitment"))),
    )
    assert found.aliases == {"R. E.": "Rohan"}
    assert found.voice == Voice(words_per_minute=150, lexicon={"CGS": "C G S"})
    assert found.post == Post(host="mail.example.org", port=587, tls="starttls", per_second=2.0)
    assert isinstance(found.post.per_second, float)
    assert found.translations == ("es", "pt-BR")
    assert {field.name for field in fields(Publication)} >= {"voice", "post"}


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("nmae = 'x'", "nmae"),
        ("description = 3", "description"),
        ("cadence_days = 0", "cadence_days"),
        ("cadence_days = true", "cadence_days"),
        ("cadence_days = 1.5", "cadence_days"),
        ("editor = 'a\\nb'", None),
        ('editor = "a\\nBcc: everybody@example.org"', "editor"),
        ("url = 'ftp://example.org'", "url"),
        ("url = 'https://example.org/'", "url"),
        ("language = 'english!'", "language"),
        ("translations = ['es', '<b>']", "translations[2]"),
        ("categories = 'News'", "categories"),
        ("categories = ['News', 3]", "categories[2]"),
        ("categories = ['News', ' ']", "categories[2]"),
        ("categories = ['News', { name = 'A', inside = ['News'] }]", "categories"),
        ("categories = [{ nam = 'A' }]", "categories[1].nam"),
        ("categories = [{ inside = [] }]", "categories[1].name"),
        ("[aliases]\nA = 'B'\nB = 'C'", "aliases.A"),
        ("[aliases]\nA = 3", "aliases.A"),
        ("[voice]\nwords_per_minute = 5", "voice.words_per_minute"),
        ("[voice]\nlexicon = 3", "voice.lexicon"),
        ("[voice.lexicon]\nAN = 3", "voice.lexicon.AN"),
        ("[post]\ntls = 'ssl'", "post.tls"),
        ("[post]\nport = 0", "post.port"),
        ("[post]\nper_second = 0", "post.per_second"),
        ("[post]\nper_second = nan", "post.per_second"),
        ("[post]\nsecret = 'x'", "post.secret"),
        ("post = 3", "post"),
    ],
)
def test_mistakes_are_named_with_their_place(line, place):
    if place is None:
        assert parse_publication(LEAST + line).editor == "a\\nb"
        return
    with pytest.raises(InputError) as refused:
        parse_publication(LEAST + line)
    assert refused.value.place == place


@pytest.mark.parametrize("text", ["", 'name = "x"', 'name = ""\nshort = "x"', "name = ", "\x00"])
def test_what_is_no_publication_is_refused(text):
    with pytest.raises(InputError):
        parse_publication(text)


def test_the_file_is_named(tmp_path):
    with pytest.raises(InputError, match="no settings"):
        read_publication(tmp_path)
    (tmp_path / "publication.toml").write_text(LEAST + "x = 1")
    with pytest.raises(InputError) as refused:
        read_publication(tmp_path)
    assert refused.value.file == str(tmp_path / "publication.toml")
    (tmp_path / "publication.toml").write_text(LEAST)
    assert read_publication(tmp_path).name == "Fair Play"
