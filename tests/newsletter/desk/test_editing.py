"""The form of an entry over HTTP: what a browser sends, and what it is shown."""

import json
from dataclasses import replace

from comity.core.database import transaction
from comity.newsletter.desk.drafts import drafts
from comity.newsletter.model.columns import Publicity
from comity.newsletter.sheets.cells import Cell
from comity.newsletter.sheets.keeping import write_cells
from newsletter_desk import stored

PATH = "/desk/entries/BBBBBBBBBB"
SCRIPT = "<script>alert(1)</script>"


def test_an_untouched_form_changes_nothing(ada, folder):
    before = stored(folder)
    answer = ada.post(PATH, ada.form(PATH))
    assert "Saved." in answer.text
    assert stored(folder) == before


def test_a_change_is_saved_and_shown(ada, folder):
    form = ada.form(PATH)
    answer = ada.post(PATH, {**form, "summary": "One.\r\n\r\nTwo <@Bare@>.", "topics": "trust"})
    assert "Saved." in answer.text
    entry = stored(folder).by_id["BBBBBBBBBB"]
    assert entry.summary == "One.\n\nTwo <@@>(@#KKKKKKKKKK@)."
    assert "Two <@Bare@>." in ada.form(PATH)["summary"]


def test_the_later_of_two_is_told_and_loses_nothing(ada, bo, folder):
    first, second = ada.form(PATH), bo.form(PATH)
    assert ada.post(PATH, {**first, "summary": "Ada wrote this."}).status_code == 200
    answer = bo.post(PATH, {**second, "summary": "Bo wrote that.", "opinion": "Bo thinks."})
    assert answer.status_code == 409
    for words in ("Somebody else saved this entry", "Ada wrote this.", "Bo wrote that."):
        assert words in answer.text
    assert stored(folder).by_id["BBBBBBBBBB"].summary == "Ada wrote this."
    # What Bo typed is kept even if Bo goes away now, and saving again is enough.
    form = bo.form(PATH)
    assert form["summary"] == "Bo wrote that."
    assert bo.post(PATH, form).status_code == 200
    entry = stored(folder).by_id["BBBBBBBBBB"]
    assert (entry.summary, entry.opinion) == ("Bo wrote that.", "Bo thinks.")


def test_changes_to_other_fields_are_merged_and_told(ada, bo, folder):
    first, second = ada.form(PATH), bo.form(PATH)
    ada.post(PATH, {**first, "venue": "Elsewhere"})
    answer = bo.post(PATH, {**second, "opinion": "Bo thinks."})
    assert "both changes are kept" in answer.text
    assert "Venue" in answer.text
    entry = stored(folder).by_id["BBBBBBBBBB"]
    assert (entry.venue, entry.opinion) == ("Elsewhere", "Bo thinks.")


def test_what_cannot_be_kept_is_refused_and_stands_in_the_form(ada, folder):
    answer = ada.post(PATH, {**ada.form(PATH), "url": "javascript:alert(1)"})
    assert answer.status_code == 422
    assert "Not saved" in answer.text
    assert "javascript:alert(1)" in answer.text
    assert 'href="javascript' not in answer.text
    assert stored(folder).by_id["BBBBBBBBBB"].url == "https://example.org/bbbbbbbbbb"
    assert ada.form(PATH)["url"] == "javascript:alert(1)"


def test_what_is_typed_is_kept_and_looked_at(ada, bo, app, folder):
    form = ada.form(PATH)
    answer = ada.post(f"{PATH}/look", {**form, "summary": "**Bold** <@Nothing@>", "summarizer": ""})
    assert "<strong>Bold</strong>" in answer.text
    assert "Nothing" in answer.text.partition("Preview")[0]
    assert "nobody is named who wrote the summary" in answer.text
    (draft,) = drafts(app.state.shelf.store.engine)
    assert (draft.editor, draft.form["summary"]) == ("Ada", "**Bold** <@Nothing@>")
    assert "This is what you typed" in ada.get(PATH).text
    assert "Ada is writing here too" in bo.get(PATH).text
    assert ada.post(f"{PATH}/discard").status_code == 200
    assert "This is what you typed" not in ada.get(PATH).text
    assert drafts(app.state.shelf.store.engine) == ()


