"""Atom from arXiv, against what another reader of feeds finds in it."""

import feedparser
import pytest

from comity.core.errors import InputError
from comity.newsletter.importing.arxiv import read_arxiv

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
  <title>ArXiv Query</title>
  <entry>
    <id>http://arxiv.org/abs/2101.00001v3</id>
    <updated>2021-06-01T00:00:00Z</updated><published>2021-01-05T00:00:00Z</published>
    <title>On
      bargaining &amp; trust</title>
    <summary>  We show  deals. </summary>
    <author><name>Ada Lovelace</name></author><author><name>Bo König</name></author>
    <arxiv:doi>10.1000/ABC</arxiv:doi><arxiv:journal_ref>Deals 3 (2022)</arxiv:journal_ref>
    <link href="http://arxiv.org/abs/2101.00001v3" rel="alternate" type="text/html"/>
  </entry>
  <entry>
    <id>tag:b.example,2021:1</id><published>2021-02-01T00:00:00Z</published>
    <title>A post</title><link href="https://b.example/post"/>
  </entry>
</feed>
"""


def test_what_a_feed_says():
    one, two = read_arxiv(FEED, "q.atom").proposals
    other = feedparser.parse(FEED).entries
    assert one.title == " ".join(other[0].title.split()) == "On bargaining & trust"
    assert one.authors == ", ".join(author.name for author in other[0].authors)
    assert one.abstract == " ".join(other[0].summary.split())
    assert one.url == "https://arxiv.org/abs/2101.00001"
    told = [(v.kind, v.year, v.doi, v.arxiv, v.venue) for v in one.versions]
    assert told == [
        ("preprint", "2021", "", "2101.00001", "arXiv"),
        ("published", "", "10.1000/abc", "", "Deals 3 (2022)"),
    ]
    assert one.place == "q.atom: entry 1"
    assert two.url == other[1].link == "https://b.example/post"
    assert [v.kind for v in two.versions] == ["post"]


BOMB = """<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>&b;</title></entry></feed>"""
OUTSIDE = """<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>&a;</title></entry></feed>"""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (BOMB, "not XML"),
        (OUTSIDE, "not XML"),
        ("<feed", "not XML"),
        ("", "not XML"),
        ("<html/>", "not Atom"),
    ],
)
def test_hostile_or_other_xml_is_one_error(text, message):
    with pytest.raises(InputError, match=message):
        read_arxiv(text)


def test_deep_nesting_is_no_harm():
    text = f'<feed xmlns="http://www.w3.org/2005/Atom">{"<a>" * 50_000}{"</a>" * 50_000}</feed>'
    assert read_arxiv(text).proposals == ()
