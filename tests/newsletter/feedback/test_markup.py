import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.feedback.markup import to_text


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>One<br>two</p><p>three</p>", "One\ntwo\n\nthree"),
        ("<div>One</div><div>two</div>", "One\ntwo"),
        ("<div>One</div><div><br></div><div>two</div>", "One\n\ntwo"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<style>x{}</style><script>y()</script><p>z</p>", "z"),
        ("<p>a&nbsp;&lt;b&gt; &amp; c</p>", "a <b> & c"),
        ("<blockquote>q<blockquote>deeper</blockquote></blockquote>r", "> q\n> > deeper\n>\nr"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ('<a href="https://a.example/x">this</a>', "this <https://a.example/x>"),
        ('<a href="https://a.example/x">https://a.example/x</a>', "https://a.example/x"),
        ('<a href="javascript:x">this</a>', "this"),
        ('<p>a</p><div class="gmail_signature">Jane</div>', "a\n-- \nJane"),
        ("no tags at all", "no tags at all"),
        ("<p>never closed <b>bold", "never closed bold"),
        ("</p></div>stray", "stray"),
        ("a<hr>b", f"a\n{'_' * 32}\nb"),
        ("", ""),
    ],
)
def test_pages(page, text):
    assert to_text(page) == text


@given(st.text(alphabet="<>/abdiv=\"'&;! -", max_size=80))
def test_any_text_is_taken(page):
    assert isinstance(to_text(page), str)


def test_deep_and_long_pages_are_read():
    assert to_text("<div>" * 5000 + "x").strip() == "x"
    deep = to_text("<blockquote>" * 5000 + "x")
    assert deep.endswith("x")
    assert len(deep) < 200_000
