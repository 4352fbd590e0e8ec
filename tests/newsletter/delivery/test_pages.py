from dataclasses import replace

from comity.newsletter.delivery.pages import page


def test_a_page_has_the_look_of_the_site_and_links_back_to_its_root(publication):
    html = page(publication, "said", "Welcome", 2, lines=["Hello"], link=("More", "../x"))
    assert 'href="../../static/site.css"' in html
    assert 'href="../../issues/"' in html
    assert "site:" not in html
    assert "<h1>Welcome</h1>" in html
    assert '<meta name="robots" content="noindex">' in html


def test_a_page_never_names_its_own_address(publication):
    html = page(publication, "button", "Stop it?", 2, lines=[], button="Stop it")
    assert 'rel="canonical" href="https://letters.example.org/readers/"' in html
    assert '<form method="post">' in html


def test_words_are_escaped(publication):
    hostile = '<script>alert("x")</script>'
    html = page(
        replace(publication, name=hostile), "said", hostile, 1, lines=[hostile], link=(hostile, "x")
    )
    assert "<script>" not in html
