"""`comity newsletter import`: whole or, where anything is wrong, not at all."""

import pytest

from comity.cli import main
from comity.newsletter.publication.reading import read_publication
from comity.newsletter.store.store import Store

SOUND = "Title,Category,Email,Highlight?\nFair play,News,FP #1,x\nFoul play,News,FP #1,\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "publication.toml").write_text(
        'name = "Fair"\nshort = "FP"\ncategories = ["News"]\n'
    )
    return tmp_path


def run(folder, capsys, text, *options):
    path = folder / "sheet.csv"
    path.write_text(text, encoding="utf-8")
    status = main(["newsletter", "import", str(path), "--folder", str(folder), *options])
    return status, *capsys.readouterr()


def titles(folder):
    store = Store.open(folder)
    found = [entry.title for entry in store.load().entries]
    store.close()
    return found


def test_a_sound_sheet_is_stored(folder, capsys):
    status, out, err = run(folder, capsys, SOUND)
    assert (status, err) == (0, "")
    assert out.splitlines()[:3] == [
        "sheet.csv: 2 rows in the public form",
        "  2 new, 0 changed, 0 as they were",
        "  1 issue, 0 references between entries",
    ]
    assert titles(folder) == ["Fair play", "Foul play"]
    assert "2 as they were" in run(folder, capsys, SOUND)[1]


def test_every_fault_is_named_and_nothing_is_stored(folder, capsys):
    status, out, err = run(folder, capsys, SOUND + "Fair play,New,soon,maybe\n,News,,\n")
    assert (status, out) == (2, "")
    lines = err.splitlines()
    assert [line.partition(":")[0] for line in lines[:5]] == [
        "row 4, Category",
        "row 4, Email",
        "row 4, Highlight?",
        "row 4, Title",
        "row 5, Title",
    ]
    assert "not categories of this publication: 'New'" in lines
    assert "5 faults; nothing was imported (--with-faults" in " ".join(lines)
    assert titles(folder) == []


def test_with_faults_every_row_is_stored(folder, capsys):
    status, out, err = run(folder, capsys, SOUND + "Fair play,New,soon,maybe\n", "--with-faults")
    assert status == 0
    assert "3 rows in the public form, 4 faults kept as they are" in out
    assert len(err.splitlines()) == 4
    assert titles(folder) == ["Fair play", "Foul play", "Fair play"]


def test_categories_are_adopted(folder, capsys):
    text = SOUND + "Other,New,,\nMore,Newer,,\n"
    status, out, _ = run(folder, capsys, text, "--adopt-categories")
    assert status == 0
    assert "categories added: New, Newer" in out
    assert read_publication(folder).category_names == ("News", "New", "Newer")


def test_nothing_is_adopted_where_other_faults_stay(folder, capsys):
    assert run(folder, capsys, SOUND + "Other,New,soon,\n", "--adopt-categories")[0] == 2
    assert read_publication(folder).category_names == ("News",)


def test_a_dry_run_stores_nothing(folder, capsys):
    status, out, _ = run(folder, capsys, SOUND + "Other,New,,\n", "--adopt-categories", "--dry-run")
    assert (status, "dry run" in out) == (0, True)
    assert titles(folder) == []
    assert read_publication(folder).category_names == ("News",)


def test_entries_that_the_sheet_lacks(folder, capsys):
    run(folder, capsys, SOUND)
    less = SOUND.replace("Fair play,News,FP #1,x\n", "")
    assert "1 entry of the database not in the sheet: kept behind" in run(folder, capsys, less)[1]
    assert titles(folder) == ["Foul play", "Fair play"]
    assert "erased" in run(folder, capsys, less, "--remove-missing")[1]
    assert titles(folder) == ["Foul play"]


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        ("Name,Age\n", (), "no row of headings"),
        (SOUND, ("--form", "secret"), "no such form"),
        (SOUND, ("--encoding", "klingon"), "no such encoding"),
        ('Title,Category,Year\n"open,1,2\n', (), "the table is broken"),
    ],
)
def test_what_is_no_sheet_is_refused(folder, capsys, text, options, words):
    status, out, err = run(folder, capsys, text, *options)
    assert (status, out) == (2, "")
    assert words in " ".join(err.split())


def test_latin_1_may_be_named(folder, capsys):
    path = folder / "sheet.csv"
    path.write_bytes(SOUND.replace("Foul", "Café").encode("latin-1"))
    arguments = ["newsletter", "import", str(path), "--folder", str(folder)]
    assert main(arguments) == 2
    assert "the text is not UTF-8" in " ".join(capsys.readouterr().err.split())
    assert main([*arguments, "--encoding", "latin-1"]) == 0
    assert "Café play" in titles(folder)


def test_a_new_order_is_no_change(folder, capsys):
    run(folder, capsys, SOUND)
    first, *rest = SOUND.splitlines(keepends=True)
    out = run(folder, capsys, first + "".join(reversed(rest)))[1]
    assert "  0 new, 0 changed, 2 as they were\n  1 entry moved to another place\n" in out


