"""Without links a reference is only words."""

from comity.newsletter.text.links import NoLinks
from comity.newsletter.text.markdown import to_html


def test_without_links_a_reference_leads_nowhere():
    assert NoLinks().target("7K") is None
    assert to_html("<@these words@>(@#7K@)") == "<p>these words</p>\n"
