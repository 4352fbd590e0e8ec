import pytest

from comity.core.database import transaction
from comity.core.errors import InputError
from comity.newsletter.delivery.addresses import parse
from comity.newsletter.delivery.disclosing import disclose
from comity.newsletter.delivery.importing import import_readers
from comity.newsletter.delivery.readers import Origin, Standing
from comity.newsletter.delivery.suppression import Reason, suppress

HEAD = "address,source,consented,name\n"


@pytest.fixture
def bring(office, tmp_path):
    def run(text, **settings):
        path = tmp_path / "list.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return import_readers(path, office.readers, **settings)

    return run


def test_a_list_brings_readers_with_source_and_time(bring, office):
    report = bring(HEAD + 'ann@example.org,Workshop 2025,2025-06-01,"Reader, Ann"\n')
    assert not report.faults
    kept = disclose(office.readers, parse("ann@example.org"))
    assert kept["reader"]["name"] == "Reader, Ann"
    assert kept["reader"]["state"] == "reading"
    (act,) = kept["consents"]
    assert act == {
        "time": "2025-06-01T00:00:00+00:00",
        "act": "imported",
        "source": "Workshop 2025",
        "wording": "of the list",
        "network": "",
    }


def test_headings_of_other_programs_and_semicolons_are_understood(bring):
    text = "\ufeffName;E-Mail;Source;Date\r\nAnn;ann@example.org;x;2025-06-01T10:00+02:00\r\n"
    report = bring(text)
    assert [str(address) for address in report.added] == ["ann@example.org"]


ROWS = {
    "ann,x,2025-01-01,": (2, "address", "not a mail address"),
    "ann@example.org,,2025-01-01,": (2, "source", "nobody knows where"),
    "ann@example.org,x,,": (2, "consented", "not a time"),
    "ann@example.org,x,last May,": (2, "consented", "not a time"),
    "ann@example.org,x,2999-01-01,": (2, "consented", "yet to come"),
    "ann@example.org": (2, "source", "nobody knows where"),
    "ann@pаypal.example,x,2025-01-01,": (2, "address", "several scripts"),
}


@pytest.mark.parametrize(("row", "fault"), ROWS.items())
def test_every_fault_is_named_and_nothing_is_added(bring, office, row, fault):
    report = bring(HEAD + row + "\nbob@example.org,x,2025-01-01,\n")
    (found,) = report.faults
    assert (found.row, found.column) == fault[:2]
    assert fault[2] in str(found)
    assert report.added == []
    assert office.readers.all() == []


def test_good_rows_are_added_where_the_editor_says_so(bring, office):
    report = bring(HEAD + "ann,x,2025-01-01,\nbob@example.org,x,2025-01-01,\n", partly=True)
    assert len(report.faults) == len(report.added) == 1
    assert [str(r.address) for r in office.readers.all()] == ["bob@example.org"]


def test_an_address_that_comes_twice_is_named_with_its_first_row(bring):
    report = bring(
        HEAD + "ann@Bücher.example,x,2025-01-01,\n\nANN@xn--bcher-kva.example.,x,2025-01-01,\n"
    )
    (fault,) = report.faults
    assert fault.row == 4
    assert "row 2" in fault.reason


def test_nobody_comes_back_by_a_list(bring, office, enrol):
    ids = enrol("left@example.org", "reads@example.org", "gone@example.org")
    office.readers.leave(ids["left@example.org"], Origin("web"))
    with transaction(office.engine, writes=True) as connection:
        office.readers.erase(connection, parse("gone@example.org"))
    with transaction(office.engine, writes=True) as connection:
        hidden = office.secret.hide("dead@example.org")
        suppress(connection, hidden, Reason.RETURNED, office.clock())
    names = ("left", "reads", "gone", "dead")
    rows = "".join(f"{name}@example.org,x,2025-01-01,\n" for name in names)
    report = bring(HEAD + rows, partly=True)
    assert report.added == []
    reasons = {fault.found.split("@")[0]: fault.reason for fault in report.faults}
    assert reasons == {
        "left": "known already (left)",
        "reads": "known already (reading)",
        "gone": "its reader asked to be forgotten",
        "dead": "mail to it came back",
    }
    assert len(office.readers.all(Standing.READING)) == 1


def test_look_alikes_are_kept_and_noted(bring):
    report = bring(
        HEAD + "ann@apple.example,x,2025-01-01,\nann@аррӏе.example,x,2025-01-01,\n"
        "ann+news@apple.example,x,2025-01-01,\n"
    )
    assert len(report.added) == 3
    assert report.faults == []
    assert [note.split(":")[0] for note in report.notes] == ["row 3", "row 3", "row 4"]
    assert "only looks like apple.example" in report.notes[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name,mail\n",
        "address,source\nann@example.org,x\n",
        "\n\n",
        b"\xff\xfe\x00",
        HEAD + '"ann@example.org,x,2025-01-01,\n',
    ],
)
def test_what_is_no_list_is_one_clear_error(bring, text):
    with pytest.raises(InputError):
        bring(text)


def test_hostile_cells_stay_words(bring, office):
    name = '"=cmd|x\r\nBcc: eve@example.org\x07"'
    report = bring(HEAD + f"ann@example.org,<b>,2025-01-01,{name}\n")
    assert not report.faults
    (reader,) = office.readers.all()
    assert reader.name == "=cmd|x Bcc: eve@example.org"
