import pytest

from comity.core.errors import InputError
from comity.newsletter.delivery.pace import Pace


class Time:
    now = 0.0

    def __call__(self):
        return self.now


def moments(pace, time, domains):
    """When each mail goes, if one after another waits for its moment."""
    found = []
    for domain in domains:
        found.append(time.now + pace.wait(domain))
    return found


def test_no_second_has_more_mails_than_allowed():
    time = Time()
    pace = Pace(4.0, 1e9, clock=time)
    found = moments(pace, time, [f"{k}.org" for k in range(40)])
    assert found == pytest.approx([k / 4 for k in range(40)])


def test_no_domain_has_more_than_its_share_and_others_do_not_wait_for_it():
    time = Time()
    pace = Pace(100.0, 2.0, clock=time)
    found = moments(pace, time, ["a.org"] * 10 + ["b.org"])
    assert found[:10] == pytest.approx([k / 2 for k in range(10)])
    assert found[10] == pytest.approx(0.1)


def test_time_that_passes_unused_is_not_made_up_for():
    time = Time()
    pace = Pace(1.0, 1.0, clock=time)
    pace.wait("a.org")
    time.now = 100.0
    assert [pace.wait("a.org"), pace.wait("a.org")] == [0.0, 1.0]


@pytest.mark.parametrize("rates", [(0.0, 1.0), (1.0, -1.0), (float("nan"), 1.0)])
def test_a_pace_at_which_nothing_goes_is_refused(rates):
    with pytest.raises(InputError, match="no mail would ever go"):
        Pace(*rates)
