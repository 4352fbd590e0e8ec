"""Categories: a tree in the order of an issue."""

from comity.newsletter.model.publication import Category, Publication

TREE = Category("A", (Category("B", (Category("C"),)), Category("D")))


def test_a_category_is_walked_from_outside_in():
    assert [(level, node.name) for level, node in TREE.walk()] == [
        (0, "A"),
        (1, "B"),
        (2, "C"),
        (1, "D"),
    ]


def test_names_stand_in_the_order_of_the_tree():
    publication = Publication("P", "P", categories=(TREE, Category("E")))
    assert publication.category_names == ("A", "B", "C", "D", "E")


def test_an_issue_is_named_by_the_short_name():
    assert Publication("Alignment Newsletter", "AN").label(12) == "AN #12"
