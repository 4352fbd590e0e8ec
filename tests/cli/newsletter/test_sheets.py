"""What the commands on sheets share."""

from comity.cli.newsletter._sheets import counted, plan_of, ranges, tell_advice, tell_faults
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.faults import Fault, Kind
from comity.newsletter.model.publication import Publication
from comity.newsletter.sheets.cells import Cell, Table

ROWS = tuple({0: Cell(title), 1: Cell("New")} for title in ("One", "Two"))
TABLE = Table("f", ("Title", "Category", "Year"), ROWS)
PUBLICATION = Publication("Fair Play", "FP")


def test_categories_are_adopted_if_asked():
    plan, fresh = plan_of(TABLE, Archive(()), PUBLICATION, ".", None, adopt=True)
    assert (plan.faults, fresh) == ((), ("New",))
    plan, fresh = plan_of(TABLE, Archive(()), PUBLICATION, ".", None, adopt=False)
    assert (len(plan.faults), fresh) == (2, ())


def test_each_fault_is_one_line(capsys):
    tell_faults([Fault(Kind.NO_TITLE, "two\nlines", row=3), Fault(Kind.NO_TITLE, "one", row=4)])
    assert capsys.readouterr().err == "row 3: two lines\nrow 4: one\n"


def advised(capsys, kind, rows):
    tell_advice([Fault(kind, "look", row=row) for row in rows])
    return capsys.readouterr().err.splitlines()


def test_a_few_pieces_of_advice_are_told_one_by_one_and_each_once(capsys):
    assert advised(capsys, Kind.INVISIBLE, [2, 3, 3, 7, 9]) == [
        f"advice: row {row}: look" for row in (2, 3, 7, 9)
    ]


def test_a_sheet_does_not_drown_in_advice_of_one_kind(capsys):
    lines = advised(capsys, Kind.OPEN_CODE, [2, 3, 5, 8, 9, 10, 1956])
    assert lines[:3] == [f"advice: row {row}: look" for row in (2, 3, 5)]
    assert lines[3:] == [
        "advice: 4 more like it (code that is never closed): rows 8 to 10, 1956",
    ]
    (line,) = advised(capsys, Kind.OPEN_CODE, range(1, 4000, 2))[3:]
    assert line.startswith("advice: 1,997 more like it (code that is never closed): rows 7, 9, ")
    assert line.endswith(", 45 and 1,977 more")


def test_many_in_one_row_name_it_once(capsys):
    tell_advice([Fault(Kind.LOST_LINK, "look", row=4, column=c) for c in "ABCDE"])
    last = capsys.readouterr().err.splitlines()[-1]
    assert last == "advice: 2 more like it (link behind other cells): row 4"


def test_each_kind_of_advice_is_told_apart(capsys):
    tell_advice([Fault(k, "look", row=2) for k in (Kind.INVISIBLE, Kind.LOST_LINK) * 5])
    assert capsys.readouterr().err == "advice: row 2: look\n" * 2


def test_rising_numbers_are_told_together():
    assert ranges([1, 2, 4, 5, 6]) == "1, 2, 4 to 6"


def test_numbers_have_their_words():
    assert [counted(n, "row") for n in (0, 1, 1956)] == ["0 rows", "1 row", "1,956 rows"]
