"""What the commands on sheets share."""

from comity.cli.newsletter._sheets import counted, plan_of, tell_faults
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


def test_numbers_have_their_words():
    assert [counted(n, "row") for n in (0, 1, 1956)] == ["0 rows", "1 row", "1,956 rows"]
