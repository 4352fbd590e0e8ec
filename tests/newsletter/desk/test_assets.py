"""Scripts and styles: only those there are, and kept by browsers."""

import pytest

KNOWN = ["look.css", "site.css", "desk.css", "live.css", "live.js", "entry.js", "queue.js",
         "issue.js", "completing.js", "icon.svg"]  # fmt: skip


@pytest.mark.parametrize("name", KNOWN)
def test_files(reader, name):
    answer = reader.get(f"/static/{name}")
    assert answer.status_code == 200
    tag = answer.headers["etag"]
    again = reader.get(f"/static/{name}", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert "no-store" not in answer.headers["cache-control"]


@pytest.mark.parametrize("name", ["none.js", "..%2Fapp.py", "base.html.j2", "htmx.js"])
def test_nothing_else(reader, name):
    assert reader.get(f"/static/{name}").status_code == 404
