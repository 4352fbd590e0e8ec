import pytest

from comity.assistance.telling import tell_case
from comity.cases import load, loads
from comity.cases.starter import STARTER
from comity.core.page.words import number


def test_the_starter_in_words():
    told = tell_case(loads(STARTER))
    assert told[0] == "Two flatmates and the evenings"
    assert "At the table: Ana, Bo." in told
    assert "Affected, but not at the table: Mrs Okafor." in told
    assert "Bo can: stay home, go to the library." in told
    assert "How the world may be: exam soon, exam late." in told
    assert "Bo thinks: exam soon 90%, exam late 10%." in told
    assert any(line.startswith("Assumed: ") for line in told)


def test_best_and_worst_are_those_of_the_own_view(examples):
    case = load(examples / "chicken.toml")
    told = "\n".join(tell_case(case))
    for i, party in enumerate(case.parties):
        table = party.model.table[i]
        assert f"{party.name}: best is " in told
        assert f"worth {number(float(table.max()))}." in told
        assert f"worth {number(float(table.min()))}." in told


def test_a_negotiation_by_its_issues(examples):
    case = load(examples / "household.toml")
    told = "\n".join(tell_case(case))
    for i, party in enumerate(case.parties):
        model = party.model
        assert f"without a deal, worth {number(float(model.reservation[i]))}." in told
        start = 0
        for issue in model.issues:
            own = model.values[i][start : start + len(issue.options)]
            start += len(issue.options)
            best = max(zip(own, issue.options, strict=True))[1] if len(set(own)) == len(own) else ""
            assert f"of {issue.name} it likes {best}" in told


@pytest.mark.parametrize("file", ["river.toml", "ai_slowdown.toml", "workshop.toml"])
def test_every_example_can_be_told(file, examples):
    case = load(examples / file)
    told = tell_case(case)
    assert len(told) > 6
    assert all("\n" not in line for line in told)


def test_names_cannot_steer_a_terminal():
    text = STARTER.replace("Two flatmates", "Two \\u001b[2J flatmates")
    assert "\x1b" not in "".join(tell_case(loads(text)))
