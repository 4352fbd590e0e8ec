"""The last offer, read and fitted once for all tests of this folder."""

import pytest

from comity.cases import load
from comity.inference.estimation.likelihood import natural
from comity.inference.identification.likelihood_region import likelihood_region
from comity.inference.understanding.defaults import chosen
from comity.inference.understanding.reading import read_behaviour
from comity.inference.understanding.rivals import rivals_among
from comity.inference.understanding.standings import try_explanation


@pytest.fixture(scope="session")
def last_offer(repository):
    return load(repository / "examples" / "last_offer.toml")


@pytest.fixture(scope="session")
def answers(repository, last_offer):
    """Evidence and behaviour of the last offer."""
    return read_behaviour([repository / "examples" / "last_offer.csv"], last_offer)


@pytest.fixture(scope="session")
def tried(answers):
    evidence, behaviour = answers
    weighed, _ = chosen(behaviour.explanations, behaviour.kind, evidence)
    return [try_explanation(explanation, evidence) for explanation in weighed]


@pytest.fixture(scope="session")
def rivals(tried, answers):
    return rivals_among([t.fit.member() for t in tried], answers[0])


@pytest.fixture(scope="session")
def regions(tried, answers):
    """The edge of what the evidence leaves open, by explanation."""
    found = []
    for t in tried:
        free = likelihood_region(t.fit.explanation, answers[0], t.fit.free, rays=8)
        named = natural(t.fit.explanation, free, t.fit.scale)
        found.append(sum((named[p.name][:, None] * unit for p, unit in units(t)), 0.0))
    return found


def units(t):
    """Each parameter with the row that puts it in its column."""
    parameters = t.fit.explanation.parameters
    for k, parameter in enumerate(parameters):
        yield parameter, [[float(k == j) for j in range(len(parameters))]]
