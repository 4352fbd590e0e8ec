"""Editors at the desk, in browsers: writing, looking, saving against each other, composing."""

from collections.abc import Callable, Iterator

import pytest

from newsletter_desk import stored, write_folder
from newsletter_serving import Desk, enter, write
from rooms_people import Person

pytestmark = pytest.mark.browser

ENTRY = "/desk/entries/BBBBBBBBBB"


@pytest.fixture
def desk(tmp_path) -> Iterator[Desk]:
    running = Desk(write_folder(tmp_path / "publication"))
    yield running
    running.stop()


@pytest.fixture
def editor(browser, desk) -> Iterator[Callable[..., Person]]:
    """A function that seats somebody at the desk; fails on what a page complains of."""
    people: list[Person] = []

    def seat(name: str, **options) -> Person:
        people.append(Person(browser, desk.url, **options))
        return enter(people[-1], desk, name)

    yield seat
    for one in people:
        one.context.close()
    assert [complaint for one in people for complaint in one.complaints] == []


def test_the_preview_and_the_checks_follow_the_text(editor, desk):
    ada = editor("Ada")
    ada.go(ENTRY)
    write(ada, "summary", "A *new* summary of <@Promises that are kept@> and <@Nothing known@>.")
    ada.reads("#beside .preview", "A new summary of Promises that are kept (CW #1)")
    ada.reads("#beside .checks", "Nothing known", "stops its issue")
    ada.reads("#kept", "Draft kept at")
    write(ada, "summary", "A *new* summary of <@Promises that are kept@>.")
    ada.reads("#beside .checks", "Nothing is wrong")
    ada.page.click("#entry button[type=submit]")
    ada.reads("#told", "Saved.")
    summary = stored(desk.folder).by_id["BBBBBBBBBB"].summary
    assert summary == "A *new* summary of <@@>(@#AAAAAAAAAA@)."


def test_what_is_typed_outlives_the_window(editor, desk):
    ada = editor("Ada")
    ada.go(ENTRY)
    write(ada, "opinion", "Not saved yet.")
    ada.reads("#kept", "Draft kept at")
    ada.go("/desk?queue=all")
    ada.reads("#queue", "unsaved by Ada")
    ada.go(ENTRY)
    ada.holds("#f-opinion", "Not saved yet.")
    ada.reads("#told", "This is what you typed")
    ada.page.click("#told button")
    ada.hides("#told")
    ada.sees("#entry[data-alive]")
    assert stored(desk.folder).by_id["BBBBBBBBBB"].opinion.startswith("I am [not convinced]")


def test_of_two_editors_the_later_is_told_and_nothing_is_lost(editor, desk):
    ada, bo = editor("Ada"), editor("Bo")
    for one in (ada, bo):
        one.go(ENTRY)
    write(ada, "summary", "Ada wrote this.")
    write(bo, "summary", "Bo wrote that.")
    ada.page.click("#entry button[type=submit]")
    ada.reads("#told", "Saved.")
    bo.forgiven = ("409",)
    bo.page.click("#entry button[type=submit]")
    bo.reads("#told", "Somebody else saved this entry")
    bo.reads("#conflict-summary", "Ada wrote this.")
    bo.holds("#f-summary", "Bo wrote that.")
    bo.page.click("#conflict-summary .take")
    bo.holds("#f-summary", "Ada wrote this.")
    write(bo, "summary", "Ada wrote this, and Bo added.")
    bo.page.click("#entry button[type=submit]")
    bo.reads("#told", "Saved.")
    assert stored(desk.folder).by_id["BBBBBBBBBB"].summary == "Ada wrote this, and Bo added."


def test_titles_are_offered_while_a_reference_is_typed(editor):
    ada = editor("Ada")
    ada.go(ENTRY)
    write(ada, "read_more", "")
    ada.page.locator("#f-read_more").press_sequentially("See <@promises")
    ada.reads("#f-read_more + .titles", "Promises that are kept", "CW #1 · Contracts")
    ada.page.keyboard.press("ArrowDown")
    ada.sees("#f-read_more + .titles li:nth-child(2)[aria-selected=true]")
    ada.page.keyboard.press("ArrowUp")
    ada.sees("#f-read_more + .titles li:nth-child(1)[aria-selected=true]")
    ada.page.keyboard.press("Enter")
    ada.holds("#f-read_more", "See <@Promises that are kept@>")
    ada.hides("#f-read_more + .titles")


