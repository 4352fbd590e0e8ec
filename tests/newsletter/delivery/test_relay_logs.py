from datetime import UTC, datetime
from math import inf

import pytest

from comity.core.errors import InputError
from comity.newsletter.delivery.relay_logs import moment, read_log
from comity.newsletter.delivery.tokens import Secret
from newsletter_logs import LOGS, SECRET, filled, sent

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC).timestamp()


@pytest.fixture
def read(tmp_path):
    def reading(text, secret=SECRET):
        path = tmp_path / "mail.log"
        path.write_text(filled(text), encoding="utf-8")
        return read_log(path, secret)

    return reading


@pytest.mark.parametrize("name", LOGS)
def test_what_a_relay_took_and_what_not(read, name):
    assert read(LOGS[name]).taken == {sent("ann")}


@pytest.mark.parametrize("name", LOGS)
def test_mails_of_another_publication_are_not_ours(read, name):
    assert read(LOGS[name], Secret(bytes(32))).taken == set()


@pytest.mark.parametrize("name", ["Postfix", "Exim"])
def test_a_mail_without_a_return_path_of_its_own_is_known_by_its_id(read, name):
    text = LOGS[name].replace("path(ann)", "bounces@example.org")
    assert read(text).taken == {sent("ann")}


def test_where_only_return_paths_are_told_a_mail_without_its_own_is_not_known(read):
    assert read(LOGS["OpenSMTPD"].replace("path(ann)", "bounces@example.org")).taken == set()


@pytest.mark.parametrize(
    "line",
    [
        # Since 4.97, names in Exim's queue are longer.
        "2026-03-01 12:00:01 1xWX2l-0000000FCab-08xy <= path(ann) H=x P=esmtps S=9 id=id(ann)",
        # log_selector = +millisec +pid +subject, log_timezone = true
        '2026-03-01 12:00:01.123 +0100 [3] 1xWX2l-0000FC-08 <= b@example.org id=id(ann) T="x id=1"',
        # Exim by syslog
        "2026-03-01T12:00:01+00:00 mx exim[4]: 1xWX2l-0000FC-08 <= path(ann) P=esmtp S=9",
        # OpenSMTPD of a mail that it sends on
        "Mar  1 12:00:01 mx smtpd[6]: a6608afc mta delivery evpid=d2b36fe2 from=<path(ann)> to=<a>",
    ],
)
def test_other_forms_of_a_line(read, line):
    assert read(line).taken == {sent("ann")}


def test_a_name_in_the_queue_may_be_used_again(read):
    lines = [line for line in LOGS["Postfix"].splitlines() if "99DD1" in line]
    again = lines[1].replace("id(ann)", "id(eve)")
    assert read("\n".join([*lines, again])).taken == {sent("ann")}


def test_when_a_log_was_begun_and_ended(read):
    log = read("no time\n" + LOGS["Exim"] + "no time\n")
    here = datetime.fromisoformat("2026-03-01T12:00:00").timestamp()
    assert (log.begun, log.ended) == (here, here + 3)
    assert (read("").begun, read("no time").ended) == (inf, -inf)


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("2026-03-01T12:00:00.630733+00:00 mx postfix/smtpd[71]: x", 0.630733),
        ("2026-03-01T12:00:00Z mx", 0),
        ("2026-03-01T13:00:05+0100 mx postfix", 5),
        ("2026-03-01 13:00:00.250 +0100 [3] 1xWX2l-0000FC-08", 0.25),
    ],
)
def test_the_time_of_a_line(line, after):
    assert moment(line, 0.0) == pytest.approx(NOON + after)


@pytest.mark.parametrize("line", ["", "2026-13-01 12:00:00 x", "Feb 30 12:00:00 x", "12:00 x"])
def test_a_line_without_a_time(line):
    assert moment(line, NOON) == inf


def test_a_log_that_cannot_be_read_is_an_error(tmp_path):
    with pytest.raises(InputError, match="cannot read the relay's log"):
        read_log(tmp_path / "none", SECRET)
