"""Small random Cases, and what makes two of them the same."""

import dataclasses

import numpy as np
from hypothesis import strategies as st

from comity.cases import (
    AcceptanceRule,
    Alternative,
    Belief,
    Case,
    Constitution,
    Evidence,
    Party,
    Talk,
)
from comity.games import Constraint, Issue, Negotiation, NormalForm

# Names that are hard to write: spaces, dots, quotes, brackets, hashes, other scripts, numerals.
NAMES = ["Ana", "Bo", "the fish.", 'a "b" c', "x = [1]", "# no", "ውሃ", "7", "it's", "-", "a\\b"]
SPECIAL = [0.0, 0.0, 1.0, -7.0, 1 / 3, -1 / 18, 0.1, 1e-9, -2.5, 1e12, 5e-324]


def array(draw, shape):
    """Numbers that are hard to write among numbers that are not, from one drawn seed."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    hard, easy = rng.choice(SPECIAL, shape), rng.normal(size=shape) * 10.0 ** rng.integers(-5, 6)
    return np.where(rng.random(shape) < 0.7, hard, easy)


def names(draw, low, high):
    return tuple(draw(st.lists(st.sampled_from(NAMES), min_size=low, max_size=high, unique=True)))


@st.composite
def models(draw):
    """A function that makes random models on one random frame."""
    everyone = names(draw, 3, 4)
    players, bystanders = everyone[:2], everyone[2:]
    states = names(draw, 2, 3) if draw(st.booleans()) else ("always",)
    quantities = names(draw, 0, 2)
    common = {
        "players": players,
        "bystanders": bystanders,
        "states": states,
        "quantities": quantities,
    }
    kind = draw(st.sampled_from(["game", "additive", "table"]))
    sizes = draw(st.lists(st.integers(1, 3), min_size=2, max_size=2))
    axes = [tuple(NAMES[k] for k in range(size)) for size in sizes]
    if draw(st.booleans()) and kind != "game":
        axes[0] = tuple(str(3 + 2 * k) for k in range(5))
    cells = sum(map(len, axes)) if kind == "additive" else int(np.prod([len(a) for a in axes]))
    limits = ()
    if kind != "game" and draw(st.booleans()):
        coefficients = np.arange(sum(map(len, axes)), dtype=float)
        limits = (Constraint(coefficients, 100.0, "not too much"),)

    def make():
        weights = draw(st.lists(st.integers(1, 9), min_size=len(states), max_size=len(states)))
        numbers = {
            "prior": np.array(weights) / sum(weights),
            "facts": array(draw, (len(quantities), len(states), cells)),
            "weights": array(draw, (len(everyone), len(quantities))),
            "tastes": array(draw, (len(everyone), len(states), cells)),
        }
        if kind == "game":
            return NormalForm(actions=tuple(axes), **common, **numbers)
        return Negotiation(
            issues=tuple(Issue(f"issue {k}", a) for k, a in enumerate(axes)),
            form=kind,
            reservation=array(draw, (2,)),
            discount=np.array([0.9, 1.0]),
            constraints=limits,
            **common,
            **numbers,
        )

    return make


def alternatives(draw, view):
    """Views that differ from one in a few blocks, all of them or in how patient somebody is."""
    found, weights = [], draw(st.sampled_from([(None, None), (0.25, 1 / 3)]))
    for k, (name, weight) in enumerate(zip(("stern, or not", "ውሃ"), weights, strict=True)):
        model = view
        for block in view.blocks().values():
            if block.kind != "prior" and (k or draw(st.booleans())):
                model = model.replace(block.name, block.values + 1 + array(draw, ()) % 1)
        if isinstance(view, Negotiation):
            model = dataclasses.replace(model, discount=np.array([1.0, 0.5 + k / 4]))
        else:
            last = list(view.blocks().values())[-1]
            model = model.replace(last.name, last.values + 3 + 3 * k)
        found.append(Alternative(name, model, weight, "a set at 90%" if k else ""))
    return tuple(found)


@st.composite
def cases(draw):
    make = draw(models())
    views = [make(), make()]
    first = views[0]
    parties = []
    for i, view in enumerate(views):
        other = first.players[1 - i]
        blocks = view.blocks()
        spreads = {
            name: np.abs(array(draw, block.values.shape))
            for name, block in blocks.items()
            if draw(st.booleans())
        }
        way = array(draw, blocks[f"tastes[{other}]"].values.shape)
        beliefs = (Belief(other, way, 0.25), Belief(other, way + 1, 0.75))
        parties.append(
            Party(
                first.players[i],
                view,
                spreads,
                beliefs if draw(st.booleans()) else (),
                draw(st.sampled_from(["honest", "cautious"])),
                {"depth": 2, "inner": {"by": 0.5}} if draw(st.booleans()) else {},
                draw(st.sampled_from(["", 'says "so"\nand so', "tab\tand \\ and \x7f"])),
                alternatives(draw, view) if draw(st.booleans()) else (),
            )
        )
    law = Constitution(
        facts="median",
        acceptance=(
            AcceptanceRule("gain", tolerance=0.1),
            AcceptanceRule("public", "affine", 1 / 3),
        ),
        solution=("egalitarian", "nash"),
        acceptable={first.players[0]: ("nash",)},
        disagreement="point",
        disagreement_point=dict.fromkeys(first.players, -1.5),
        default="no-deal" if isinstance(first, Negotiation) else "maximin",
        talk=Talk(2, 0.1, 0.5),
    )
    evidence = ()
    if first.quantities:
        values = np.array([1.0, 2.5])
        cell = ""
        if isinstance(first, NormalForm):
            cell = first.describe(first.outcome(0))
        evidence = (Evidence(first.quantities[0], values, 0.5, cell, "", "a survey"),)
    return Case(
        title=draw(st.sampled_from(["A title", "Ein “Titel”", "x # y"])),
        parties=tuple(parties),
        constitution=law,
        summary=draw(st.sampled_from(["", "One line.", "Two\nlines.", '"""', "ends in \\"])),
        sources=("[1] somebody 2020",),
        evidence=evidence,
        results={"agreement": {"status": "agreed", "gap": None, "list": [1, None]}},
        assumptions=("the river is wet",),
    )


