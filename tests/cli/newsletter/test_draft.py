from dataclasses import replace

from cli.newsletter.publications import publication
from comity.cli import main
from comity.newsletter.model.columns import Publicity
from comity.newsletter.store.store import Store


def load(folder):
    store = Store.open(folder)
    archive = store.load()
    store.close()
    return archive


def draft(folder, capsys, *arguments):
    status = main(["newsletter", "draft", *arguments, "--folder", str(folder)])
    return status, *capsys.readouterr()


def test_what_is_pending_makes_the_next_issue(tmp_path, capsys):
    (tmp_path / "opening.md").write_text("After <@Trust@>.\n")
    publication(tmp_path).close()
    status, out, _ = draft(
        tmp_path, capsys, "--title", "Second", "--date", "2026-11-26",
        "--opening", str(tmp_path / "opening.md"),
    )  # fmt: skip
    assert status == 0
    assert out.splitlines() == [
        "W #2, Second: 1 entry, 1 highlight",
        "  added: Play",
        "W #2: nothing is wrong",
    ]
    archive = load(tmp_path)
    issue = archive.issue(2)
    assert (issue.title, issue.date, issue.is_draft) == ("Second", "2026-11-26", True)
    assert issue.opening == "After <@@>(@#TRUST@)."
    assert issue.created
    assert (archive.by_id["PLAY"].issue, archive.by_id["PLAY"].email) == (2, "W #2")


def test_what_is_given_later_leaves_the_rest_as_it_is(tmp_path, capsys):
    (tmp_path / "end.md").write_text("Write for us.")
    publication(tmp_path).close()
    draft(tmp_path, capsys, "--title", "Second")
    _, out, _ = draft(tmp_path, capsys, "--closing", str(tmp_path / "end.md"))
    assert out.startswith("W #2, Second: 1 entry, 1 highlight\nW #2: ")
    assert load(tmp_path).issue(2).closing == "Write for us."


def test_show_changes_nothing(tmp_path, capsys):
    publication(tmp_path).close()
    before = load(tmp_path)
    status, out, _ = draft(tmp_path, capsys, "--show")
    assert (status, out) == (0, "W #2: 1 entry, 1 highlight\n  would be added: Play\n")
    assert load(tmp_path) == before


def test_what_is_no_day_and_what_is_no_file_are_named(tmp_path, capsys):
    publication(tmp_path).close()
    status, _, err = draft(tmp_path, capsys, "--date", "tomorrow")
    assert (status, "--date: not a day (found tomorrow; expected YYYY-MM-DD)" in err) == (2, True)
    status, _, err = draft(tmp_path, capsys, "--opening", str(tmp_path / "none.md"))
    assert (status, "none.md" in err) == (2, True)
    assert load(tmp_path).issue(2) is None


def test_what_readers_will_not_see_is_named_as_such(tmp_path, capsys):
    store = publication(tmp_path)
    archive = store.load()
    store.save_entries([replace(archive.by_id["PLAY"], public=Publicity.NO)])
    store.close()
    _, out, _ = draft(tmp_path, capsys, "--show")
    assert out.splitlines() == [
        "W #2: 0 entries, 0 highlights; 1 more that readers will not see",
        "  would be added: Play (readers will not see it)",
    ]
