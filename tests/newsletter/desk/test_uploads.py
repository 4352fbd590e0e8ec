"""Files that were sent: a few are kept."""

import pytest

from comity.core.web.failures import Denied
from comity.newsletter.desk.uploads import MOST, Upload, Uploads


def test_a_few_are_kept_and_the_oldest_gives_way():
    uploads = Uploads()
    keys = [uploads.keep(Upload(f"{k}.bib", bytes([k]))) for k in range(MOST + 1)]
    with pytest.raises(Denied, match="send it again"):
        uploads.get(keys[0])
    assert [uploads.get(key).content for key in keys[1:]] == [bytes([k + 1]) for k in range(MOST)]


def test_a_file_sent_again_is_one_and_stays():
    uploads = Uploads()
    first = uploads.keep(Upload("a", b"a"))
    for k in range(MOST - 1):
        uploads.keep(Upload("b", bytes([k])))
    assert uploads.keep(Upload("c", b"a")) == first
    uploads.keep(Upload("d", b"new"))
    assert uploads.get(first).name == "c"
