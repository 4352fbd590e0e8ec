"""Categories are added, and what people wrote stays."""

import pytest

from comity.core.errors import InputError
from comity.newsletter.publication.reading import parse_publication
from comity.newsletter.publication.writing import add_categories, with_categories

LEAST = 'name = "A"  # for now\nshort = "A"\n'


@pytest.mark.parametrize(
    "categories",
    [
        "",
        "categories = []\n",
        'categories = ["X", "Y"]\n',
        'categories = [\n    "X",  # first\n    { name = "Y", inside = ["Z"] }\n]\n',
        'categories = [\n    "X",\n    "Y",\n]\n',
        '[[categories]]\nname = "X"\ninside = ["Y"]\n',
    ],
)
@pytest.mark.parametrize("rest", ["", '[post]\nhost = "x"  # the relay\n'])
def test_added_categories_are_behind_the_others(categories, rest):
    text = LEAST + categories + rest
    before = parse_publication(text)
    changed = with_categories(with_categories(text, ["News", 'A "quoted" one']), ["Last"])
    after = parse_publication(changed)
    names = ("News", 'A "quoted" one', "Last")
    assert after.category_names == (*before.category_names, *names)
    assert after.post == before.post
    assert "# for now" in changed
    assert all(comment in changed for comment in ("# first", "# the relay") if comment in text)


def test_what_would_not_be_read_is_not_written(tmp_path):
    path = tmp_path / "publication.toml"
    path.write_text(LEAST + 'categories = ["X"]\n')
    with pytest.raises(InputError, match="a category twice"):
        add_categories(tmp_path, ["X"])
    assert path.read_text() == LEAST + 'categories = ["X"]\n'
    add_categories(tmp_path, ["Y"])
    assert parse_publication(path.read_text()).category_names == ("X", "Y")
