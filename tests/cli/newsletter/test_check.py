from dataclasses import replace

import pytest

from cli.newsletter.publications import PENDING, publication
from comity.cli import main


def check(folder, capsys, *arguments):
    status = main(["newsletter", "check", *arguments, "--folder", str(folder)])
    return status, *capsys.readouterr()


def test_a_sound_publication_is_said_to_be_sound(tmp_path, capsys):
    publication(tmp_path).close()
    assert check(tmp_path, capsys) == (0, "Weekly: nothing is wrong\n", "")
    assert check(tmp_path, capsys, "1") == (0, "W #1: nothing is wrong\n", "")


@pytest.mark.parametrize("arguments", [(), ("2",)])
def test_every_fault_is_named_and_what_stops_an_issue_makes_the_status(tmp_path, capsys, arguments):
    wrong = replace(PENDING, issue=2, summary="<@Nobody@>", summarizer="")
    publication(tmp_path, wrong).close()
    status, out, err = check(tmp_path, capsys, *arguments)
    assert status == 2
    assert out.endswith("2 faults, 1 of which must be mended before sending\n")
    assert err.splitlines() == [
        'issue 2, "Play", Summarizer: nobody is named who wrote the summary',
        "issue 2, \"Play\", summary: no entry has the title that is referred to (found 'Nobody')",
    ]


def test_what_stops_nothing_is_told_all_the_same(tmp_path, capsys):
    publication(tmp_path, replace(PENDING, issue=2, summarizer="")).close()
    status, out, _ = check(tmp_path, capsys, "2")
    assert (status, out) == (0, "W #2: 1 fault, which does not stop it\n")


def test_an_unknown_issue_is_refused(tmp_path, capsys):
    publication(tmp_path).close()
    status, _, err = check(tmp_path, capsys, "7")
    assert status == 2
    assert "issue 7: there is no such issue" in err
