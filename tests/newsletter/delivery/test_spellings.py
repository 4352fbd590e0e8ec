import base64
import html
import json
import quopri
from urllib.parse import quote

import pytest

from comity.newsletter.delivery.addresses import parse
from comity.newsletter.delivery.spellings import CHUNK, ERASED, Spellings

ANN = "Ann.Lee+news@example.org"
SPELT = {
    "as it is": ANN,
    "in capitals": ANN.upper(),
    "in a header": f"To: Ann <{ANN.lower()}>, Bob <bob@example.org>",
    "at the end of a sentence": f"Write to {ANN}.",
    "percent-encoded": quote(ANN, safe=""),
    "behind an encoded bracket": quote(f"<{ANN}>", safe=""),
    "quoted-printable": f"={ord('<'):02X}{ANN.replace('@', '=40').replace('+', '=2B')}",
    "broken by quoted-printable": quopri.encodestring(f"{'x' * 58} {ANN} y".encode()).decode(),
    "as entities": html.escape(ANN).replace("@", "&#64;").replace("+", "&#x2B;"),
    "in a return path": "returns+ann.lee+news=example.org@other.example",
    "below a line in JSON": json.dumps(f"written by\n{ANN}"),
    "as JSON escapes": ANN.replace("@", "\\u0040"),
}
OTHERS = (
    "joann.lee+news@example.org",
    "ann.lee@example.org",
    "ann.lee+news@example.org.uk",
    "ann.lee+news@example.organ",
    "annxlee+news@example.org",
    "dr.ann.lee+news@example.org",
)


@pytest.mark.parametrize("text", SPELT.values(), ids=SPELT)
def test_every_spelling_is_found_and_erased(text):
    spellings = Spellings(parse(ANN))
    assert spellings.are_in(text)
    assert spellings.are_in_bytes(text.encode())
    erased = spellings.erased(text)
    assert ERASED in erased
    assert not spellings.are_in(erased)
    assert "lee" not in erased.lower()


@pytest.mark.parametrize("before", ["", "a", "ab", "abc: <", "Final-Recipient: rfc822; "])
@pytest.mark.parametrize("break_lines", [False, True])
def test_base64_is_found_wherever_the_address_begins(before, break_lines):
    coded = base64.b64encode(f"{before}{ANN}> and more".encode()).decode()
    text = "\n".join(coded[k : k + 20] for k in range(0, len(coded), 20)) if break_lines else coded
    spellings = Spellings(parse(ANN))
    assert spellings.are_in(text)
    assert spellings.are_in_bytes(text.encode())
    erased = spellings.erased(f"head\n\n{text}\n\ntail")
    assert erased.startswith("head\n\n")
    assert erased.endswith("\n\ntail")
    assert not spellings.are_in(erased)


@pytest.mark.parametrize("text", OTHERS)
def test_addresses_of_others_stay(text):
    spellings = Spellings(parse(ANN))
    assert not spellings.are_in(text)
    assert spellings.erased(text) == text


@pytest.mark.parametrize("text", ["ann@bücher.example", "ANN@xn--bcher-kva.example"])
def test_a_domain_is_known_in_both_its_forms(text):
    for written in ("ann@bücher.example", "ann@xn--bcher-kva.example"):
        assert Spellings(parse(written)).erased(f"<{text}>") == f"<{ERASED}>"


def test_a_file_is_looked_through_where_its_parts_meet(tmp_path):
    path = tmp_path / "list"
    spellings = Spellings(parse(ANN))
    for place in (0, CHUNK - 10, CHUNK + 5):
        path.write_bytes(b"\0" * place + ANN.encode() + b"\0" * 20)
        assert spellings.are_in_file(path)
    path.write_bytes(b"\0" * (CHUNK + 20))
    assert not spellings.are_in_file(path)
