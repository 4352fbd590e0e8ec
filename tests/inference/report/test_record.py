import dataclasses

import numpy as np

from comity.inference.evidence import Fault
from comity.inference.report.record import record
from inference.making import evidence, understanding


def test_what_was_used(rich):
    used = dict(record(rich).used)
    assert used == {
        "Decisions used": "720",
        "People": "120",
        "Different situations": "6",
        "From": "offers.csv",
    }


def test_every_row_that_is_not_used_is_named(rich):
    found = record(rich)
    assert found.unused == "4 rows not used: 1 contradictory, 2 impossible, 1 missing"
    named = ", ".join(f.rows for f in found.faults).split(", ")
    assert sorted(named) == sorted(f.row for f in rich.evidence.faults)
    assert [f.count for f in found.faults] == ["1 row", "2 rows", "1 row"]


def test_a_great_many_faults_are_named_too():
    faults = tuple(Fault(f"line {k}", "missing", f"no {'xy'[k % 2]}") for k in range(5000))
    found = record(understanding(evidence=dataclasses.replace(evidence(), faults=faults)))
    assert sum(len(f.rows.split(", ")) for f in found.faults) == 5000
    assert len(found.faults) == 2


def test_no_faults():
    found = record(understanding(evidence=dataclasses.replace(evidence(), faults=())))
    assert (found.faults, found.unused) == ((), "")


def test_games_and_studies_are_counted_where_there_are_several():
    made = evidence()
    two = dataclasses.replace(
        made,
        games=("direct", "strategy method", "never played"),
        game=(np.arange(len(made)) % 3 == 0).astype(int),
        studies=("Spring", "Autumn"),
        study=(np.arange(len(made)) % 2).astype(int),
    )
    found = record(understanding(evidence=two))
    assert found.games == (("direct", "480 decisions"), ("strategy method", "240 decisions"))
    assert ("Studies", "2 (Autumn, Spring)") in found.used
    assert record(understanding()).games == ()
