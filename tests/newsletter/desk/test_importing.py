"""Files at the desk: shown first, stored when told, and hostile ones refused."""

import re
from io import BytesIO
from zipfile import ZipFile

from newsletter_desk import stored

BIB = r"""@article{one, title={Fair {AI}}, author={K{\"o}nig, Bo}, year=2021, doi={10.1000/x}}
@misc{two, title={Promises that are kept!}}
@misc{three, title={fair ai.}}
@misc{four, title={No end"""


def send(editor, content: bytes, name: str = "file.bib"):
    return editor.post("/desk/import", files={"file": (name, BytesIO(content))})


def key(page: str) -> str:
    return re.search(r'name="upload" value="([0-9a-f]{64})"', page)[1]


def ticked(page: str) -> list[str]:
    return re.findall(r'name="pick\[\]" value="(\d+)" checked', page)


def test_references_are_shown_with_what_is_there_already(ada, folder):
    before = stored(folder)
    page = send(ada, BIB.encode()).text
    assert "3 references, of which 1 seems new" in page
    assert "nearly the same title" in page
    assert "The same stands in this file before: file.bib: line 1" in page
    assert "cannot be read" in page
    assert ticked(page) == ["0"]
    assert stored(folder) == before


def test_what_is_ticked_is_stored_with_its_work(ada, folder):
    page = send(ada, BIB.encode()).text
    answer = ada.post("/desk/import/references", {"upload": key(page), "pick[]": ["0", "x", "99"]})
    assert "1 entry is in the queue" in answer.text
    archive = stored(folder)
    entry = archive.entries[-1]
    assert (entry.title, entry.authors) == ("Fair AI", "Bo König")
    (work,) = [work for work in archive.works if work.id == entry.work]
    assert work.versions[0].doi == "10.1000/x"
    assert "nearly the same" in send(ada, BIB.encode()).text
    assert "the same DOI" in send(ada, BIB.encode()).text


def test_nothing_is_stored_of_a_file_that_is_gone(ada, folder):
    before = stored(folder)
    for upload in ("0" * 64, "", "x"):
        answer = ada.post("/desk/import/references", {"upload": upload, "pick[]": "0"})
        assert answer.status_code == 409
    assert stored(folder) == before


def test_a_sheet_is_planned_first(ada, folder):
    sheet = "Category,Title,Authors,Summary,Summarizer\nVoting,From a sheet,Ann,,\n"
    page = send(ada, sheet.encode(), "sheet.csv").text
    assert "1 new" in page
    count = len(stored(folder).entries)
    answer = ada.post("/desk/import/sheet", {"upload": key(page), "anyway": "1"})
    assert answer.status_code == 200
    assert len(stored(folder).entries) == count + 1


def test_texts_that_a_sheet_empties_are_named_first(ada, folder):
    sheet = "Category,Title,Authors,Summary,Summarizer\nVoting,From a sheet,Ann,{},Dana\n"
    page = send(ada, sheet.format("Words.").encode(), "sheet.csv").text
    assert "loses texts" not in page
    ada.post("/desk/import/sheet", {"upload": key(page), "anyway": "1"})
    page = send(ada, sheet.format("").encode(), "sheet.csv").text
    assert "1 entry loses texts" in page
    assert "<li>From a sheet (Summary)</li>" in page


def test_a_sheet_with_faults_is_stored_only_if_told(ada, folder):
    sheet = "Category,Title,Authors,Summary,Summarizer\nNo such,From a sheet,Ann,Text,\n"
    page = send(ada, sheet.encode(), "sheet.csv").text
    assert "nobody is named who wrote the summary" in page
    before = stored(folder)
    assert ada.post("/desk/import/sheet", {"upload": key(page)}).status_code == 422
    assert stored(folder) == before


def bomb() -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", 8) as archive:
        archive.writestr("[Content_Types].xml", b"<a>" + b" " * 200_000_000)
    return packed.getvalue()


def test_hostile_files_are_one_error_each(ada):
    for name, content in {
        "x.bib": b"hello",
        "x.pdf": b"%PDF-1.4",
        "x.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><feed>&a;</feed>',
        "x.json": b"[" * 100_000,
        "x.xlsx": b"PK\x03\x04" + b"\0" * 99,
        "bomb.xlsx": bomb(),
        "x.csv": b"\x00\x01\x02",
    }.items():
        answer = send(ada, content, name)
        assert answer.status_code == 422, name
        assert "<h1>" in answer.text
    assert ada.post("/desk/import", {"file": "no file"}).status_code == 422


def test_hostile_text_in_a_file_is_text(ada):
    title = "<script>alert(1)</script>"
    page = send(ada, f"@misc{{a, title={{{title}}}}}".encode(), f"{title}.bib").text
    assert title not in page
    assert "&lt;script&gt;" in page


def test_a_body_that_is_too_long_is_not_read(ada):
    answer = send(ada, b"x" * 26_000_000)
    assert answer.status_code == 413


def test_what_stops_no_sheet_is_told_with_it(ada, folder):
    sheet = "Category,Title,Authors\nvoting,From a\u200b sheet,Ann\n"
    page = send(ada, sheet.encode(), "sheet.csv").text
    assert "2 cells to look at, which stop nothing" in page
    assert "ZERO WIDTH SPACE at place 7" in page
    assert 'name="anyway"' not in page
    ada.post("/desk/import/sheet", {"upload": key(page)})
    assert stored(folder).entries[-1].category == "Voting"