def test_typing_it_back_leaves_no_draft(ada, app):
    form = ada.form(PATH)
    ada.post(f"{PATH}/look", {**form, "summary": "x"})
    ada.post(f"{PATH}/look", form)
    assert drafts(app.state.shelf.store.engine) == ()


def test_what_is_kept_a_moment_after_it_was_saved_is_no_draft(ada):
    form = {**ada.form(PATH), "summary": "Saved."}
    ada.post(PATH, form)
    ada.post(f"{PATH}/look", form)
    assert "This is what you typed" not in ada.get(PATH).text


def test_a_new_entry(ada, folder):
    form = ada.form("/desk/entries/new")
    answer = ada.post("/desk/entries/new", {**form, "title": "Fresh", "url": "https://f.example/"})
    assert answer.status_code == 200
    assert str(answer.url).endswith(f"{stored(folder).entries[-1].id}?saved=yes")
    assert stored(folder).entries[-1].title == "Fresh"


def test_titles_for_references(ada):
    found = ada.get("/desk/entries/find/titles?q=promises").json()
    titles = [one["title"] for one in found]
    assert titles == ["Promises that are kept", "Repeated promises among strangers"]
    assert found[0]["beside"] == "CW #1 · Contracts"
    assert ada.get("/desk/entries/find/titles?q=zzz").json() == []


def test_hostile_text_in_every_field_is_text(ada, folder):
    form = ada.form("/desk/entries/new")
    skip = {"csrf", "before", "url", "rating", "email_status", "public", "part_of", "case"}
    hostile = {name: f'{SCRIPT}" onload="x' for name in form if name not in skip}
    answer = ada.post("/desk/entries/new", {**form, **hostile})
    assert answer.status_code == 200
    name = stored(folder).entries[-1].id
    for path in ("/desk?queue=all", f"/desk/entries/{name}", "/desk/calendar", "/desk/issues"):
        page = ada.get(path).text
        assert SCRIPT not in page
        assert '" onload="' not in page


def test_broken_requests_are_errors_of_the_form(ada):
    for before in ("", "{", "[]", '{"title": 1}', "[" * 50_000):
        answer = ada.post(PATH, {"before": before, "title": "x"})
        assert answer.status_code == 422
        assert "not whole" in answer.text
    assert ada.get("/desk/entries/QQQQQQQQQQ").status_code == 404
    assert ada.post("/desk/entries/QQQQQQQQQQ", ada.form(PATH)).status_code == 404
    long = {**ada.form(PATH), "summary": "x" * 300_000}
    assert ada.post(PATH, long).status_code == 422


def test_failures_are_pages_for_people_and_json_for_programs(ada):
    assert "<h1>" in ada.get("/desk/entries/QQQQQQQQQQ").text
    plain = ada.client.get("/desk/entries/QQQQQQQQQQ", headers={"accept": "*/*"})
    assert json.loads(plain.text)["error"]["code"] == "unknown"


def test_a_cell_that_could_not_be_read_is_decided_at_the_desk(ada, app, folder):
    store = app.state.shelf.store
    store.save_entries([replace(stored(folder).by_id["BBBBBBBBBB"], public=Publicity.NO)])
    with transaction(store.engine, writes=True) as connection:
        cells = {("BBBBBBBBBB", "public"): Cell("perhaps")}
        write_cells(connection, ["BBBBBBBBBB"], ["public"], cells)
    entry = stored(folder).by_id["BBBBBBBBBB"]
    page = ada.get(PATH).text
    assert '<option value="perhaps" selected>perhaps (unknown)</option>' in page
    assert "unknown word: “perhaps”" in page
    form = ada.form(PATH)
    typed = {**form, "public": "No"}
    assert "perhaps" not in ada.post(f"{PATH}/look", typed).text
    assert "unknown word: “perhaps”" in ada.post(f"{PATH}/look", form).text
    assert "Saved." in ada.post(PATH, typed).text
    assert "perhaps" not in ada.get(PATH).text
    assert ada.form(PATH)["public"] == "No"
    assert stored(folder).by_id["BBBBBBBBBB"] == entry
