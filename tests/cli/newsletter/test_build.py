"""`comity newsletter build` as an editor uses it."""

import os
import signal
import subprocess
import sys
from dataclasses import replace

import pytest

from comity.cli import main
from comity.newsletter.store.store import Store
from newsletter_small import ARCHIVE, put_publication

# Jobs in the background are begun with Ctrl-C ignored, and the tests may be one.
HEARS = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
STOPPED_MIDWAY = (
    HEARS + "import os, signal; from comity.newsletter.editions import build; "
    "build.feeds = lambda site: os.kill(os.getpid(), signal.SIGINT) or iter(()); "
    "from comity.cli import main; raise SystemExit(main())"
)


@pytest.fixture
def folder(tmp_path):
    without_case = tuple(replace(e, case=None) for e in ARCHIVE.entries)
    return put_publication(tmp_path / "news", archive=replace(ARCHIVE, entries=without_case))


@pytest.fixture
def faulty(tmp_path):
    entries = tuple(
        replace(e, case=None, opinion="As <@nobody@>(@No such title@) and <@@>(@#JJJJJJJJJJ@) say.")
        for e in ARCHIVE.entries
        if e.id != "DDDDDDDDDD"
    )
    return put_publication(tmp_path / "news", archive=replace(ARCHIVE, entries=entries))


def test_it_builds_and_says_where(folder, capsys):
    assert main(["newsletter", "build", "-f", str(folder)]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"{folder / 'out/site/index.html'}: ")
    assert said.err == ""
    assert (folder / "out/site/index.html").is_file()


def test_the_mails_of_all_sent_issues_are_there_too(folder, capsys, monkeypatch):
    opened = []
    monkeypatch.setattr("typer.launch", opened.append)
    assert main(["newsletter", "build", "-f", str(folder), "--open"]) == 0
    sent = [issue.number for issue in ARCHIVE.issues if not issue.is_draft]
    names = {f"{number}.{ending}" for number in sent for ending in ("html", "txt", "eml")}
    assert {file.name for file in (folder / "out/mail").iterdir()} == names
    assert f"{len(sent)} issues" in capsys.readouterr().out
    assert opened == [(folder / "out/site/index.html").as_uri()]


def test_faults_stop_it_and_all_are_listed(faulty, capsys):
    assert main(["newsletter", "build", "-f", str(faulty)]) == 2
    said = capsys.readouterr().err
    assert said.count("unresolved reference: ") == 7
    later = said.count("reference to something later: ")
    assert later + said.count("reference to something withheld: ") == 7
    assert 'issue 1, "Promises that are kept", opinion' in said
    assert "nothing was built" in said
    assert not (faulty / "out/site").exists()


def test_with_the_flag_they_are_listed_and_it_goes_on(faulty, capsys):
    assert main(["newsletter", "build", "-f", str(faulty), "--anyway", "-q"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "unresolved reference: " in said.err
    page = (faulty / "out/site/entries/AAAAAAAAAA/index.html").read_text("utf-8")
    assert "As nobody and (withheld) say." in page
    assert "Unseen title" not in page


def test_each_audience_has_its_own_site(folder, capsys):
    assert main(["newsletter", "build", "-f", str(folder), "--audience", "internal"]) == 0
    assert "Unseen title" in (folder / "out/internal/issues/2/index.html").read_text("utf-8")
    assert not (folder / "out/site").exists()


def test_ctrl_c_leaves_what_was_there(folder):
    assert main(["newsletter", "build", "-q", "-f", str(folder)]) == 0
    page = folder / "out/site/index.html"
    page.write_text("as it was")
    done = subprocess.run(
        [sys.executable, "-c", STOPPED_MIDWAY, "newsletter", "build", "-f", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ},
    )
    assert done.returncode == 128 + signal.SIGINT
    assert "stopped by Ctrl-C; nothing was written" in done.stderr
    assert page.read_text() == "as it was"
    assert sorted(p.name for p in (folder / "out").iterdir()) == ["mail", "site"]


def test_a_folder_that_is_no_publication_is_named(tmp_path, capsys):
    assert main(["newsletter", "build", "-f", str(tmp_path)]) == 2
    assert "no settings" in capsys.readouterr().err


def test_a_text_that_no_workbook_holds_is_named_and_keeps_nothing_from_being_built(
    tmp_path, capsys
):
    whole = "many words " * 4_000
    entries = tuple(
        replace(e, case=None, summary=whole if e.id == "AAAAAAAAAA" else e.summary)
        for e in ARCHIVE.entries
    )
    news = put_publication(tmp_path / "news", archive=replace(ARCHIVE, entries=entries))
    run = ["newsletter", "build", "-q", "-f", str(news)]
    assert main(run) == 2
    said = capsys.readouterr().err
    place = 'too long: issue 1, "Promises that are kept", Summary: 44,000 characters'
    assert place in said
    assert "sheet.csv all of it" in said
    assert not (news / "out/site").exists()
    assert main([*run, "--anyway"]) == 0
    assert place in capsys.readouterr().err
    assert whole.strip() in (news / "out/site/sheet.csv").read_text("utf-8")
    # No way back takes the text away: one workbook says that it is cut, the other is refused.
    sheet = str(news / "out/site/sheet.xlsx")
    assert main(["newsletter", "import", sheet, "-f", str(news)]) == 2
    assert "Summary: only the beginning of the text is here" in capsys.readouterr().err
    assert main(["newsletter", "import", sheet, "--with-faults", "-f", str(news)]) == 0
    assert "emptied" not in capsys.readouterr().out
    editors = tmp_path / "editors.xlsx"
    assert main(["newsletter", "export", str(editors), "-f", str(news)]) == 2
    refused = capsys.readouterr().err
    assert "row 2, Summary" in refused
    assert "a .csv file holds it" in refused
    assert not editors.exists()
    table = str(tmp_path / "editors.csv")
    assert main(["newsletter", "export", table, "-f", str(news)]) == 0
    assert main(["newsletter", "import", table, "-f", str(news), "--with-faults"]) == 0
    store = Store.open(news)
    assert store.load().entries[0].summary == whole.strip()
    store.close()
