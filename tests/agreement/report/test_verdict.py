import dataclasses
import itertools
import re

import numpy as np
import pytest

from comity.agreement import agree
from comity.agreement.compare import compare
from comity.agreement.parties import Committed, Silent
from comity.agreement.report.gather import gather
from comity.agreement.report.tables import lying_lines
from comity.agreement.report.verdict import lying, verdict, will_it_hold
from comity.agreement.results import Decision
from comity.cases import AcceptanceRule, Belief, Case, Constitution, Party, load
from comity.core import Certified
from comity.core.page.words import signed
from comity.games import Issue, Negotiation


def told(findings):
    found = verdict(findings)
    return found, dict(found.points)


def test_a_clash_with_a_way_out(river):
    found, points = told(river)
    assert found.heading == "They would clash. There is a deal that is better for both."
    assert "Upstream: Fill fast; Downstream: Keep planting" in points["Without a deal"]
    assert "no single difference" in points["What divides them"]


def test_the_difference_that_decides_is_told(examples):
    case = load(examples / "river.toml")
    findings = gather(agree(case, rng=1, misreports="none"), compare(case))
    found, points = told(findings)
    assert found.heading.startswith("They would clash.")
    assert points["What divides them"] == (
        "The one difference that makes them clash is how likely “long drought” is: "
        "Ethiopia says 10% and Egypt says 50%."
    )


def test_a_household_does_not_clash(household):
    found, points = told(household)
    assert found.heading == "There is a deal that is better for both."
    assert "Without a deal" not in points
    assert "Nights with the baby" in points["The deal"]


def test_three_are_not_both(three):
    assert verdict(three).heading.endswith("better for all of them.")


def test_a_refusal_names_who_and_why(river):
    decisions = (
        Decision("Upstream", True, ("fine.",)),
        Decision("Downstream", False, ("It costs too much.", "It is far away.")),
    )
    agreement = dataclasses.replace(river.agreement, status="refused", decisions=decisions)
    found, points = told(dataclasses.replace(river, agreement=agreement))
    assert found.tone == "dead"
    assert "Downstream refuses" in found.heading
    assert points["Why there is none"] == "Downstream: It costs too much. It is far away."


def test_no_sentence_of_a_refusal_ends_twice(river):
    case = river.agreement.case
    rules = (
        AcceptanceRule("gain"),
        AcceptanceRule("public", "raw", 0),
        *(AcceptanceRule("private", d, 0) for d in ("raw", "affine", "decision")),
    )
    strict = dataclasses.replace(case.constitution, acceptance=rules)
    case = dataclasses.replace(case, constitution=strict)
    findings = gather(agree(case, rng=1, misreports="none"))
    assert findings.agreement.status == "refused"
    reasons = [reason for d in findings.agreement.decisions for reason in d.reasons]
    texts = [text for _, text in told(findings)[0].points]
    texts += [text for run in findings.scenarios for text in (run.sentence, *run.rules)]
    assert len(reasons) == 2 * len(rules)
    for text in (*reasons, *texts):
        assert text.endswith(".")
        assert not re.search(r"[.;:,]\s*[.;:,]|\s[.;:,]", text), text


def test_nothing_better_for_both():
    pie = Negotiation.additive(
        ("A", "B"),
        [Issue.integers("share", 0, 2)],
        {"A": {"share": [0, 1, 2]}, "B": {"share": [2, 1, 0]}},
        reservation=[2, 2],
    )
    case = Case("pie", (Party("A", pie), Party("B", pie)), Constitution(default="no-deal"))
    findings = gather(agree(case, rng=0, misreports="none"))
    found, points = told(findings)
    assert findings.agreement.status == "no gain"
    assert (found.tone, "The deal" in points) == ("none", False)


def with_figures(findings, **fields):
    certificate = dataclasses.replace(findings.agreement.certificate, **fields)
    agreement = dataclasses.replace(findings.agreement, certificate=certificate)
    return dataclasses.replace(findings, agreement=agreement, scenarios=(), settings=())


@pytest.mark.parametrize(
    ("gain", "enforcement", "words"),
    [
        (0.0, "binding", "It holds by itself"),
        (0.5, "binding", "because it is enforced"),
        (0.5, "self-enforcing", "It would not hold"),
    ],
)
def test_temptation(river, gain, enforcement, words):
    gains = {"Upstream": {"own": Certified.exact(gain)}, "Downstream": {"own": Certified.exact(0)}}
    findings = with_figures(river, deviation_gain=gains)
    case = findings.agreement.case
    rules = dataclasses.replace(case.constitution, enforcement=enforcement)
    agreement = dataclasses.replace(
        findings.agreement, case=dataclasses.replace(case, constitution=rules)
    )
    assert words in will_it_hold(dataclasses.replace(findings, agreement=agreement))


