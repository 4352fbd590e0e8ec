"""Groups: every entry is in each group that its cells name, and in no other."""

from comity.newsletter.editions.addresses import CATEGORIES, SUMMARIZERS
from comity.newsletter.editions.web.groups import (
    KINDS,
    by_category,
    by_summarizer,
    by_topic,
    by_year,
    latest_first,
)
from newsletter_small import view


def members(groups):
    return {group.name: [entry.id[0] for entry in group.entries] for group in groups}


def test_a_category_holds_what_lies_inside_it_and_empty_ones_are_left_out():
    assert members(by_category(view())) == {
        "Commitment": ["A", "D"],
        "Contracts": ["A"],
        "Reputation": ["D"],
        "Communication": ["K", "B", "C"],
        "Institutions & rules": ["E", "F"],
        "Voting": ["E", "F"],
        "Approval voting": ["E"],
        "Unheard of": ["G"],
    }


def test_the_tree_is_kept():
    groups = by_category(view())
    assert [group.level for group in groups] == [0, 1, 1, 0, 0, 1, 2, 0]
    top = next(group for group in groups if group.name == "Institutions & rules")
    assert top.inside == (f"{CATEGORIES}voting/",)


def test_what_was_summarised_together_is_under_each_by_the_name_that_aliases_stand_for():
    groups = by_summarizer(view())
    assert members(groups)["Charles Babbage"] == ["B"]
    assert "B" in members(groups)["Ada Lovelace"]
    assert {group.address for group in groups} == {
        f"{SUMMARIZERS}ada-lovelace/",
        f"{SUMMARIZERS}charles-babbage/",
    }


def test_years_and_topics():
    years = by_year(view())
    assert [group.name for group in years] == ["2021", "2020", "2019"]
    assert members(years)["2021"] == members(years)["2019"] == ["E"]
    assert members(by_topic(view())) == {"promises": ["A"], "trust": ["A", "B"]}


def test_the_latest_issue_comes_first_and_what_is_in_none_last():
    issues = [entry.issue for entry in latest_first(view().archive.entries)]
    assert issues == sorted(issues, key=lambda n: -(n or 0))
    assert issues[-1] is None


def test_nothing_withheld_is_in_any_group():
    ids = {entry.id for entry in view().archive.entries}
    for kind in KINDS:
        for group in kind.find(view()):
            assert {entry.id for entry in group.entries} <= ids
            assert group.entries
