"""Modules of the pages against Python: views in Case files, public parts, numbers, plurals."""

import dataclasses
import json
import tomllib

import numpy as np
import pytest

from comity.agreement.defaults import default_payoffs
from comity.agreement.transcripts.wire import report_to_dict
from comity.cases import dumps, load
from comity.cases.elicitation.utilities import SURENESS
from comity.games import Lottery, MixedProfile
from comity.language import LANGUAGES, listed, number, signed, words_of
from comity.rooms.protocol.terms import Terms
from comity.rooms.web.examples import EXAMPLES
from comity.rooms.web.publishing import PUBLIC, terms_of_public

pytestmark = pytest.mark.browser


@pytest.fixture
def run(person):
    """A function that calls what a module exports with plain JSON, in a browser."""
    one = person()
    one.go("/")

    def call(module, name, *arguments):
        script = (
            "async ([m, n, a]) => { const f = (await import(`/static/${m}.js`))[n];"
            " try { return { value: await f(...a) }; } catch (e) { return { error: e.message }; } }"
        )
        return one.page.evaluate(script, [module, name, list(arguments)])

    call.person = one
    return call


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_case_file_is_read_as_python_reads_it(run, examples, name):
    case = load(examples / f"{name}.toml")
    data = json.loads(dumps(case, "json"))
    for party in case.parties:
        expected = report_to_dict(party.model)
        found = run("caseview", "viewInCase", data, party.model.frame(), party.name)["value"]
        assert set(found["blocks"]) == set(expected["blocks"])
        for block, values in expected["blocks"].items():
            np.testing.assert_allclose(found["blocks"][block], values, rtol=1e-12, atol=1e-12)
        assert found.get("discount") == expected.get("discount")


def test_keys_with_stars_give_way_to_precise_ones(run):
    frame = {"kind": "normal-form", "players": ["A", "B"], "bystanders": [], "states": ["s"],
             "quantities": [], "actions": [["a", "b"], ["c", "d"]]}  # fmt: skip
    payoffs = {"*": 1, "a | *": 2, "a | d": 3}
    data = {"models": {"A": {"tastes": {"A": {"payoffs": payoffs}}}}}
    found = run("caseview", "viewInCase", data, frame, "A")["value"]
    assert found["blocks"]["tastes[A]"] == [2, 3, 1, 1]
    for wrong in ({"x | c": 1}, {"a": 1}, {"a | c": "1"}, [[1, 2]]):
        data["models"]["A"]["tastes"]["A"]["payoffs"] = wrong
        assert "error" in run("caseview", "viewInCase", data, frame, "A")


@pytest.mark.parametrize("name", [*EXAMPLES, "last_offer"])
def test_the_public_part_of_a_toml_file(run, examples, name):
    text = (examples / f"{name}.toml").read_text("utf-8")
    whole = tomllib.loads(text)
    found = tomllib.loads(run("publishing", "publicPart", text, "toml")["value"])
    assert found == {key: whole[key] for key in PUBLIC if key in whole}
    terms_of_public(found)


TRICKY = '''
title = """A text
[frame]
models = "not this"
"""  # and a comment
models.A.prior = { x = 0.123 }
"models".B = { prior = 0.124 }
secret = "frame = 0.125"
summary = \'\'\'one
[models.A]
\'\'\'
[ "models" . A . tastes ]
note = """
[frame.actions]
A = [0.126]
"""
other = "a # b" # """
value = 0.127
[[models.A.beliefs]]
x = 0.128
[frame . actions]
A = ["a",
  "[models]",
  "b"]
'quoted key' = ["c"]
[models.C]
x = \'\'\'
[constitution]
y = 0.129\'\'\'
z = 0.130
[constitution]
facts = "mean"
[extra]
title = 0.131
'''


def test_nothing_private_passes_for_public(run):
    whole = tomllib.loads(TRICKY)
    sent = run("publishing", "publicPart", TRICKY, "toml")["value"]
    assert tomllib.loads(sent) == {key: whole[key] for key in PUBLIC if key in whole}
    assert "0.1" not in sent


def test_the_public_part_of_json(run, examples):
    text = dumps(load(examples / "household.toml"), "json")
    found = json.loads(run("publishing", "publicPart", text, "json")["value"])
    assert set(found) <= set(PUBLIC)
    assert found["frame"] == json.loads(text)["frame"]


NUMBERS = [0, 0.0004, 0.25, 1.7512, -1.7512, 99.96, 100, 999.4, 1000, 12345.6, -9876543, 0.001]


@pytest.mark.parametrize("code", LANGUAGES)
def test_numbers_and_plurals_are_those_of_python(run, code):
    run.person.go(f"/?lang={code}")
    words = words_of(code)
    for value in NUMBERS:
        assert run("words", "number", value)["value"] == number(words, value)
        assert run("words", "signed", value)["value"] == signed(words, value)
    for n in (0, 1, 2, 5, 100):
        assert run("words", "t", "time.days", {"n": n})["value"] == words.say("time.days", n=n)
    for names in ([], ["a"], ["a", "b"], ["a", "b", "c"]):
        assert run("words", "listed", names)["value"] == listed(words, names)