@pytest.mark.parametrize(
    ("found", "bound", "words"),
    [
        (Certified.lower(0.3), Certified.upper(0.5), "gain 0.3 by lying, and no lie could gain"),
        (Certified.lower(0.3), Certified.unknown("too large"), "gain 0.3 by lying."),
        (Certified.lower(0.0), Certified.upper(0.0), "Nobody gains by lying."),
        (Certified.lower(0.0), Certified.upper(0.5), "No lie was found"),
        (Certified.unknown("no search applies"), Certified.unknown(""), ""),
        (Certified.unknown("not looked for"), Certified.unknown(""), "Lies were not looked for."),
        (
            Certified.unknown("not looked for"),
            Certified.upper(0.5),
            "not looked for. None could gain Upstream more than 0.5 or Downstream more than 0.5.",
        ),
    ],
)
def test_lying(river, found, bound, words):
    findings = with_figures(
        river,
        misreport_found=dict.fromkeys(river.names, found),
        misreport_bound=dict.fromkeys(river.names, bound),
    )
    said = lying(findings)
    assert words in said
    assert bool(said) == bool(words)


def test_somebody_who_ends_below_its_expectation_is_named(river):
    findings = dataclasses.replace(river, expected=river.deal + np.array([1.0, -1.0]))
    found = verdict(findings)
    assert found.tone == "fragile"
    assert found.heading == "They agree, but Upstream gets less than it expected."


@pytest.mark.parametrize("kind", ["exaggerating", "best-responding"])
def test_a_party_that_does_not_report_its_view_is_named(river, kind):
    case = river.agreement.case
    first, second = case.parties
    behaving = dataclasses.replace(second, kind=kind)
    case = dataclasses.replace(case, parties=(first, behaving))
    findings = gather(agree(case, rng=1, misreports="none"))
    moved = findings.deal[1] - findings.scenarios[0].payoffs[1]
    told = verdict(findings)
    text = dict(told.points)["Not its own view"]
    assert text.startswith(f"By the Case, Downstream is {kind}: what it reports is not its view.")
    brought = "nothing" if abs(moved) < 1e-6 else signed(moved)
    assert text.endswith(f"Against all being honest that brings it {brought}.")
    assert "Not its own view" not in dict(verdict(river).points)


def test_a_mean_over_beliefs_is_called_one():
    findings = gather(agree(campers(), rng=0))
    certificate = findings.agreement.certificate
    assert certificate.information == "interim"
    for name in findings.names:
        found, bound = findings.lying()[name], certificate.misreport_bound[name]
        assert found.value <= bound.value + 1e-9
    assert lying(findings).endswith("Both are means over what it believes of the others.")


def campers() -> Case:
    """Return a case like those of CaSiNo: each knows the other's worths, not their order."""
    issues = [Issue(name, ("0", "1", "2", "3")) for name in ("Food", "Water", "Firewood")]
    names = ("first", "second")
    block = np.arange(4.0)

    def model(mine, yours):
        values = {
            who: {
                issue.name: list(worth * (block if who == names[0] else block[::-1]))
                for issue, worth in zip(issues, worths, strict=True)
            }
            for who, worths in zip(names, (mine, yours), strict=True)
        }
        return Negotiation.additive(names, issues, values, reservation=[5.0, 5.0])

    orders = list(itertools.permutations((3.0, 4.0, 5.0)))
    views = (model((5, 4, 3), (4, 4, 4)), model((4, 4, 4), (3, 5, 4)))
    tastes = [
        [model(o, o).blocks()[f"tastes[{other}]"].values for o in orders]
        for other in reversed(names)
    ]
    parties = tuple(
        Party(
            name,
            view,
            beliefs=tuple(Belief(other, values, 1 / 6) for values in held),
        )
        for name, other, view, held in zip(names, names[::-1], views, tastes, strict=True)
    )
    rules = Constitution(disagreement="no-deal", default="no-deal")
    return Case(title="Camping", parties=parties, constitution=rules)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["river", "chicken", "household", "workshop", "ai_slowdown"])
def test_no_bound_stands_below_what_was_found(examples, name):
    findings = gather(agree(load(examples / f"{name}.toml"), rng=0))
    shown = lying_lines(findings)
    assert shown
    for found, bound in shown:
        assert bound.kind == "cannot tell" or found.value <= bound.value + 1e-9
        assert bound.kind == "cannot tell" or float(found.short) <= float(bound.short)
    agreed = next(s.key for s in findings.settings if s.agreed)
    honest = findings.scenarios[0].payoffs
    for k, party in enumerate(findings.names):
        figure = findings.lying()[party].value
        for run in findings.scenarios:
            if (run.liar, run.kind, run.level, run.setting) == (k, "best", 1.0, agreed):
                assert run.payoffs[k] - honest[k] == pytest.approx(figure, abs=1e-6)


@pytest.mark.parametrize(
    ("silent", "heading"),
    [
        (["Egypt"], "No deal comes about: Egypt does not take part."),
        (["Ethiopia", "Egypt"], "No deal comes about: Ethiopia and Egypt do not take part."),
    ],
)
def test_only_who_is_silent_does_not_take_part(silent, heading, examples):
    case = load(examples / "river.toml")
    parties = {name: Silent() for name in silent}
    agreement = agree(case, parties=parties, rng=1, misreports="none")
    assert verdict(gather(agreement, compare(case))).heading == heading


def test_two_who_refuse_do_so_in_the_plural(examples):
    case = load(examples / "river.toml")
    parties = {name: Committed(1e6) for name in case.names}
    agreement = agree(case, parties=parties, rng=1, misreports="none")
    heading = verdict(gather(agreement, compare(case))).heading
    assert heading.endswith("o deal comes about: Ethiopia and Egypt refuse.")
