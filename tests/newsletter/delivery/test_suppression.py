from datetime import timedelta

import pytest

from comity.core.database import transaction
from comity.newsletter.delivery.suppression import (
    RULES,
    Kind,
    Reason,
    Returned,
    is_spent,
    lift,
    suppress,
    suppressed,
)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_rule_counts_issues_within_its_time(kind, clock):
    rule, now = RULES[kind], clock()
    most = rule.issues if rule else 50

    def returns(count, age):
        return [Returned(number, kind, now - age) for number in range(count)]

    recent = timedelta(days=1)
    assert is_spent(returns(most, recent), now) is (rule is not None)
    assert not is_spent(returns(most - 1, recent), now)
    assert not is_spent(returns(most, timedelta(days=4000)), now)


def test_many_returns_of_one_issue_count_once(clock):
    assert not is_spent([Returned(1, Kind.SOFT, clock())] * 50, clock())


def test_the_first_reason_stays_until_it_is_lifted(engine, clock):
    with transaction(engine, writes=True) as connection:
        suppress(connection, "abc", Reason.RETURNED, clock())
        suppress(connection, "abc", Reason.FORGOTTEN, clock())
        assert suppressed(connection) == {"abc": "mail to it came back"}
        lift(connection, "abc")
        assert suppressed(connection) == {}
