from comity.newsletter.delivery.preferences import closed, reduced
from comity.newsletter.model.edition import Edition, Item, Section
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import Issue
from comity.newsletter.model.publication import Category, Publication

TREE = (
    Category("Water", (Category("Rivers", (Category("Dams"),)), Category("Lakes"))),
    Category("Air"),
)
PUBLICATION = Publication("River Letters", "RL", categories=TREE)


def item(title, category):
    return Item(Entry(title, title, category), "")


EDITION = Edition(
    Issue(12),
    "RL #12",
    (item("h1", "Dams"), item("h2", "Air")),
    (
        Section(
            "Water",
            0,
            (item("w", "Water"),),
            (
                Section("Rivers", 1, (), (Section("Dams", 2, (item("d", "Dams"),)),)),
                Section("Lakes", 1, (item("l", "Lakes"),)),
            ),
        ),
        Section("Air", 0, (item("a", "Air"),)),
        Section("Other", 0, (item("o", ""),)),
    ),
    "public",
)


def titles(edition):
    def inside(sections):
        for section in sections:
            yield from (each.entry.title for each in section.items)
            yield from inside(section.sections)

    return [*(each.entry.title for each in edition.highlights), *inside(edition.sections)]


def test_a_category_takes_those_inside_it_along():
    assert closed(PUBLICATION, ["Rivers"]) == {"Rivers", "Dams"}
    assert closed(PUBLICATION, ["Water"]) == {"Water", "Rivers", "Dams", "Lakes"}
    assert closed(PUBLICATION, ["Dams", "Air"]) == {"Dams", "Air"}
    assert closed(PUBLICATION, ["Gone"]) == set()


def test_an_edition_loses_highlights_and_sections_of_what_is_left_out():
    assert titles(reduced(EDITION, set())) == ["h1", "h2", "w", "d", "l", "a", "o"]
    assert titles(reduced(EDITION, {"Rivers", "Dams"})) == ["h2", "w", "l", "a", "o"]
    assert titles(reduced(EDITION, {"Lakes"})) == ["h1", "h2", "w", "d", "a", "o"]


def test_no_heading_is_left_without_entries():
    made = reduced(EDITION, {"Dams"})
    assert [section.title for section in made.sections[0].sections] == ["Lakes"]


def test_nothing_is_made_where_no_entry_is_left():
    assert reduced(EDITION, closed(PUBLICATION, ["Water", "Air"]) | {""}) is None
