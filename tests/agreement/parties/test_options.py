"""Numbers in range pass; anything else says what was expected."""

import math

import pytest

from comity.agreement.parties import make_party
from comity.agreement.parties.options import check_number
from comity.core.errors import InputError


@pytest.mark.parametrize("value", [0, 0.5, 1, -3])
def test_numbers_pass(value):
    check_number("x", value)


@pytest.mark.parametrize("value", ["1", None, True, math.nan, math.inf, [1]])
def test_others_do_not(value):
    with pytest.raises(InputError, match="x: not a usable number"):
        check_number("x", value)


BAD = {
    "committed": [{"demand": "all"}, {"demand": math.nan}],
    "cautious": [{"sds": -1}, {"sds": "two"}],
    "exaggerating": [{"factor": "big"}, {"facts": math.inf}, {"bias": {"no deal": "x"}}],
    "best-responding": [{"draws": 0}, {"steps": 1.5}, {"reach": 0}, {"only": 3}],
    "policy-switching": [{"probability": 2}, {"rounds": -1}, {"then": 5}, {"encounters": 0.5}],
    "reputation-building": [{"demand": -1}],
    "spiteful": [{"weight": -1}, {"weight": "much"}],
    "fickle": [{"change": 2}, {"among": []}, {"among": 3}],
}


@pytest.mark.parametrize(
    ("kind", "options"), [(kind, some) for kind, every in BAD.items() for some in every]
)
def test_bad_options_name_their_place(kind, options):
    (name,) = options
    with pytest.raises(InputError, match=rf"parties\.Ana\.options(\.{name}|: options do not fit)"):
        make_party(kind, options, "parties.Ana")
