import json

import pytest

from comity.cli import main
from comity.cli.newsletter._post import readers_of
from comity.core.database import transaction
from comity.newsletter.delivery.keys import make_secret
from comity.newsletter.delivery.suppression import Reason, suppress
from comity.newsletter.store.store import Store

LIST = """\
address,source,consented,name
ann@example.org,Workshop 2025,2025-06-01,Ann
bob@example.org,Workshop 2025,2025-06-02,
"""


@pytest.fixture
def run(tmp_path, capsys):
    (tmp_path / "publication.toml").write_text('name = "Commons Weekly"\nshort = "CW"\n')
    make_secret(tmp_path)

    def readers(*arguments):
        status = main(["newsletter", "readers", *arguments, "--folder", str(tmp_path)])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return readers


@pytest.fixture
def bring(run, tmp_path):
    def brought(text, *options):
        path = tmp_path / "list.csv"
        path.write_text(text)
        return run("import", str(path), *options)

    return brought


def test_from_a_list_to_its_readers(run, bring):
    assert bring(LIST) == (0, "2 readers added\n", "")
    status, out, err = run("list")
    assert status == 0
    assert [line.split()[2] for line in out.splitlines()] == ["ann@example.org", "bob@example.org"]
    assert err == "2 readers\n"
    told = json.loads(run("list", "--json", "--standing", "reading")[1])
    assert [reader["address"] for reader in told["readers"]] == [
        "ann@example.org",
        "bob@example.org",
    ]
    assert run("list", "--standing", "left")[1] == ""


def test_faults_of_a_list_are_named_by_row(run, bring):
    status, out, err = bring(LIST + "eve,x,2025-01-01,\n")
    assert status == 2
    assert out == "0 readers added; 1 row not\n"
    assert err == "row 4, address: not a mail address (found 'eve')\n"
    assert bring(LIST + "eve,x,2025-01-01,\n", "--partly")[0] == 0
    assert run("list")[2] == "2 readers\n"


def test_own_data_and_to_be_forgotten(run, bring):
    bring(LIST)
    kept = json.loads(run("export", "ANN@example.org")[1])
    assert kept["reader"]["address"] == "ann@example.org"
    assert kept["consents"][0]["source"] == "Workshop 2025"
    status, out, err = run("forget", "ann@example.org")
    assert (status, out) == (0, "erased: reader\n")
    assert err == "named still in the file list.csv\n"
    kept = "nothing was kept; the address stays off all lists\n"
    assert run("forget", "carol@example.org") == (0, kept, "")
    kept = json.loads(run("export", "ann@example.org")[1])
    assert kept["suppressed"]["reason"] == "its reader asked to be forgotten"
    status, _, err = run("export", "dora@example.org")
    assert status == 2
    assert "nothing is kept" in err
    status, _, err = bring(LIST, "--partly")
    assert "asked to be forgotten" in err


@pytest.mark.parametrize(
    "arguments", [("list", "--standing", "x"), ("export", "x"), ("forget", "")]
)
def test_bad_input_is_one_line(run, arguments):
    status, _, err = run(*arguments)
    assert status == 2
    assert err.count("\n") == 1


def test_who_gets_no_mail_although_they_read_is_told(run, bring, tmp_path):
    bring(LIST)
    with Store.open(tmp_path) as store:
        readers = readers_of(store)
        hidden = readers.secret.hide("bob@example.org")
        with transaction(store.engine, writes=True) as connection:
            suppress(connection, hidden, Reason.RETURNED, readers.clock())
    ann, bob = run("list")[1].splitlines()
    assert ann.endswith("ann@example.org")
    assert bob.endswith("bob@example.org  gets no mail: mail to it came back")
    told = json.loads(run("list", "--json")[1])["readers"]
    assert [reader["silent"] for reader in told] == ["", "mail to it came back"]
