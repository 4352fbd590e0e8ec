import dataclasses
import re
from itertools import pairwise

from comity.agreement.report.curves import charts, paying_lies
from comity.agreement.studies.declared import Lie
from comity.agreement.studies.scalar import scalar_case
from comity.agreement.studies.study import study


def test_a_lie_passes_from_its_own_distance(river):
    """A lie passes under a setting exactly if the setting tolerates its distance."""
    for liar in range(2):
        limits = [limit for limit, _ in paying_lies(river, liar)]
        for setting in river.settings[:-1]:
            passing = [
                s
                for s in river.scenarios
                if s.liar == liar
                and s.setting == setting.key
                and s.status == "agreed"
                and s.payoffs[liar] - river.deal[liar] > river.tolerance
            ]
            assert len(passing) == sum(limit <= setting.limit * (1 + 1e-9) for limit in limits)


def test_the_curve_never_falls(river):
    (found,) = charts(river)
    for path in found.sizes[0].lines:
        heights = [float(y) for _, y in re.findall(r"([\d.]+) ([\d.]+)", path)]
        assert all(later <= earlier for earlier, later in pairwise(heights))


def test_no_curve_without_a_rule_to_turn(river):
    assert charts(dataclasses.replace(river, settings=river.settings[:1])) == []


def test_a_study_draws_its_own_curve(river):
    case = scalar_case(0.5, 0.5, surplus=0.3, tolerance=0.2)
    lie = Lie(case.names[0], "fact fair share", (0.05, 0.1))
    found = study(case, noise={"facts": 0.05}, liars=[lie], draws=20, rng=1, types=0)
    drawn = charts(dataclasses.replace(river, study=found))
    assert len(drawn) == 2
    assert len(drawn[1].sizes[0].bands) == len(found.tolerances)