def test_sliders_make_a_scale_from_worst_to_best(run):
    frame = {"kind": "negotiation", "form": "additive", "players": ["A", "B"], "bystanders": [],
             "states": ["always"], "quantities": [], "constraints": [],
             "issues": [{"name": "x", "options": ["1", "2", "3"]},
                        {"name": "y", "options": ["1", "2"]}]}  # fmt: skip
    said = {"weights": [30, 60], "ratings": [[20, 50, 80], [10, 0]], "noDeal": 25}
    guess = {"weights": [1, 1], "ratings": [[5, 5, 5], [0, 9]], "noDeal": 0}
    draft = {"kind": "sliders", "mine": said, "guess": {"B": {**guess, "sure": "quite"}}}
    report = run("view", "reportOf", frame, "A", draft)["value"]
    third = 100 / 3
    expected = [0, third / 2, third, 2 * third, 0, 25]
    np.testing.assert_allclose(report["blocks"]["tastes[A]"], expected)
    assert report["blocks"]["tastes[B]"] == [0, 0, 0, 0, 100, 0]
    assert report["discount"] == [1, 1]


def test_sureness_is_that_of_the_interview(run):
    words = {"certain": "certain", "quite": "quite sure", "fairly": "fairly sure",
             "not": "not sure", "guess": "guessing"}  # fmt: skip
    for code, word in words.items():
        draft = {"kind": "sliders", "guess": {"B": {"sure": code, "touched": True}}}
        spread = run("view", "spreadOf", draft)["value"]
        assert spread["B"] == pytest.approx(100 * SURENESS[word])
    idle = {"kind": "sliders", "guess": {"B": {"sure": "not", "touched": False}}}
    assert run("view", "spreadOf", idle)["value"] == {"B": None}


CHICKEN = {
    "lottery": Lottery(((0, 0), (0, 1), (1, 0)), (0.5, 0.2, 0.3)),
    "mixed": MixedProfile(((0.75, 0.25), (0.5, 0.5))),
    "harmless": Lottery(((0, 0), (1, 0)), (0.9, 0.1)),
    "certain": Lottery.pure((0, 0)),
}


@pytest.mark.parametrize("kind", CHICKEN)
def test_what_each_draw_brings_is_what_python_finds(run, examples, kind):
    case, play = load(examples / "chicken.toml"), CHICKEN[kind]
    law = dataclasses.replace(case.constitution, default="maximin")
    case = dataclasses.replace(case, constitution=law)
    terms, party = Terms.of(case), case.parties[0]
    report, rules = report_to_dict(party.model), terms.data["constitution"]
    given = [report, terms.frame, rules, party.name, play.to_dict()]
    without = default_payoffs(party.model, case.constitution)[0]
    found = {tuple(one["outcome"]): one for one in run("lots", "branchesOf", *given)["value"]}
    expected = expanded(play)
    assert set(found) == set(expected)
    for outcome, chance in expected.items():
        gain = party.model.payoffs(Lottery.pure(outcome))[0] - without
        assert found[outcome]["chance"] == pytest.approx(chance)
        assert found[outcome]["gain"] == pytest.approx(gain)
    told = run.person.page.evaluate(BRANCHES, given)
    worst = min(one["gain"] for one in found.values())
    assert bool(told) == (kind != "certain")
    below = f"worse off than no agreement, by up to {number(words_of('en'), -worst)}."
    assert (below in told) == (kind in ("lottery", "mixed"))


BRANCHES = """async (given) =>
    (await import('/static/lots.js')).drawBranches(...given).map(e => e.textContent).join(' ')"""


def expanded(play):
    """Every outcome of a play with its chance."""
    if isinstance(play, Lottery):
        return dict(zip(play.outcomes, play.probabilities, strict=True))
    first, second = play.strategies
    return {(i, j): p * q for i, p in enumerate(first) for j, q in enumerate(second)}


MOVES = """async (seats) => {
    const { Automatic } = await import('/static/automatic.js');
    localStorage.setItem('comity-automatic-ab', JSON.stringify(seats));
    const automatic = new Automatic('ab');
    const first = automatic.move(['A'], 'committing');
    automatic.move(['A', 'B'], 'revealing');
    automatic.move(['B', 'me'], 'revealing');
    await first;
    await automatic.move(['A'], 'ended');
    await automatic.move(['A'], 'answering');
}"""


def test_what_changes_while_an_automatic_party_moves_is_not_missed(run):
    """The last of what changed meanwhile is looked at once the move is made."""
    page, asked = run.person.page, []

    def answer(route) -> None:
        asked.append(route.request.headers["authorization"])
        route.fulfill(json={"moved": True})

    page.route("**/rooms/ab/automatic", answer)
    page.evaluate(MOVES, {name: {"token": name, "kind": "honest"} for name in "AB"})
    assert asked == ["Bearer A", "Bearer B", "Bearer A"]


def test_the_edge_is_what_no_mixture_betters(run, rng):
    points = rng.random((60, 2)).tolist()
    chain = np.array(run("picture", "edge", points)["value"])
    assert np.all(np.diff(chain[:, 0]) > 0)
    assert np.all(np.diff(chain[:, 1]) < 0)
    for weight in np.linspace(0.01, 0.99, 50):
        direction = np.array([weight, 1 - weight])
        best = (np.array(points) @ direction).max()
        assert (chain @ direction).max() == pytest.approx(best)