def test_a_category_is_suggested_and_a_duplicate_warned_of(editor):
    ada = editor("Ada")
    ada.go("/desk/entries/new")
    write(ada, "title", "Votes that count!")
    ada.reads("#duplicates", "Votes that count", "nearly the same title")
    ada.page.locator("#suggested button", has_text="Voting").click()
    ada.holds("#f-category", "Voting")


def test_a_new_entry_goes_into_an_issue_and_is_moved(editor, desk):
    ada = editor("Ada")
    ada.sees("body[data-alive]")
    ada.page.keyboard.press("n")
    write(ada, "title", "Fresh from the press")
    ada.page.select_option("#f-category", "Communication")
    ada.page.select_option("#f-public", "Yes")
    ada.page.keyboard.press("Control+s")
    ada.reads("#told", "Saved.")
    ada.go("/desk/issues/3")
    ada.page.locator("summary", has_text="Waiting for an issue").click()
    ada.page.get_by_label("Fresh from the press").check()
    ada.page.click("text=Put into CW #3")
    ada.reads(".group:has-text('Communication')", "In the draft", "Fresh from the press")
    ada.page.get_by_label("Move Fresh from the press up").click()
    ada.reads(".group:has-text('Communication') li:first-child", "Fresh from the press")
    titles = [e.title for e in stored(desk.folder).by_issue[3] if e.category == "Communication"]
    assert titles == ["Fresh from the press", "In the draft"]


def test_the_queue_by_keyboard(editor):
    ada = editor("Ada")
    ada.go("/desk?queue=all&sort=title")
    ada.sees("body[data-alive]")
    for key, place in (("j", 1), ("j", 2), ("k", 1)):
        ada.page.keyboard.press(key)
        ada.sees(f"#queue li:nth-child({place}) .name:focus")
    ada.page.keyboard.press("/")
    ada.sees("#q:focus")
    ada.page.keyboard.type("cheap")
    ada.page.keyboard.press("Enter")
    ada.counts("#queue li", 2)
    ada.sees("body[data-alive]")
    ada.page.keyboard.press("j")
    ada.sees("#queue li:first-child .name:focus")
    ada.page.keyboard.press("Enter")
    ada.sees("#entry[data-alive]")


def test_a_file_of_references_is_imported(editor, desk, tmp_path):
    file = tmp_path / "new.bib"
    file.write_text("@misc{a, title={Brand new}}\n@misc{b, title={Votes that count}}\n", "utf-8")
    ada = editor("Ada")
    ada.go("/desk/import")
    ada.page.set_input_files("#file", file)
    ada.page.click("main button[type=submit]")
    ada.reads("#told", "2 references, of which 1 seems new")
    ada.page.click("main button[type=submit]")
    ada.reads("#told", "1 entry is in the queue")
    assert stored(desk.folder).entries[-1].title == "Brand new"


def test_hostile_text_runs_nowhere(editor):
    ada = editor("Ada")
    ada.go("/desk/entries/new")
    hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    ada.sees("#entry[data-alive]")
    ada.page.click("#entry summary")
    for field in ("title", "authors", "venue", "summary", "opinion", "topics"):
        write(ada, field, f"{hostile} {field}")
    ada.reads("#beside .preview", "onerror=alert(1)", "opinion")
    ada.page.click("#entry button[type=submit]")
    ada.reads("#told", "Saved.")
    ada.go("/desk?queue=all")
    ada.reads("#queue", "<script>alert(2)</script> title")
    ada.counts("main img, main script", 0)


PAGES = ["/desk?queue=all", ENTRY, "/desk/entries/new", "/desk/issues", "/desk/issues/3",
         "/desk/import", "/desk/replies", "/desk/searches", "/desk/calendar",
         f"{ENTRY}/errata"]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_fault_on_any_page(editor, scheme):
    ada = editor("Ada", color_scheme=scheme)
    for path in PAGES:
        ada.go(path)
        ada.sees("footer")
        assert ada.faults() == [], path


def test_everything_fits_a_phone(editor):
    ada = editor("Ada", viewport={"width": 360, "height": 740})
    for path in PAGES:
        ada.go(path)
        ada.sees("footer")
        ada.until("document.documentElement.scrollWidth <= innerWidth")
