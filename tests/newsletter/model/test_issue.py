from comity.newsletter.model.issue import Issue


def test_an_issue_is_a_draft_until_it_is_sent():
    assert Issue(1, date="2026-11-26").is_draft
    assert not Issue(1, sent="2026-11-26T10:00:00+00:00").is_draft