def test_emptied_texts_are_counted_and_named(folder, capsys):
    heads = "Title,Category,Email,Summarizer,Summary\n"
    run(folder, capsys, heads + "".join(f"T{k},News,FP #1,Dana,Words.\n" for k in range(23)))
    blank = heads + "".join(f"T{k},News,FP #1,Dana,\n" for k in range(23))
    lines = run(folder, capsys, blank)[1].splitlines()
    place = lines.index("  23 texts of 23 entries emptied:")
    assert lines[place + 1] == "    T0 (Summary)"
    assert lines[place + 21] == "    and 3 more"


def test_what_readers_may_see_comes_back_without_loss(folder, capsys):
    heads = "Rec?,Title,Category,Email status,Public?,Notes,Email,Summarizer,Summary\n"
    run(
        folder,
        capsys,
        heads
        + "7,Link,News,Sent,Link only,n,FP #1,Dana,Kept.\n"
        + ",Mine,News,,No,,,Dana,Mine.\n"
        + "8,Shown,News,Sent,Yes,,FP #1,Dana,See <@Mine@>.\n",
    )
    store = Store.open(folder)
    before = {
        entry.title: (entry.summary, entry.rating, entry.notes) for entry in store.load().entries
    }
    path = folder / "public.csv"
    at = ["--folder", str(folder)]
    assert main(["newsletter", "export", str(path), "--form", "public", *at]) == 0
    assert "(withheld)" in path.read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["newsletter", "import", str(path), "--remove-missing", *at]) == 0
    out = capsys.readouterr().out
    assert "0 new, 0 changed, 2 as they were" in out
    assert "1 entry of the database that the public form never shows: kept" in out
    assert {e.title: (e.summary, e.rating, e.notes) for e in store.load().entries} == before
    path.write_text(path.read_text(encoding="utf-8").replace("See", "Do see"), encoding="utf-8")
    assert main(["newsletter", "import", str(path), *at]) == 0
    assert "1 entry with a changed text that was not taken" in capsys.readouterr().out
    store.close()


def test_without_any_categories_each_is_named_once(folder, capsys):
    path = folder / "publication.toml"
    path.write_text('name = "Fair"\nshort = "FP"\n')
    status, out, err = run(folder, capsys, SOUND + "Other,Views,soon,\nMore,views ,,\n")
    assert (status, out) == (2, "")
    lines = err.splitlines()
    assert lines[0].startswith("row 4, Email:")
    assert lines[1:5] == [
        "category 'News': 2 rows",
        "category 'Views': 2 rows",
        "this publication has no categories yet",
        "--adopt-categories adds them to publication.toml",
    ]
    assert "5 faults; nothing was imported" in " ".join(lines)


def test_advice_is_told_and_stops_nothing(tmp_path, capsys):
    main(["newsletter", "init", str(tmp_path / "w"), "--name", "W", "--short", "W"])
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("Title,Category,Year\nFair\u200b play,A,\nTrust,a,\n", encoding="utf-8")
    capsys.readouterr()
    place = ["--folder", str(tmp_path / "w")]
    assert main(["newsletter", "import", str(sheet), "--adopt-categories", *place]) == 0
    out, err = capsys.readouterr()
    assert [line.split(": ")[:2] for line in err.splitlines()] == [
        ["advice", "row 2, Title"], ["advice", "row 3, Category"]
    ]  # fmt: skip
    assert "  categories added: A\n" in out
    assert "  2 cells to look at: see the advice\n" in out


def test_how_much_is_public_is_said_where_no_cell_says_it(folder, capsys):
    assert "  no column Public?: 2 rows public\n" in run(folder, capsys, SOUND)[1]
    assert "Public?:" not in run(folder, capsys, SOUND)[1]  # nothing is new
    editors = (
        "Title,Category,Notes,Email,Email status\nThree,News,a,FP #1,Sent\nFour,News,b,,\n"
        "Five,News,c,,\n"
    )
    said = "  no column Public?: 1 row public, 2 rows withheld until it is decided\n"
    assert said in run(folder, capsys, editors)[1]
    decided = "Title,Category,Notes,Public?\nSix,News,a,\n"
    assert "no column" not in run(folder, capsys, decided)[1]


def test_issues_that_no_cell_says_to_be_sent_are_said(folder, capsys):
    notes = "Title,Category,Notes,Email\nThree,News,a,FP #4\nFour,News,b,FP #5\n"
    out = run(folder, capsys, notes)[1]
    assert "  no column Email status: 2 issues not sent yet\n" in out
    assert "nobody knows" not in out
    sent = "Title,Category,Notes,Email,Email status\nFive,News,a,FP #6,Sent\n"
    out = run(folder, capsys, sent)[1]
    assert "no column Email status" not in out
    assert "  1 issue sent on a day that nobody knows: `issues import`" in out
