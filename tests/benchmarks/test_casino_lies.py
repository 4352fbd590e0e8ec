"""Best reports and what they bring, against plain loops."""

import pytest
from casino_lies import certain, honest_points, lies_under
from casino_rules import NASH, UTILITARIAN, enumeration, figures, worth


@pytest.fixture(scope="module", params=[NASH, UTILITARIAN], ids=lambda rule: rule.name)
def settled(request):
    found = enumeration(request.param)
    return worth(found), figures(found)


def test_uniform_pairs_are_the_enumeration(settled, crowd):
    points, known = settled
    people = crowd()
    assert honest_points(points, people).mean() == pytest.approx(known.honest)
    blind = lies_under(points, people, people.beliefs["uniform"])
    assert not blind.lies.any()
    assert blind.both == pytest.approx(blind.honest)
    seeing = lies_under(points, people, certain(people))
    assert seeing.honest.mean() + seeing.realised.mean() == pytest.approx(known.ex_post)
    assert seeing.believed == pytest.approx(seeing.realised)


def test_everything_by_plain_loops(settled, crowd):
    points, _ = settled
    people = crowd(seed=2)
    belief = people.beliefs["inferred"]
    found = lies_under(points, people, belief)
    reports = []
    for n, (mine, role) in enumerate(zip(people.kind, people.role, strict=True)):
        promise = [sum(belief[n, b] * points[role, mine, a, b] for b in range(6)) for a in range(6)]
        best = max(range(6), key=lambda a: promise[a])
        best = best if promise[best] > promise[mine] + 1e-9 else mine
        reports.append(best)
        assert found.report[n] == best
        assert found.believed[n] == pytest.approx(promise[best] - promise[mine])
    for n, (mine, other, role) in enumerate(
        zip(people.kind, people.other, people.role, strict=True)
    ):
        theirs = reports[n + 1 if role == 0 else n - 1]
        honest = points[role, mine, mine, other]
        gain = points[role, mine, reports[n], other] - honest
        loss = points[1 - role, other, other, reports[n]] - points[1 - role, other, other, mine]
        assert found.realised[n] == pytest.approx(gain)
        assert found.partner[n] == pytest.approx(loss)
        assert found.both[n] == pytest.approx(points[role, mine, reports[n], theirs])
