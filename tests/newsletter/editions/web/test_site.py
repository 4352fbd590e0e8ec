"""What pages are made of, against the archive read directly."""

import re

from comity.newsletter.editions.web.site import Site, counted
from newsletter_small import ARCHIVE, view

SITE = Site(view())
BY_ID = SITE.view.archive.by_id


def test_issues_come_latest_first_and_no_draft_is_public():
    assert list(SITE.editions) == [2, 1]
    assert list(Site(view("preview")).editions) == [3, 2, 1]


def test_a_body_says_everything_that_the_entry_says():
    body = SITE.body(SITE.item(BY_ID["AAAAAAAAAA"]))
    words = re.sub(r"<[^>]*>", "", body)
    for part in (
        "Mary Somerville et al.",
        "summarized by Ada Lovelace",
        "H/T Emmy Noether",
        "Correction, 20 November 2026:",
        "There were 40 pairs",
        "Ada Lovelace's opinion:",
        "A course in game theory.",
        "Later mentioned in Cheap talk &amp; &#34;costly&#34; &lt;signals&gt; (CW #1)",
    ):
        assert part in words.replace("&#39;", "'")
    assert 'href="site:entries/BBBBBBBBBB/"' in body


def test_joint_summarizers_hold_one_opinion_under_their_names():
    joint, own = (SITE.item(BY_ID[key]) for key in ("BBBBBBBBBB", "KKKKKKKKKK"))
    assert SITE.whose(joint) == "Ada Lovelace and Charles Babbage's opinion:"
    assert SITE.whose(own) == "Ada Lovelace's opinion:"


def test_a_body_is_rendered_once(monkeypatch):
    fresh = Site(view())
    first = fresh.body(fresh.item(BY_ID["AAAAAAAAAA"]))
    monkeypatch.setattr(Site, "_macros", None)
    assert fresh.body(fresh.item(BY_ID["AAAAAAAAAA"])) is first


def test_an_own_page_names_what_in_its_issue_mentions_it_whichever_is_rendered_first():
    (there,) = (i for i in SITE.editions[1].walk() if i.entry.id == "AAAAAAAAAA")
    here = SITE.item(there.entry)
    for order in ((there, here), (here, there)):
        fresh = Site(view())
        bodies = {shown is here: fresh.body(shown) for shown in order}
        assert "Cheap talk" in bodies[True]
        assert "Cheap talk" not in bodies[False]


def test_an_issue_may_show_only_the_link_of_what_its_own_page_tells():
    (linked,) = (item for s in SITE.editions[2].sections for item in _items(s) if item.link_only)
    assert "Its own page has this." not in SITE.body(linked)
    assert "Its own page has this." in SITE.body(SITE.item(BY_ID[linked.entry.id]))


def _items(section):
    yield from section.items
    for inner in section.sections:
        yield from _items(inner)


def test_a_title_leads_to_the_work_or_to_its_own_page_never_to_a_script():
    assert SITE.link(BY_ID["AAAAAAAAAA"]) == "https://example.org/aaaaaaaaaa"
    assert SITE.link(BY_ID["GGGGGGGGGG"]) == "site:entries/GGGGGGGGGG/"
    assert SITE.link(BY_ID["KKKKKKKKKK"]) == "site:entries/KKKKKKKKKK/"


def test_plain_words_have_no_markup():
    words = SITE.plain(BY_ID["BBBBBBBBBB"], "summary", "opinion")
    assert words.startswith("A replication of Promises that are kept (CW #1) with code and")
    assert "nobody 3 no all 4 $p$ so I am not convinced" in words


def test_counts():
    assert SITE.counts() == "8 entries in 2 issues."
    assert counted(ARCHIVE.entries[:1]) == "1 entry"
    assert SITE.issue_facts(SITE.editions[1]) == "5 November 2026 · 4 entries"


def test_parts_works_and_categories_are_found():
    assert [e.id for e in SITE.parts["BBBBBBBBBB"]] == ["CCCCCCCCCC"]
    assert [v.kind for v in SITE.works["W1"].versions] == ["preprint", "published"]
    assert SITE.category["AAAAAAAAAA"].name == "Contracts"
    assert SITE.language_name("es") == "español"
    assert SITE.language_name("xx") == "xx"
