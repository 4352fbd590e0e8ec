"""Writing GENIUS files: what is written reads back with the same payoffs."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.games import Constraint, Issue, Negotiation
from comity.games.files import read_genius, write_genius


def game(scale=1.0, **options):
    issues = [
        Issue('rent "net" & <gross>\n\tit\'s', ("low", "high")),
        Issue.integers("weeks", 1, 3),
    ]
    values = {
        "Ana/Bea": {issues[0].name: [0.6 * scale, 0], "weeks": [0.1, 0.2, 0.4 * scale]},
        "Bo": {issues[0].name: [0, 0.3 * scale], "weeks": [0.7 * scale, 0, 0]},
    }
    return Negotiation.additive(
        list(values), issues, values, reservation=[0.2, 0.1], discount=[0.9, 1.0], **options
    )


def test_round_trip(tmp_path):
    paths = write_genius(game(), tmp_path)
    assert [path.name for path in paths] == ["domain.xml", "Ana_Bea.xml", "Bo.xml"]
    for scale in ("genius", "unit", "raw"):
        again = read_genius(*paths, players=["Ana/Bea", "Bo"], scale=scale)
        assert again.issues == game().issues
        np.testing.assert_allclose(again.values, game().values, atol=1e-15)
        assert again.reservation.tolist() == [0.2, 0.1]
        assert again.discount.tolist() == [0.9, 1.0]


def test_other_scales_come_back_raw(tmp_path):
    paths = write_genius(game(scale=40), tmp_path)
    again = read_genius(*paths, scale="raw")
    np.testing.assert_allclose(again.values, game(scale=40).values)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: game(scale=-1), "negative values"),
        (lambda: game(constraints=[Constraint([1, 0, 0, 0, 0], 1)]), "constraints"),
        (
            lambda: Negotiation.tabulated(["A"], [Issue("x", ("a",))], [[1.0]]),
            "utilities by outcome",
        ),
        (
            lambda: Negotiation.additive(
                ["A"],
                [Issue("x", ("a",))],
                {"A": {"x": [1]}, "fish": {"x": [1]}},
                bystanders=["fish"],
            ),
            "bystanders",
        ),
        (
            lambda: Negotiation.additive(
                ["A/", "A:"], [Issue("x", ("a",))], {n: {"x": [1]} for n in ("A/", "A:")}
            ),
            "names of files would clash",
        ),
    ],
)
def test_what_the_format_cannot_hold_is_refused(tmp_path, make, words):
    with pytest.raises(InputError, match=words):
        write_genius(make(), tmp_path)
    assert list(tmp_path.iterdir()) == []
