"""A file is what it holds, whatever it is called."""

import pytest

from comity.core.errors import InputError, SizeError
from comity.newsletter.importing import reading as module
from comity.newsletter.importing.reading import kind_of, read_bytes, read_file
from comity.newsletter.model.faults import Kind

BIB = "@misc{a, title={Über Deals}}"
RIS = "TY  - JOUR\nTI  - Über Deals\nER  - \n"
CSL = '{"title": "Über Deals"}'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Über Deals</title></entry></feed>'
KINDS = {"BibTeX": BIB, "RIS": RIS, "CSL-JSON": CSL, "Atom": ATOM}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_each_kind_in_each_encoding(kind, encoding):
    assert kind_of(KINDS[kind]) == kind
    reading = read_bytes(KINDS[kind].encode(encoding), "file.bin")
    assert [one.title for one in reading.proposals] == ["Über Deals"]
    assert reading.proposals[0].place.startswith("file.bin: ")
    assert reading.faults == ()


def test_an_old_encoding_is_read_and_told():
    reading = read_bytes(BIB.encode("latin-1"), "old.bib")
    assert reading.proposals[0].title == "Über Deals"
    (fault,) = reading.faults
    assert (fault.kind, fault.place) == (Kind.BAD_CHARACTERS, "old.bib")


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.4", b"PK\x03\x04", b"\x00" * 99])
def test_other_files_are_refused_with_what_was_found(content):
    with pytest.raises(InputError, match="not a file of references"):
        read_bytes(content, "x")


def test_errors_inside_name_the_file():
    with pytest.raises(InputError) as error:
        read_bytes(b"<feed", "q.atom")
    assert error.value.file == "q.atom"


def test_too_large(monkeypatch):
    monkeypatch.setattr(module, "MAX_BYTES", 10)
    with pytest.raises(SizeError, match="too large"):
        read_bytes(BIB.encode())


def test_too_many(monkeypatch):
    monkeypatch.setattr(module, "MOST", 2)
    with pytest.raises(SizeError, match="too many"):
        read_bytes(b"@misc{a, title={T}}\n@misc{b, title={U}}\n@misc{c, title={V}}")


def test_files(tmp_path):
    path = tmp_path / "a.bib"
    path.write_text(BIB, "utf-8")
    assert read_file(path) == read_bytes(BIB.encode(), "a.bib")
    with pytest.raises(InputError, match="cannot read"):
        read_file(tmp_path / "none.bib")
