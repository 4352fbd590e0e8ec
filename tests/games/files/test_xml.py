"""XML of unknown origin: bombs and external entities are refused, broken files named."""

import pytest

from comity.core.errors import InputError
from comity.games.files.xml import attribute, number, read_xml, whole

BOMB = """<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;&l;&l;&l;&l;&l;&l;&l;">
<!ENTITY n "&m;&m;&m;&m;&m;&m;&m;&m;&m;&m;">]><a>&n;</a>"""
EXTERNAL = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
REMOTE = '<!DOCTYPE a SYSTEM "http://example.invalid/a.dtd"><a/>'

BAD = [
    (BOMB, "document type or entities"),
    (EXTERNAL, "document type or entities"),
    (REMOTE, "document type or entities"),
    ("<a><b></a>", r"line 1, column \d+: not well-formed XML"),
    ("<a>\n<b>", r"line 2, column \d+: not well-formed XML"),
    ("", "not well-formed XML"),
    ("<b/>", "wrong kind of file.*<b>.*<a>"),
    ('<?xml version="1.0" encoding="klingon"?><a/>', "not well-formed XML"),
    ("<a>&unknown;</a>", "not well-formed XML"),
]


@pytest.mark.parametrize(("text", "words"), BAD)
def test_bad_files(tmp_path, text, words):
    path = tmp_path / "bad.xml"
    path.write_text(text)
    with pytest.raises(InputError, match=rf"bad\.xml: .*{words}" if "line" not in words else words):
        read_xml(path, "a")


def test_encodings_are_those_the_file_states(tmp_path):
    path = tmp_path / "a.xml"
    path.write_bytes('<?xml version="1.0" encoding="iso-8859-1"?><a n="é"/>'.encode("latin-1"))
    assert attribute(read_xml(path, "a"), "n", "a") == "é"


@pytest.mark.parametrize(
    ("read", "text", "words"),
    [
        (number, "x", "not a number"),
        (number, "nan", "not finite"),
        (number, "-inf", "not finite"),
        (whole, "1.5", "not a whole number"),
        (whole, "", "not a whole number"),
    ],
)
def test_bad_numbers(read, text, words):
    with pytest.raises(InputError, match=f"place: {words}"):
        read(text, "place")


def test_missing_attribute(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text("<a/>")
    with pytest.raises(InputError, match=r'attribute is missing \(expected n="..."\)'):
        attribute(read_xml(path, "a"), "n", "a")
