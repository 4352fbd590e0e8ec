"""Pages of the desk and of the live site by checkers that nobody here wrote."""

import pytest

from newsletter_checkers import html_validate_faults, nu_faults

PATHS = (
    "/",
    "/search/?q=talk",
    "/search/?category=Voting&highlights=1",
    "/digest/?q=talk",
    "/entries/AAAAAAAAAA/",
    "/desk?queue=all",
    "/desk/entries/BBBBBBBBBB",
    "/desk/entries/new",
    "/desk/entries/BBBBBBBBBB/errata",
    "/desk/issues",
    "/desk/issues/3",
    "/desk/import",
    "/desk/replies",
    "/desk/searches",
    "/desk/calendar",
    "/desk/entries/QQQQQQQQQQ",
    "/desk/enter?key=none",
)


@pytest.fixture
def files(ada, reader, app, tmp_path):
    """Each page in a folder of its own."""
    key = app.state.doors.new_key()
    pages = {path: ada.get(path).text for path in PATHS}
    pages[f"/desk/enter?key={key}"] = reader.get(f"/desk/enter?key={key}").text
    data = {"file": ("a.bib", b"@misc{a, title={One}} @misc{a, title={Promises that are kept}}")}
    pages["import"] = ada.post("/desk/import", files=data).text
    conflict = ada.form("/desk/entries/BBBBBBBBBB")
    ada.post("/desk/entries/BBBBBBBBBB", {**conflict, "summary": "One."})
    pages["conflict"] = ada.post(
        "/desk/entries/BBBBBBBBBB", {**conflict, "summary": "Two.", "title": 'A "b" <c>'}
    ).text
    written = []
    for number, (path, page) in enumerate(pages.items()):
        name = "".join(c if c.isalnum() else "-" for c in path).strip("-") or "front"
        file = tmp_path / "pages" / f"{number}-{name}"[:60] / "page.html"
        file.parent.mkdir(parents=True)
        file.write_text(page, "utf-8")
        written.append(file)
    return written


@pytest.mark.slow
def test_nothing_is_wrong(files, tmp_path):
    assert nu_faults(files) == []
    assert [fault for file in files for fault in html_validate_faults([file], tmp_path)] == []
