"""Exports from oTree: both kinds of tables give the same rows."""

import pandas as pd
import pytest

from comity.core.errors import InputError
from comity.inference.evidence.adapters import dictator
from comity.inference.evidence.reading import read_otree, read_table

PEOPLE = {
    "participant.code": ["ana", "bo", "cy", "bot"],
    "participant._is_bot": [0, 0, 0, 1],
    "participant._index_in_pages": [9, 4, None, 9],
    "participant._max_page_index": [9, 9, 9, 9],
    "session.code": ["s1", "s1", "s2", "s2"],
}
GAVE = {1: [10, 20, None, 50], 2: [11, None, None, 50]}


def wide(apps=("give",)):
    """The table of all apps, as oTree writes it."""
    columns = dict(PEOPLE)
    for app in apps:
        for number, gave in GAVE.items():
            columns |= {
                f"{app}.{number}.player.id_in_group": [1, 1, 1, 1],
                f"{app}.{number}.player.role": [None] * 4,
                f"{app}.{number}.player.payoff": [0, 0, 0, 0],
                f"{app}.{number}.player.given": gave,
                f"{app}.{number}.group.id_in_subsession": [1, 2, 3, 4],
                f"{app}.{number}.subsession.round_number": [number] * 4,
            }
    return pd.DataFrame(columns)


def long():
    """The table of one app, as oTree writes it."""
    parts = [
        pd.DataFrame(
            {
                **PEOPLE,
                "player.id_in_group": 1,
                "player.role": None,
                "player.payoff": 0,
                "player.given": gave,
                "group.id_in_subsession": [1, 2, 3, 4],
                "subsession.round_number": number,
            }
        )
        for number, gave in GAVE.items()
    ]
    return pd.concat(parts, ignore_index=True)


def rows(frame):
    columns = ["participant.code", "subsession.round_number", "player.given", "session.code"]
    listed = frame[columns].astype(object).values.tolist()
    return sorted([code, int(number), float(gave), study] for code, number, gave, study in listed)


HELD = [["ana", 1, 10.0, "s1"], ["ana", 2, 11.0, "s1"], ["bo", 1, 20.0, "s1"]]


@pytest.mark.parametrize("export", [wide, long])
def test_rows_by_round_without_bots(tmp_path, export):
    export().to_csv(tmp_path / "export.csv", index=False)
    for source in (export(), tmp_path / "export.csv"):
        frame = read_otree(source)
        assert rows(frame) == HELD
        told = sorted((fault.kind, fault.message) for fault in frame.attrs["faults"])
        assert {kind for kind, _ in told} == {"missing"}
        assert [message.partition(";")[0] for _, message in told] == [
            "participant bo stopped at page 4 of 9",
            "participant cy never started",
        ]
        assert told[0][1].endswith("; found nothing in 1 round; expected its choices")
        assert told[1][1].endswith("; found nothing in 2 rounds; expected its choices")
        assert frame.attrs["assumptions"] == (
            "2 rows by 1 bot of oTree are left out",
            "1 participant left early; what was decided before is used",
        )


def test_faults_say_where(tmp_path):
    wide().to_csv(tmp_path / "wide.csv", index=False)
    long().to_csv(tmp_path / "long.csv", index=False)
    assert [f.row for f in read_otree(tmp_path / "wide.csv").attrs["faults"]] == [
        "line 3, round 2",
        "line 4, round 1",
    ]
    assert [f.row for f in read_otree(tmp_path / "long.csv").attrs["faults"]] == [
        "line 4",
        "line 7",
    ]


def test_bots_can_be_kept():
    assert rows(read_otree(wide(), bots=True)) == [
        *HELD,
        ["bot", 1, 50.0, "s2"],
        ["bot", 2, 50.0, "s2"],
    ]


def test_one_app_of_several():
    export = wide(("give", "survey"))
    with pytest.raises(InputError, match=r"app: the export holds several apps .*give, survey"):
        read_otree(export)
    with pytest.raises(InputError, match=r"no such app .*take"):
        read_otree(export, "take")
    assert rows(read_otree(export, "give")) == HELD
    with pytest.raises(InputError, match="the table of one app"):
        read_otree(long(), "give")


def test_nobody_got_anywhere():
    with pytest.raises(InputError, match="no participant got anywhere"):
        read_otree(wide().iloc[2:3])


def test_reading_twice_changes_nothing():
    once = read_otree(wide())
    again = read_table(once)
    assert rows(again) == rows(once)
    assert again.attrs["faults"] == once.attrs["faults"]


@pytest.mark.parametrize("export", [wide, long])
def test_any_adapter_reads_the_fields(export):
    evidence = dictator(export(), total=50)
    assert evidence.people == ("ana", "bo")
    assert evidence.studies == ("s1",)
    chosen = [
        (evidence.people[p], c) for p, c in zip(evidence.person, evidence.choice, strict=True)
    ]
    assert sorted(chosen) == [("ana", 10), ("ana", 11), ("bo", 20)]
    assert [fault.kind for fault in evidence.faults] == ["missing", "missing"]
    assert "2 rows by 1 bot of oTree are left out" in evidence.summary()
