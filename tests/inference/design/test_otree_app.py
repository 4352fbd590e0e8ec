"""Projects on disk: whole or not at all, and data in their form that our readers take."""

import ast
import os

import pandas as pd
import pytest

from comity.core import InputError
from comity.inference.design.menu import Question
from comity.inference.design.otree_answers import read_answers
from comity.inference.design.otree_app import export_otree
from comity.inference.design.otree_project import UltimatumPlan
from comity.inference.evidence import Situation
from comity.inference.evidence.adapters import allocations, ultimatum

MENU = [
    Question(Situation(("keep", "give"), [[8, 2], [6.5, 4]], name="ahead")),
    Question(Situation(("keep", "give"), [[4, 6], [3, 9]], name="behind")),
]


def export_of(app, rows):
    """Return a table as oTree 5 and 6 write it: first its own columns, then ours."""
    frame = pd.DataFrame(rows)
    frame.insert(0, "participant.code", frame.pop("code"))
    for name, value in {"participant._is_bot": 0, "participant.payoff": 0.0}.items():
        frame.insert(1, name, value)
    frame["session.code"] = "abc"
    wide = pd.DataFrame({"participant.code": frame["participant.code"].unique()})
    wide["participant._is_bot"], wide["session.code"] = 0, "abc"
    for number, part in frame.groupby("subsession.round_number"):
        part = part.set_index("participant.code")
        for column in frame.columns[frame.columns.str.match("player|group")]:
            wide[f"{app}.{number}.{column}"] = part[column].reindex(wide["participant.code"]).values
    return {"one": frame, "all": wide}


def fields_of(folder, app, owner):
    """Return the fields that an app defines for a player or a group."""
    tree = ast.parse((folder / app / "__init__.py").read_text(encoding="utf-8"))
    found = next(n for n in tree.body if isinstance(n, ast.ClassDef) and n.name == owner)
    return {n.targets[0].id for n in found.body if isinstance(n, ast.Assign)}


def test_a_menu_is_written_and_its_data_come_back(tmp_path):
    folder = export_otree(MENU, tmp_path / "experiment", texts={"ahead": "You are ahead."})
    fields = fields_of(folder, "questions", "Player")
    picks = {("ann", "ahead"): 2, ("ann", "behind"): 1, ("bob", "ahead"): 1, ("bob", "behind"): 2}
    rows = []
    for (person, name), option in picks.items():
        payoffs = next(q for q in MENU if q.name == name).situation.payoffs[:, 0]
        rows.append(
            {
                "code": person,
                "player.id_in_group": 1,
                "player.question": name,
                "player.choice": f"option_{option}",
                "player.paid": 0,
                "player.amounts": "",
                **{f"player.to_self_option_{k + 1}": payoffs[k, 0] for k in range(2)},
                **{f"player.to_other_option_{k + 1}": payoffs[k, 1] for k in range(2)},
                "subsession.round_number": 1 if name == "behind" else 2,
            }
        )
    assert {f"player.{name}" for name in fields} < set(rows[0]) | {"player.id_in_group"}
    for kind, frame in export_of("questions", rows).items():
        path = tmp_path / f"{kind}.csv"
        frame.to_csv(path, index=False)
        found = read_answers(path, folder / "questions" / "questions.json")
        answers = {
            (found.people[p], found.situations[s].name): c + 1
            for p, s, c in zip(found.person, found.situation, found.choice, strict=True)
        }
        assert answers == picks
        columns = {"self": "player.to_self_{}", "other": "player.to_other_{}"}
        again = allocations(path, recipients=columns)
        assert sorted(s.payoffs.tolist() for s in again.situations) == sorted(
            q.situation.payoffs.tolist() for q in MENU
        )
        assert len(again) == len(found) == 4


def test_an_ultimatum_game_is_written_and_its_data_come_back(tmp_path):
    folder = export_otree(UltimatumPlan(10, 0.5, 2), tmp_path / "pie", app="ultimatum")
    assert fields_of(folder, "ultimatum", "Group") == {"total", "offer", "accepted"}
    rows = [
        {
            "code": code,
            "player.id_in_group": place,
            "player.role": role,
            "group.total": 10.0,
            "group.offer": offer,
            "group.accepted": accepted,
            "subsession.round_number": number,
        }
        for number, offer, accepted in [(1, 4.5, 1), (2, 0.5, 0)]
        for place, code, role in [(1, "ann", "proposer"), (2, "bob", "responder")]
    ]
    for frame in export_of("ultimatum", rows).values():
        found = ultimatum(frame, step=0.5, last_round=2)
        told = found.to_frame()
        offers = told[told.person == "ann"].sort_values("order").choice.tolist()
        answers = told[told.person == "bob"].sort_values("order").choice.tolist()
        assert offers == ["4.5", "0.5"]
        assert answers == ["accept", "refuse"]
        seen = [found.situations[s].history for s in found.situation[told.person == "bob"]]
        assert sorted(float(h["continues"].item()) for h in seen) == [0.0, 1.0]


def test_the_strategy_method_comes_back(tmp_path):
    folder = export_otree(UltimatumPlan(10, 1, 1, True), tmp_path / "pie", app="strategy")
    assert {"total", "offer", "threshold"} < fields_of(folder, "strategy", "Player")
    rows = [
        {
            "code": code,
            "player.id_in_group": place,
            "player.total": 10.0,
            "player.offer": offer,
            "player.threshold": threshold,
            "subsession.round_number": 1,
        }
        for place, code, offer, threshold in [(1, "ann", 4, 3), (2, "bob", 5, 0)]
    ]
    assert 'ultimatum("export.csv", step=1.0)' in (folder / "README.md").read_text("utf-8")
    told = ultimatum(export_of("strategy", rows)["one"]).to_frame()
    assert told[told.game == "proposer"].choice.tolist() == ["4", "5"]
    assert told[told.game == "responder"].choice.tolist() == ["from 3", "from 0"]


@pytest.mark.parametrize("design", [MENU, UltimatumPlan(), UltimatumPlan(strategy=True)])
def test_all_code_compiles_and_every_page_has_its_template(tmp_path, design):
    folder = export_otree(design, tmp_path / "new", app="My app!")
    assert {p.name for p in folder.iterdir()} == {
        "settings.py",
        "README.md",
        "requirements.txt",
        "_static",
        "my_app",
    }
    code = list(folder.rglob("*.py"))
    assert len(code) == 3
    for path in code:
        compile(path.read_text(encoding="utf-8"), str(path), "exec")
    tree = ast.parse((folder / "my_app" / "__init__.py").read_text(encoding="utf-8"))
    pages = {
        n.name
        for n in tree.body
        if isinstance(n, ast.ClassDef) and n.bases and getattr(n.bases[0], "id", "") == "Page"
    }
    assert pages == {p.stem for p in folder.rglob("*.html")}


def test_an_empty_folder_is_used_and_another_is_not(tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    assert (export_otree(MENU, empty) / "settings.py").exists()
    with pytest.raises(InputError, match="holds something already"):
        export_otree(MENU, empty)
    file = tmp_path / "file"
    file.write_text("mine")
    with pytest.raises(InputError, match="holds something already"):
        export_otree(MENU, file)
    assert file.read_text() == "mine"
    with pytest.raises(InputError, match="cannot write the folder"):
        export_otree(MENU, tmp_path / "no" / "such")


def test_what_fails_leaves_nothing(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(InputError, match="No space left"):
        export_otree(MENU, tmp_path / "new")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(InputError, match="stands twice"):
        export_otree([MENU[0], MENU[0]], tmp_path / "other")
    assert list(tmp_path.iterdir()) == []
