"""The texts of oTree projects: names, code that runs against a stand-in of oTree, safe words."""

import json
import sys
import types

import pytest

from comity.core import InputError
from comity.inference.design.menu import Question
from comity.inference.design.otree_project import (
    UltimatumPlan,
    app_name,
    field_name,
    menu_project,
    ultimatum_project,
)
from comity.inference.evidence import Situation

GIVING = Question(
    Situation(("keep", "give <b>all</b>"), [[8, 2], [6.5, 4]], name='"giving" & {{ x }}')
)
BEHIND = Question(Situation(("keep", "give"), [[4, 6], [3, 9]], name="behind"))
CHANCE = Question(
    Situation(
        ("safe", "risky"),
        [[[3, 3], [3, 3]], [[9, 0], [0, 9]]],
        ("me", "Bo"),
        contingencies=[0.25, 0.75],
        delays=[0, 7],
        name="chance",
    )
)


class Anything:
    """Stands for the classes and fields of oTree."""

    def __init__(self, *args, **kwargs):
        self.__dict__.update(kwargs)

    def __getattr__(self, name):
        return Anything


@pytest.fixture
def run_app(tmp_path, monkeypatch):
    """Run the code of an app with a stand-in for oTree, and return its names."""

    def run(project, app):
        api = types.ModuleType("otree.api")
        for name in (
            "BaseConstants",
            "BaseSubsession",
            "BaseGroup",
            "BasePlayer",
            "Page",
            "WaitPage",
        ):
            setattr(api, name, type(name, (), {}))
        api.models, api.widgets, api.cu = Anything(), Anything(), float
        monkeypatch.setitem(sys.modules, "otree", types.ModuleType("otree"))
        monkeypatch.setitem(sys.modules, "otree.api", api)
        for name, text in project.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        file = tmp_path / app / "__init__.py"
        names = {"__file__": str(file), "__name__": app}
        exec(compile(file.read_text(encoding="utf-8"), str(file), "exec"), names)
        return types.SimpleNamespace(**names)

    return run


class Player(types.SimpleNamespace):
    def in_all_rounds(self):
        return self.rounds


def played(app, count, choice):
    """Return the players of all rounds of one participant, asked and answered."""
    participant = types.SimpleNamespace(vars={})
    rounds = []
    for number in range(1, count + 1):
        player = Player(participant=participant, round_number=number, rounds=rounds, paid=False)
        rounds.append(player)
        app.creating_session(
            types.SimpleNamespace(round_number=number, get_players=lambda player=player: [player])
        )
        player.choice = choice
    return rounds


def test_everybody_is_asked_everything_once(run_app):
    app = run_app(menu_project((GIVING, BEHIND), "menu", "", {}, True), "menu")
    orders = set()
    for _ in range(30):
        rounds = played(app, 2, "option_1")
        orders.add(tuple(player.question for player in rounds))
        assert {player.question for player in rounds} == {GIVING.name, "behind"}
    assert len(orders) == 2
    fixed = run_app(menu_project((GIVING, BEHIND), "menu", "", {}, False), "menu")
    assert [player.question for player in played(fixed, 2, "option_1")] == [GIVING.name, "behind"]


def test_what_is_recorded_and_paid(run_app):
    app = run_app(menu_project((GIVING, BEHIND), "menu", "", {}, False), "menu")
    rounds = played(app, 2, "option_2")
    assert (rounds[0].to_self_option_2, rounds[0].to_other_option_2) == (6.5, 4)
    app.pay(rounds[1])
    paid = [player for player in rounds if player.paid]
    assert len(paid) == 1
    due = {GIVING.name: [["self", 6.5], ["other", 4.0]], "behind": [["self", 3.0], ["other", 9.0]]}
    assert json.loads(paid[0].amounts) == due[paid[0].question]
    assert paid[0].payoff == due[paid[0].question][0][1]
    assert app.choice_choices(rounds[0]) == ["option_1", "option_2"]


def test_words_on_a_page_are_safe(run_app):
    texts = {"behind": "<script>now</script>"}
    app = run_app(menu_project((GIVING, BEHIND), "menu", "", texts, False), "menu")
    first, second = played(app, 2, "option_1")
    assert app.shown(first)["rows"][1]["label"] == "give &lt;b&gt;all&lt;/b&gt;"
    assert app.shown(first)["rows"][1]["amounts"] == ["6.5", "4"]
    assert app.shown(second)["text"] == "&lt;script&gt;now&lt;/script&gt;"


