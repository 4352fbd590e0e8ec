"""`comity newsletter search`: among what editors know, or among what is public."""

import pytest

from cli.newsletter.publications import publication
from comity.cli import main


@pytest.fixture
def folder(tmp_path):
    publication(tmp_path).close()
    return tmp_path


def run(folder, capsys, *arguments):
    status = main(["newsletter", "search", *arguments, "--folder", str(folder)])
    return status, capsys.readouterr().out


def test_hits_come_with_their_issue_and_snippet(folder, capsys):
    status, out = run(folder, capsys, "words")
    assert status == 0
    assert out == "1 entry\n\nTrust  [W #1, Games, TRUST]\n  Words.\n"


def test_readers_find_what_is_public(folder, capsys):
    assert run(folder, capsys, "secret")[1].startswith("1 entry\n")
    assert run(folder, capsys, "secret", "--public")[1] == "0 entries\n"
    assert run(folder, capsys, "--public")[1].startswith("1 entry\n")


def test_filters(folder, capsys):
    assert run(folder, capsys, "--highlights")[1].startswith("1 entry\n\nPlay")
    assert run(folder, capsys, "--category", "Games", "--limit", "1")[1].startswith("2 entries\n")
    assert run(folder, capsys, "--issue", "9")[1] == "0 entries\n"


@pytest.mark.parametrize("query", ["AND OR (", '"', "title:*", "-"])
def test_no_query_is_an_error(folder, capsys, query):
    assert main(["newsletter", "search", "-f", str(folder), "--", query]) == 0
