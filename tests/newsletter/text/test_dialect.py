"""Nothing in a text loads anything, and links lead only where links may."""

import pytest

from comity.newsletter.text.dialect import DEEPEST, LONGEST, is_allowed, outward, parse, problems
from comity.newsletter.text.links import NoLinks


@pytest.mark.parametrize(
    "address",
    ["http://a.org", "HTTPS://a.org/b?c=1#d", "mailto:a@b.org", "https://a.org/(b)_c"],
)
def test_the_web_and_mail_may_be_linked_to(address):
    assert is_allowed(address)
    assert outward(f" {address} ")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//a.org",
        "/issues/12",
        "https:",
        "",
    ],
)
def test_nothing_else_may(address):
    assert not is_allowed(address)
    assert outward(address) == ""


def test_an_address_that_looks_like_another_is_told_apart():
    assert outward("https://аpple.com/") == "https://xn--pple-43d.com/"  # Cyrillic а


def kinds(text):
    tokens = parse(text, NoLinks())
    return [token.type for block in tokens for token in (block, *(block.children or ()))]


@pytest.mark.parametrize(
    ("text", "maths"),
    [
        (r"for $x_i$ and $y_i$", ["$x_i$", "$y_i$"]),
        (r"$\sum_i x_i * y_i * z$", [r"$\sum_i x_i * y_i * z$"]),
        ("$$a*b*c$$", ["$$a*b*c$$"]),
        ("it cost $5 and *then* $10", []),
        ("$5-$10", []),
        (r"an \$x\$ that is none", []),
    ],
)
def test_mathematics_is_kept_as_it_is_written(text, maths):
    inside = [t for block in parse(text, NoLinks()) for t in block.children or ()]
    assert [token.content for token in inside if token.type == "maths"] == maths


def test_pictures_become_links_and_inside_links_words():
    assert "image" not in kinds(
        "![alt](https://a.org/p.png) [![b](https://a.org/q.png)](https://a.org)"
    )
    assert kinds("![alt](https://a.org/p.png)").count("link_open") == 1
    assert kinds("[![b](https://a.org/q.png)](https://a.org)").count("link_open") == 1


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("See https://a.org/b_c_d, or http://e.org.", ["https://a.org/b_c_d", "http://e.org"]),
        ("(https://a.org/x_(y))", ["https://a.org/x_(y)"]),
        ("**https://a.org/**", ["https://a.org/"]),
        ("[https://a.org](https://b.org)", ["https://b.org"]),
        ("`https://a.org`", []),
        ("xhttps://a.org", []),
        ("https://a.org/?a=1&b=2", ["https://a.org/?a=1&b=2"]),
    ],
)
def test_addresses_by_themselves_become_links_once(text, addresses):
    inside = [t for block in parse(text, NoLinks()) for t in block.children or ()]
    assert [t.attrs["href"] for t in inside if t.type == "link_open"] == addresses


def test_nothing_of_a_text_too_deep_or_too_long_is_lost():
    deep = "> " * (DEEPEST + 40) + "at the bottom"
    long = "word *by* word " * (LONGEST // 10)
    for text in (deep, long):
        inside = [t.content for block in parse(text, NoLinks()) for t in block.children or ()]
        assert " ".join("".join(inside).split()) == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[a][1]\n\n[1]: https://a.org", "a"),
        ("a\n\n[1]: https://a.org", "a[1]: https://a.org"),
        (
            "[1]\n\n[1]: https://a.org\n[1]: https://b.org",
            "[1][1]: https://a.org[1]: https://b.org",
        ),
        ("a[^1]\n\n[^1]: b", "ab"),
        ("a\n\n[^1]: b", "a[^1]: b"),
        ("a[^1]\n\n[^1]: b\n\n[^1]: c", "a[^1][^1]: b[^1]: c"),
        ("[^1]: > [^1]: x\n\n[^1]", "[^1]: > [^1]: x[^1]"),
        ("[^1]: a\n    [^2]: b\n\n[^1] [^2]", "[^1]: a[^2]: b[^1] [^2]"),
    ],
)
def test_definitions_that_nothing_uses_are_shown_as_they_are_written(text, shown):
    inside = [t.content for block in parse(text, NoLinks()) for t in block.children or ()]
    assert "".join(inside) == shown


def test_what_a_text_does_not_get_is_told():
    assert problems("[a](https://a.org) [b](mailto:a@b.org) (see: this)") == ()
    assert "javascript:alert" in problems("[a](javascript:alert(1))")[0]
    assert "characters" in problems("a" * (LONGEST + 1))[0]
