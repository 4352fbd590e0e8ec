"""A long body is read only from an editor, and a file only by the import."""

import pytest

from comity.newsletter.desk.settings import Limits
from newsletter_desk import Editor, make_app

LIMITS = Limits(body=300_000, form=200_000, open_body=100_000)
SIZES = {"reader": 100_000, "desk": 200_000, "import": 300_000}
PATHS = {"reader": "/desk/import", "desk": "/desk/importance", "import": "/desk/import/sheet"}


@pytest.fixture
def small(folder):
    app = make_app(folder, limits=LIMITS)
    yield {"reader": Editor(app, None), "desk": (ada := Editor(app, "Ada")), "import": ada}
    app.state.shelf.store.close()


@pytest.mark.parametrize("who", SIZES)
@pytest.mark.parametrize("more", [0, 1])
def test_the_longest_body_depends_on_who_sends_it_and_where_to(small, who, more):
    content = b"a" * (SIZES[who] + more)
    answer = small[who].client.post(PATHS[who], content=content)
    assert (answer.status_code == 413) == bool(more)


def test_a_session_that_is_none_allows_no_more(small):
    client = small["reader"].client
    client.cookies.set("comity-desk", "guessed")
    assert client.post("/desk/import", content=b"a" * 100_001).status_code == 413


def test_the_limits_that_are_set_unless_told_otherwise():
    assert (Limits().open_body, Limits().body) == (65_536, 25_000_000)
