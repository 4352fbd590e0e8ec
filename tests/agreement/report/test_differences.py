from comity.agreement.compare import compare
from comity.agreement.report.differences import changes, rows, top_difference


def test_rows_follow_the_comparison(river):
    case = river.agreement.case
    comparison = compare(case)
    found = rows(case, comparison)
    assert len(found) == len(comparison.differences)
    assert [row.decisive for row in found] == [d.decisive for d in comparison.differences]
    assert sum(row.matters for row in found) <= 1


def test_a_difference_that_changes_something_is_not_idle(river):
    case, comparison = river.agreement.case, river.comparison
    for row, difference in zip(rows(case, comparison), comparison.differences, strict=True):
        assert row.idle != changes(difference, 1e-7)


def test_the_top_one_decides_if_any_does(river):
    top = top_difference(river.comparison)
    assert top.decisive == any(d.decisive for d in river.comparison.differences)


def test_no_comparison_no_rows(river):
    assert rows(river.agreement.case, None) == []
    assert top_difference(None) is None
