import pytest

from comity.core.errors import InputError
from comity.newsletter.delivery.bodies import MARKS
from comity.newsletter.delivery.rendering import renderer
from newsletter_small import ARCHIVE, PUBLICATION


@pytest.fixture(scope="module")
def render():
    return renderer(PUBLICATION, ARCHIVE, 1)


def test_the_whole_issue_has_all_entries_and_a_place_for_the_way_out(render):
    content = render(frozenset())
    for form in (content.text, content.html):
        assert "Promises that are kept" in form
        assert "A link and nothing more" in form
        assert MARKS["unsubscribe"] in form
        assert MARKS["preferences"] in form
    assert content.subject


def test_what_a_reader_leaves_out_is_in_neither_form(render):
    content = render(frozenset({"Communication"}))
    for form in (content.text, content.html):
        assert "Promises that are kept" in form
        # Of an entry that is left out nothing stands but its name among later mentions.
        assert "Words are cheap" not in form
        assert "A response to cheap talk" not in form


def test_a_category_takes_those_inside_it_along(render):
    content = render(frozenset({"Commitment"}))
    assert "more often than theory" not in content.text.replace("\n", " ")
    assert "A response to cheap talk" in content.text.replace("\n", " ")


def test_nothing_is_made_where_nothing_is_left(render):
    assert render(frozenset({"Commitment", "Communication"})) is None


def test_a_draft_that_is_about_to_be_sent_is_rendered_and_nothing_withheld():
    content = renderer(PUBLICATION, ARCHIVE, 3)(frozenset())
    assert "In the draft" in content.text
    for issue in (1, 2, 3):
        made = renderer(PUBLICATION, ARCHIVE, issue)(frozenset())
        assert "Unseen title" not in made.text + made.html
        assert "unseen note" not in made.text + made.html


def test_an_issue_that_is_not_there_is_named():
    with pytest.raises(InputError, match="no such issue"):
        renderer(PUBLICATION, ARCHIVE, 99)
