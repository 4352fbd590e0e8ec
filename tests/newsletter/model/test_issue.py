from comity.newsletter.model.issue import Issue


def test_an_issue_is_a_draft_until_it_is_sent():
    assert Issue(1, date="2026-11-26").is_draft
    assert not Issue(1, sent="2026-11-26T10:00:00+00:00").is_draft


def test_the_day_of_an_issue_is_its_own_or_that_of_its_sending():
    sent, before = "2026-11-26T10:00:00+00:00", "2026-11-20T10:00:00+00:00"
    assert Issue(1, date="2026-11-25", sent=sent, created=before).day == "2026-11-25"
    assert Issue(1, sent=sent, created=before).day == "2026-11-26"
    assert Issue(1, created=before).day == ""
    assert Issue(1, sent="unknown").day == ""


def test_when_the_database_heard_of_it_is_not_when_it_was_sent():
    heard = "2026-11-26T10:00:00+00:00"
    assert Issue(1, sent=heard, created=heard).day == ""
    assert Issue(1, date="2019-05-01", sent=heard, created=heard).day == "2019-05-01"
