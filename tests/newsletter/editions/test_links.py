from comity.newsletter.editions.links import ViewLinks
from comity.newsletter.model.withholding import withhold
from comity.newsletter.text.links import Target
from newsletter_weekly import ARCHIVE, PUBLICATION

LINKS = ViewLinks(withhold(PUBLICATION, ARCHIVE, "public"), "https://weekly.example/")


def test_an_entry_is_found_on_its_page_and_its_issue_by_its_name():
    assert LINKS.target("GROUND") == Target(
        "Common ground",
        "https://weekly.example/entries/GROUND/",
        3,
        "CW #3",
        "https://weekly.example/issues/3/",
    )


def test_what_is_withheld_or_unknown_is_not_found():
    assert LINKS.target("SECRET") is None
    assert LINKS.target("NOWHERE") is None
