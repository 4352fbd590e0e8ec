"""Names are taken apart as cells hold them, and only aliases join variants."""

import pytest

from comity.newsletter.model.people import People, byline, listed, people, summarizers


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("", ()),
        ("  ", ()),
        ("Ada Lovelace", ("Ada Lovelace",)),
        ("Ada Lovelace and Charles Babbage", ("Ada Lovelace", "Charles Babbage")),
        ("Ada Lovelace & Charles Babbage", ("Ada Lovelace", "Charles Babbage")),
        ("A B, C D and E F", ("A B", "C D", "E F")),
        ("A B, C D, and E F", ("A B", "C D", "E F")),
        ("A B,\nC D", ("A B", "C D")),
        ("Lovelace, Ada; Babbage, Charles", ("Lovelace, Ada", "Babbage, Charles")),
        ("Martin King, Jr., Ada Lovelace", ("Martin King, Jr.", "Ada Lovelace")),
        ("Alexander Andersson", ("Alexander Andersson",)),
        ("A B, A B", ("A B",)),
    ],
)
def test_everybody_in_a_cell_is_named(cell, names):
    assert people(cell).names == names


def test_stars_and_others_are_understood():
    assert people("A B*, C D*, E F et al.") == People(("A B", "C D", "E F"), ("A B", "C D"), True)
    assert people("A B and others").others


def test_variants_join_through_the_table_alone():
    assert people("R. Shah, Rohin Shah, rohin shah", {"R. Shah": "Rohin Shah"}).names == (
        "Rohin Shah",
        "rohin shah",
    )


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("", ""),
        ("A B", "A B"),
        ("A B*", "A B"),
        ("A B, C D", "A B and C D"),
        ("A B*, C D*", "A B and C D"),
        ("A B, C D, E F", "A B et al."),
        ("A B*, C D, E F", "A B et al."),
        ("A B, C D et al.", "A B et al."),
        ("A B et al.", "A B et al."),
        ("A B*, C D*, E F", "A B*, C D* et al."),
        ("A B*, E F, C D*", "A B*, C D* et al."),
        ("A B*, C D*, E F*", "A B*, C D* and E F*"),
        ("A B*, C D*, E F* et al.", "A B*, C D*, E F* et al."),
        ("Centre for Trust and Games", "Centre for Trust and Games"),
    ],
)
def test_the_author_rule(cell, shown):
    assert byline(cell) == shown


def test_joint_summarizers_stay_joint():
    names = summarizers("Ada and C. Babbage", {"C. Babbage": "Charles"})
    assert names == ("Ada", "Charles")
    assert listed(names) == "Ada and Charles"
    assert listed(("A", "B", "C")) == "A, B and C"
    assert listed(()) == ""
