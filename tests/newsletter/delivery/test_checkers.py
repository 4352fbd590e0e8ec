"""Readers' pages before checkers that nobody here wrote."""

import pytest

from comity.newsletter.delivery.pages import page, style
from newsletter_checkers import html_validate_faults, nu_faults
from newsletter_small import PUBLICATION


@pytest.fixture
def files(tmp_path):
    """Every page as a file of its own."""
    tree = [(level, node.name) for top in PUBLICATION.categories for level, node in top.walk()]
    lines = ["For a…@example.org.", "Press the button."]
    form = {"address_given": 'a"b', "name_given": "", "wording": "Send it.", "version_asked": "1"}
    choices = {"masked": "a…@b.example", "categories": tree, "without": {"Voting"}, "saved": True}
    made = {
        "subscribe": page(PUBLICATION, "subscribe", "Get it", 1, problem="", **form),
        "again": page(PUBLICATION, "subscribe", "Get it", 1, problem="Not an address.", **form),
        "said": page(PUBLICATION, "said", "Welcome", 2, lines=lines, link=("More", "../x")),
        "button": page(PUBLICATION, "button", "Stop?", 2, lines=lines, button="Stop it"),
        "preferences": page(PUBLICATION, "preferences", "Yours", 2, unsubscribe="a.b", **choices),
    }
    for name, html in made.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(html, encoding="utf-8")
    return [tmp_path / name / "index.html" for name in made]


def test_pages_are_sound_html(files, tmp_path):
    sheet = tmp_path / "readers.css"
    sheet.write_text(style(), encoding="utf-8")
    assert nu_faults([*files, sheet]) == []
    assert html_validate_faults(files, tmp_path) == []
