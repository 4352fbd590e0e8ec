from comity.agreement.compare import compare
from comity.agreement.report.differences import changes, rows, strongest, top_difference


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


def test_of_three_each_part_is_shown_once_with_its_pair(three):
    case = three.agreement.case
    comparison = compare(case)
    found = rows(case, comparison)
    parts = {(d.block, d.part) for d in comparison.differences}
    assert len(comparison.differences) > len(found) == len(parts)
    assert len({row.part.rpartition(" (between ")[0] for row in found}) == len(found)
    kept = strongest(comparison.differences, top_difference(comparison))
    assert top_difference(comparison) in kept
    for row, d in zip(found, kept, strict=True):
        assert row.part.endswith(f"(between {d.parties[0]} and {d.parties[1]})")
        alike = [o for o in comparison.differences if (o.block, o.part) == (d.block, d.part)]
        assert d.decisive or d.effect == max(o.effect for o in alike)