def test_chance_and_delay_are_shown_and_drawn(run_app):
    project = menu_project((CHANCE,), "menu", "", {}, False)
    assert "to_me" not in project["menu/__init__.py"]
    app = run_app(project, "menu")
    player = played(app, 1, "option_2")[0]
    assert app.shown(player)["heads"] == [
        "You: event 1 (25%)",
        "Bo, in 7 days: event 1 (25%)",
        "You: event 2 (75%)",
        "Bo, in 7 days: event 2 (75%)",
    ]
    assert app.shown(player)["rows"][1]["amounts"] == ["9", "0", "0", "9"]
    drawn = set()
    for _ in range(60):
        app.pay(player)
        drawn.add(player.payoff)
    assert drawn == {0.0, 9.0}


@pytest.mark.parametrize(("strategy", "step"), [(False, 2.5), (True, 0.1)])
def test_ultimatum_offers_the_amounts(run_app, strategy, step):
    plan = UltimatumPlan(10, step, 3, strategy)
    project = ultimatum_project(plan, "pie", "")
    app = run_app(project, "pie")
    assert plan.amounts == app.C.OFFERS
    assert app.C.OFFERS[-1] == app.C.TOTAL == 10
    assert app.C.NUM_ROUNDS == 3
    assert len(plan.amounts) == round(10 / step) + 1
    assert ("last_round=3" in project["README.md"]) is not strategy


@pytest.mark.parametrize(("accepted", "kept", "offered"), [(True, 7, 3), (False, 0, 0)])
def test_ultimatum_pays(run_app, accepted, kept, offered):
    app = run_app(ultimatum_project(UltimatumPlan(10, 1, 1), "pie", ""), "pie")
    players = {"proposer": Player(), "responder": Player()}
    app.pay(Player(offer=3, accepted=accepted, get_player_by_role=players.get))
    assert (players["proposer"].payoff, players["responder"].payoff) == (kept, offered)


@pytest.mark.parametrize(("threshold", "paid"), [(4, [4, 6]), (5, [0, 0])])
def test_ultimatum_by_strategy_pays(run_app, threshold, paid):
    app = run_app(ultimatum_project(UltimatumPlan(10, 1, 1, True), "pie", ""), "pie")
    both = [Player(offer=4, threshold=threshold) for _ in range(2)]
    app.pay(Player(get_players=lambda: both))
    assert sorted(player.payoff for player in both) == paid
    assert {player.was for player in both} == {"proposer", "responder"}


@pytest.mark.parametrize("title", ["O'Neil's \"$app\" {{ game }}", "a\nb", "`rm` <i>"])
def test_titles_stay_words(title):
    project = menu_project((BEHIND,), "menu", title, {}, True)
    names = {}
    exec(project["settings.py"], names)
    assert names["SESSION_CONFIGS"][0]["display_name"] == " ".join(title.split())
    heading = project["README.md"].splitlines()[0]
    assert heading.startswith("# ")
    assert "<i>" not in heading.replace("\\<i\\>", "")


def test_names_for_otree():
    assert app_name("Menu of  Questions") == "menu_of_questions"
    assert app_name("…") == app_name("") == "app"
    assert app_name("settings") == "app_settings"
    assert len(app_name("x" * 99)) == 30
    assert all(app_name(text).isidentifier() for text in ("1", "лес", "a-b", "lambda"))
    assert field_name("Ana María (2)") == "ana_maria_2"


def test_recipients_of_one_name_have_columns_of_their_own():
    twins = Question(Situation(("x",), [[1, 2, 3]], ("A", "a", "b"), name="q"))
    code = menu_project((twins,), "menu", "", {}, True)["menu/__init__.py"]
    assert all(f"{name}_option_1 = " in code for name in ("to_a", "to_a_2", "to_b"))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: menu_project((), "menu", "", {}, True), "not a number of questions"),
        (lambda: menu_project((BEHIND, BEHIND), "menu", "", {}, True), "stands twice"),
        (
            lambda: menu_project((BEHIND,), "menu", "", {"ahead": "x"}, True),
            "a text for no question",
        ),
        (lambda: UltimatumPlan(10, 3), "no number of steps"),
        (lambda: UltimatumPlan(0, 1), "nothing to divide"),
        (lambda: UltimatumPlan(10, 0.01), "no number of steps"),
        (lambda: UltimatumPlan(10, 1, 0), "rounds: out of range"),
        (lambda: UltimatumPlan(10, 1, 1.5), "rounds: out of range"),
    ],
)
def test_bad_input_is_refused(make, message):
    with pytest.raises(InputError, match=message):
        make()