def assert_same_model(one, two) -> None:
    """Assert that two models hold the same numbers on one frame."""
    assert one.frame() == two.frame()
    pairs = zip(one.blocks().items(), two.blocks().items(), strict=True)
    for (name, block), (other, same) in pairs:
        assert name == other
        np.testing.assert_array_equal(block.values, same.values)
    if isinstance(one, Negotiation):
        np.testing.assert_array_equal(one.discount, two.discount)


def assert_same(first: Case, second: Case) -> None:
    """Assert that two Cases state the same, to the last bit."""
    assert (first.title, first.summary, first.sources) == (
        second.title,
        second.summary,
        second.sources,
    )
    assert first.constitution == second.constitution
    assert (first.results, first.assumptions) == (second.results, second.assumptions)
    for one, two in zip(first.parties, second.parties, strict=True):
        assert (one.name, one.kind, one.about, one.options) == (
            two.name,
            two.kind,
            two.about,
            two.options,
        )
        assert_same_model(one.model, two.model)
        assert list(one.uncertainty) == list(two.uncertainty) or set(one.uncertainty) == set(
            two.uncertainty
        )
        for name, spread in one.uncertainty.items():
            np.testing.assert_array_equal(spread, two.uncertainty[name])
        for left, right in zip(one.alternatives, two.alternatives, strict=True):
            assert (left.name, left.weight, left.source) == (right.name, right.weight, right.source)
            assert_same_model(left.model, right.model)
        for left, right in zip(one.beliefs, two.beliefs, strict=True):
            assert (left.about, left.probability) == (right.about, right.probability)
            np.testing.assert_array_equal(left.values, right.values)
    for item, same in zip(first.evidence, second.evidence, strict=True):
        assert (item.quantity, item.sd, item.cell, item.state, item.source) == (
            same.quantity,
            same.sd,
            same.cell,
            same.state,
            same.source,
        )
        np.testing.assert_array_equal(item.values, same.values)
