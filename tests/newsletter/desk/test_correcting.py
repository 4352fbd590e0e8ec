"""Corrections reach the pages that readers see."""

import html
from datetime import UTC, datetime

import pytest

from newsletter_desk import ORIGIN, stored

PATH = "/desk/entries/BBBBBBBBBB/errata"


def test_a_correction_is_told_wherever_the_entry_is_shown(ada, reader, folder):
    answer = ada.post(PATH, {"date": "2026-11-26", "note": "It was *forty*, see <@Bare@>."})
    assert "<em>forty</em>" in answer.text
    assert stored(folder).errata[-1].note == "It was *forty*, see <@@>(@#KKKKKKKKKK@)."
    for path in ("/entries/BBBBBBBBBB/", "/issues/1/", "/feeds/entries.atom"):
        assert "forty" in reader.get(path).text


def test_the_moment_is_kept_beside_the_day(ada, folder):
    before = datetime.now(UTC).replace(microsecond=0)
    ada.post(PATH, {"date": "2026-01-05", "note": "It was forty."})
    kept = stored(folder).errata[-1]
    assert kept.date == "2026-01-05"
    assert before <= datetime.fromisoformat(kept.made) <= datetime.now(UTC)


@pytest.mark.parametrize(
    "data",
    [
        {"date": "2026-11-26", "note": " "},
        {"date": "soon", "note": "x"},
        {"date": "2026-11-28", "note": "x"},
        {"date": "2026-11-26", "note": "<@No such title@>"},
    ],
)
def test_what_is_no_correction_is_refused(ada, folder, data):
    before = stored(folder).errata
    assert ada.post(PATH, data).status_code == 422
    assert stored(folder).errata == before


def test_what_was_typed_stands_in_the_form_beside_what_is_wrong_with_it(ada):
    typed = {"date": "2026-11-25", "note": "It was <forty>, see <@No such title@>."}
    answer = ada.client.post(
        PATH, data=typed | {"csrf": ada.csrf}, headers={"Origin": ORIGIN, "Accept": "text/html"}
    )
    page = answer.text
    assert (answer.status_code, page.count('aria-invalid="true"')) == (422, 1)
    assert html.escape(typed["note"]) in page
    assert 'value="2026-11-25"' in page
    assert "no entry has the title that is referred to (found “No such title”)" in page


def test_there_is_no_such_entry(ada):
    assert ada.get("/desk/entries/QQQQQQQQQQ/errata").status_code == 404
