"""HEAD on the readers' site answers as GET does, without the body."""

import pytest


@pytest.mark.parametrize(
    "path",
    ["/", "/issues/1/", "/entries/BBBBBBBBBB", "/feeds/issues.atom", "/sheet.csv", "/nowhere/"],
)
def test_head_answers_as_get(reader, path):
    got = reader.client.get(path, follow_redirects=False)
    head = reader.client.head(path, follow_redirects=False)
    assert (head.status_code, head.headers, head.content) == (got.status_code, got.headers, b"")
    assert got.content or got.is_redirect


def test_the_desk_is_left_as_it_is(ada):
    assert ada.client.head("/desk/queue").status_code == 405
