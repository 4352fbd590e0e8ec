"""A written agreement states what its transcript holds."""

import copy
import json

import pytest

import comity as co
from agreement_situations import case_of, chicken, random_negotiation
from comity.agreement.claims import RECORDED, claim_faults
from comity.agreement.parties import Committed, Silent

SITUATIONS = {
    "agreed": (lambda rng: [chicken(), chicken()], {}),
    "refused": (lambda rng: [chicken(), chicken()], {"A": Committed(1000.0)}),
    "declined": (lambda rng: [chicken(), chicken()], {"A": Silent()}),
    "a deal": (lambda rng: [random_negotiation(rng)] * 2, {}),
}


def written(models, parties):
    agreement = co.agree(case_of(models), parties=parties, rng=1, misreports="none")
    return json.loads(json.dumps(agreement.to_dict()))


@pytest.mark.parametrize("name", SITUATIONS)
def test_what_was_written_is_what_happened(name, rng):
    make, parties = SITUATIONS[name]
    data = written(make(rng), parties)
    assert claim_faults(data, data["transcript"]) == []


FORGERIES = {
    "status": "no gain",
    "solution": "egalitarian",
    "disagreement": [0.0, 0.0],
    "play": {"kind": "lottery", "outcomes": [[0, 0]], "probabilities": [1.0]},
    "payoffs": [100.0, 100.0],
    "decisions": [],
    "acts": {"A": "comply"},
}


@pytest.mark.parametrize("name", RECORDED)
@pytest.mark.parametrize("how", ["changed", "absent", "nonsense"])
def test_what_was_changed_is_named(name, how):
    data = written([chicken(), chicken()], {})
    forged = copy.deepcopy(data)
    if how == "absent":
        del forged[name]
    else:
        forged[name] = FORGERIES[name] if how == "changed" else 7
    (fault,) = claim_faults(forged, data["transcript"])
    assert fault.what.startswith(f"{name} of the file")
