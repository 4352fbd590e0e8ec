"""The calendar at the desk."""

from dataclasses import replace

from comity.newsletter.store.store import Store


def test_missed_weeks_and_the_next_one(ada):
    page = ada.get("/desk/calendar").text
    assert "1 was missed" in page
    assert "19 November 2026</b>missed" in page
    assert "The next is due on 26 November 2026." in page


def test_circles_of_prerequisites_are_named(ada, app):
    store: Store = app.state.shelf.store
    by_id = store.load().by_id
    ring = [
        replace(by_id[one], prerequisites=f"<@@>(@#{other}@)")
        for one, other in (("AAAAAAAAAA", "BBBBBBBBBB"), ("BBBBBBBBBB", "AAAAAAAAAA"))
    ]
    assert "go in circles" not in ada.get("/desk/calendar").text
    store.save_entries(ring)
    page = ada.get("/desk/calendar").text
    assert "go in circles" in page
    assert page.index("Promises that are kept") < page.index("Cheap talk")
