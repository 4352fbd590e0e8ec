"""Files as a new user would get them wrong, each with what the error must say."""

from pathlib import Path

FOLDER = Path(__file__).parent / "bad"

GAME = """\
title = "A lane too narrow"

[frame]
bystanders = ["cyclists"]
states = ["dry", "wet"]
quantities = ["delay"]

[frame.actions]
Ana = ["wait", "drive"]
Bo = ["wait", "drive"]

[models.Ana]
prior = { dry = 0.75, wet = "1/4" }

[models.Ana.facts.delay]
"*" = 1
"drive | drive" = { dry = 5, wet = 9 }

[models.Ana.tastes.Ana]
weights = { delay = -1 }
payoffs = { "wait | *" = 0, "drive | *" = 2 }

[models.Ana.tastes.cyclists]
payoffs = { "*" = 0, "drive | drive" = -4 }

[models.Bo]
prior = { dry = 0.5, wet = 0.5 }

[models.Bo.facts.delay]
"*" = 1
"drive | drive" = { dry = 4, wet = 8 }

[models.Bo.tastes.Bo]
weights = { delay = -1 }
payoffs = { "* | wait" = 0, "* | drive" = 2 }

[constitution]
solution = "nash"
acceptance = [{ rule = "gain", tolerance = 0 }]
"""

SET = """
[[models.Ana.alternatives]]
name = "wet more often"
weight = 0.25
prior = { dry = 0.5, wet = 0.5 }

[[models.Ana.alternatives]]
name = "in no hurry"
weight = "1/4"
source = "a set at 90%"
[models.Ana.alternatives.tastes.Ana]
weights = { delay = -0.5 }
payoffs = { "wait | *" = 0, "drive | *" = 2 }
"""

DEAL = """\
title = "The rent"

[frame]
players = ["Ana", "Bo"]

[frame.issues]
rent = { range = [8, 12] }
room = ["big", "small"]

[models.Ana.tastes.Ana]
no_deal = 2
values = { rent = { low = 10, high = 0 }, room = { big = 5, small = 0 } }

[models.Bo.tastes.Bo]
no_deal = 1
values = { rent = { low = 0, high = 10 }, room = [0, 5] }
"""


def game(old: str, new: str) -> str:
    """The game with one thing changed."""
    assert GAME.count(old) >= 1, old
    return GAME.replace(old, new, 1)


def deal(old: str, new: str) -> str:
    """The negotiation with one thing changed."""
    assert DEAL.count(old) >= 1, old
    return DEAL.replace(old, new, 1)


ROOM = "room = { big = 5, small = 0 }"
LOG = 'prior = "logarithmic"\n'
WET = '[[models.Ana.alternatives]]\nname = "wet"\nprior = { dry = 0.5, wet = 0.5 }\n'

# Name of the file, its text, and what must stand in the first error.
BAD: list[tuple[str, str, list[str]]] = [
    # -------------------------------------------------- not a Case at all
    ("empty.toml", "", ["title", "is missing"]),
    ("prose.toml", "Ana and Bo cannot agree\n", ["line 1", "not TOML"]),
    ("cut-short.toml", GAME[: GAME.index("drive | *") + 3], ["line 21", "not TOML"]),
    ("cut-table.toml", GAME[: GAME.index("[models.Bo]")], ["Bo has no model", "models.Bo"]),
    ("two-lines.toml", game("dry = 0.75, ", "dry = 0.75,\n"), ["line 13", "{ } stays on one"]),
    ("twice.toml", GAME + "\n[constitution]\n", ["not TOML", "line"]),
    ("list.json", "3", ["not a Case"]),
    ("cut.json", '{"title": "x", "frame": {', ["not JSON", "line 1"]),
    ("twins.json", '{"title": "x", "title": "y"}', ["a key stands twice", "'title'"]),
    ("deep.json", '{"title": ' + "[" * 100_000, ["nested too deeply"]),
    ("nan.json", '{"title": "x", "evidence": [{"sd": NaN}]}', ["not finite", "NaN"]),
    ("surrogate.json", '{"title": "\\ud800", "frame": {}, "models": {}}', ["title", "not text"]),
    ("future.toml", "comity = 2\n" + GAME, ["line 1", "comity", "version", "found 2"]),
    # -------------------------------------------------- names and keys
    ("misspelt-key.toml", game("bystanders =", "bystander ="), ["line 4", "mean 'bystanders'?"]),
    ("misspelt-table.toml", game("[constitution]", "[constituton]"), ["mean 'constitution'?"]),
    ("misspelt-party.toml", game("[models.Bo]", "[models.Boo]"), ["models.Boo", "mean 'Bo'?"]),
    (
        "misspelt-state.toml",
        game('wet = "1/4"', 'wett = "1/4"'),
        ["line 13", "models.Ana.prior", "unknown state", "mean 'wet'?"],
    ),
    (
        "misspelt-quantity.toml",
        game("weights = { delay", "weights = { delays"),
        ["models.Ana.tastes.Ana.weights.delays", "mean 'delay'?"],
    ),
    (
        "misspelt-action.toml",
        game('"wait | *" = 0', '"weit | *" = 0'),
        ["line 21", 'payoffs."weit | *"', "choice for Ana", "mean 'wait'?"],
    ),
    (
        "unknown-affected.toml",
        game("tastes.cyclists", "tastes.walkers"),
        ["models.Ana.tastes.walkers", "player or bystander"],
    ),
    ("two-names.toml", game('"wait", "drive"]', '"wait", "wait"]'), ["stands twice", "'wait'"]),
    ("empty-name.toml", game('["cyclists"]', '[" "]'), ["frame.bystanders", "name is empty"]),
    ("bar-in-name.toml", game('"drive"]', '"drive|on"]'), ["frame.actions.Ana", "hold '|'"]),
    ("nobody.toml", game('Bo = ["wait", "drive"]\n', ""), ["two parties or more", "found 1"]),
    ("no-actions.toml", game('Bo = ["wait", "drive"]', "Bo = []"), ["actions.Bo", "no actions"]),
    ("both-kinds.toml", game("[models.Ana]", "[frame.issues]\n[models.Ana]"), ["not both"]),
    ("no-model.toml", game("[models.Bo]", "[parties.Bo]"), ["parties.Bo.prior", "unknown key"]),
    # -------------------------------------------------- numbers
    ("nan.toml", game('"*" = 1', '"*" = nan'), ["line 16", "not finite", "found nan"]),
    ("infinite.toml", game("dry = 5", "dry = inf"), ["drive | drive", "not finite"]),
    ("word.toml", game("dry = 5", 'dry = "many"'), ["not a number", "'many'", '"1/3"']),
    ("boolean.toml", game("dry = 5", "dry = true"), ["not a number", "True"]),
    ("zeroth.toml", game('"1/4"', '"1/0"'), ["models.Ana.prior", "not a number", "'1/0'"]),
    ("prior-sum.toml", game("dry = 0.75", "dry = 0.8"), ["sum to 1", "found 1.05"]),
    (
        "prior-negative.toml",
        game('dry = 0.75, wet = "1/4"', "dry = 1.5, wet = -0.5"),
        ["models.Ana.prior.wet", "probability is negative"],
    ),
    ("no-prior.toml", game("prior = { dry = 0.5, wet = 0.5 }", ""), ["models.Bo.prior", "missing"]),
    (
        "missing-cells.toml",
        game('payoffs = { "wait | *" = 0, "drive | *" = 2 }', 'payoffs = { "wait | *" = 0 }'),
        ["no number for drive | wait in dry; drive | drive in dry; drive | wait in wet and 1 more"],
    ),
    (
        "contradiction.toml",
        game('{ "wait | *" = 0, "drive | *" = 2 }', '{ "wait | *" = 0, "* | *" = 2, "*|*" = 3 }'),
        ["equally precise", "a different number"],
    ),
    (
        "not-an-outcome.toml",
        game('"wait | *" = 0', '"wait" = 0'),
        ["not an outcome", "wait | wait"],
    ),
    (
        "wrong-shape.toml",
        game('payoffs = { "wait | *" = 0, "drive | *" = 2 }', "payoffs = [[0, 0, 0], [2, 2, 2]]"),
        ["models.Ana.tastes.Ana.payoffs", "shape does not fit", "(2, 3)", "(2, 2)"],
    ),
    (
        "ragged.toml",
        game('payoffs = { "wait | *" = 0, "drive | *" = 2 }', "payoffs = [[0, 0], [2]]"),
        ["payoffs", "ragged"],
    ),
    ("no-tastes.toml", game("tastes.Bo", "tastes.Ana"), ["models.Bo", "worth to itself"]),
    (
        "nobody-speaks.toml",
        game('[models.Ana.tastes.cyclists]\npayoffs = { "*" = 0, "drive | drive" = -4 }\n', ""),
        ["nobody says what cyclists gains or loses"],
    ),
    ("no-deal-in-game.toml", game("weights = {", "no_deal = 3\nweights = {"), ["no-deal value"]),
    (
        "negative-spread.toml",
        game("[models.Bo]", "[models.Ana.uncertainty]\nfacts = -1\n[models.Bo]"),
        ["models.Ana.uncertainty.facts", "standard deviation is negative"],
    ),
    (
        "huge-table.toml",
        game('Ana = ["wait", "drive"]', f"Ana = {[str(k) for k in range(40_000)]}").replace(
            'Bo = ["wait", "drive"]', f"Bo = {[str(k) for k in range(25_000)]}"
        ),
        ["frame.actions", "too large", "20,000,000"],
    ),
    # -------------------------------------------------- negotiations
    (
        "no-issues.toml",
        deal('rent = { range = [8, 12] }\nroom = ["big", "small"]\n', ""),
        ["frame.issues", "nothing to settle"],
    ),
    ("no-options.toml", deal('room = ["big", "small"]', "room = []"), ["no options", "room"]),
    ("empty-range.toml", deal("[8, 12]", "[12, 8]"), ["range is empty", "12..8"]),
    ("huge-range.toml", deal("[8, 12]", "[0, 1000000000]"), ["too large", "1,000,001"[:5]]),
    (
        "short-range.toml",
        deal("[8, 12]", "[8]"),
        ["line 7", "frame.issues.rent.range", "too short"],
    ),
    ("unknown-issue.toml", deal("values = { rent", "values = { rnet"), ["mean 'rent'?"]),
    ("unknown-option.toml", deal("small = 0", "smal = 0"), ["room.smal", "mean 'small'?"]),
    ("missing-option.toml", deal(ROOM, "room = { big = 5 }"), ["no number for room.small"]),
    ("missing-issue.toml", deal(f", {ROOM}", ""), ["no number for room.big; room.small"]),
    ("short-list.toml", deal("room = [0, 5]", "room = [5]"), ["one number per option"]),
    (
        "half-shape.toml",
        deal("{ low = 10, high = 0 }", "{ low = 10 }"),
        ["not a shape", "low, high"],
    ),
    ("payoffs-in-deal.toml", deal("values = {", "payoffs = {"), ["values by issue", "payoffs"]),
    ("discount.toml", deal("no_deal = 2", "no_deal = 2\ndiscount = 1.5"), ["discount", "(0, 1]"]),
    (
        "constraint.toml",
        deal(
            "[models.Ana",
            "[[frame.constraints]]\ncoefficients = { rant = 1 }\nat_most = 9\n\n[models.Ana",
        ),
        ["frame.constraints.0.coefficients", "mean 'rent'?"],
    ),
    (
        "belief-sum.toml",
        DEAL + '[[models.Bo.beliefs]]\nabout = "Ana"\nprobability = 0.6\nany_order_of = [3, 1]\n',
        ["models.Bo.beliefs.0", "do not sum to 1", "found 0.6"],
    ),
    (
        "belief-self.toml",
        DEAL + '[[models.Bo.beliefs]]\nabout = "Bo"\nany_order_of = [3, 1]\n',
        ["models.Bo.beliefs.0.about", "other party"],
    ),
    (
        "belief-length.toml",
        DEAL + '[[models.Bo.beliefs]]\nabout = "Ana"\nany_order_of = [3, 2, 1]\n',
        ["one number per issue", "found 3", "expected 2"],
    ),
    # -------------------------------------------------- several views of one party
    (
        "alternative-key.toml",
        GAME + WET.replace("prior", "priro"),
        ["line 42", "models.Ana.alternatives.0.priro", "mean 'prior'?"],
    ),
    (
        "alternative-name.toml",
        GAME + "[[models.Ana.alternatives]]\nprior = { dry = 0.5, wet = 0.5 }\n",
        ["models.Ana.alternatives.0.name", "is missing"],
    ),
    (
        "alternative-twice.toml",
        GAME + WET + WET.replace("0.5", "0.50"),
        ["line 44", "models.Ana.alternatives.1.name", "stands twice", "'wet'"],
    ),
    (
        "alternative-central.toml",
        GAME + WET.replace('"wet"', '"central"'),
        ["models.Ana.alternatives.0.name", "stands twice", "'central'"],
    ),
    (
        "alternative-same.toml",
        GAME + WET.replace("dry = 0.5, wet = 0.5", "dry = 0.75, wet = 0.25"),
        ["line 40", "models.Ana.alternatives.0", "'wet' says the same as the model"],
    ),
    (
        "alternative-twin.toml",
        GAME + WET + WET.replace('"wet"', '"damp"'),
        ["models.Ana.alternatives.1", "'damp' says the same as the alternative 'wet'"],
    ),
    (
        "alternative-nothing.toml",
        GAME + '[[models.Ana.alternatives]]\nname = "wet"\n',
        ["models.Ana.alternatives.0", "no number that differs"],
    ),
    (
        "alternative-weight.toml",
        GAME + WET + "weight = -0.1\n",
        ["line 43", "models.Ana.alternatives.0.weight", "0 or more"],
    ),
    (
        "alternative-weights.toml",
        GAME
        + WET
        + "weight = 0.7\n"
        + WET.replace("wet", "mud", 1).replace("0.5", "0.4", 1).replace("0.5", "0.6")
        + "weight = 0.4\n",
        ["models.Ana.alternatives", "sum to more than 1", "found 1.1"],
    ),
    (
        "alternative-half-weighed.toml",
        GAME
        + WET
        + "weight = 0.7\n"
        + WET.replace("wet", "mud", 1).replace("0.5", "0.4", 1).replace("0.5", "0.6"),
        ["models.Ana.alternatives.1.weight", "some alternatives have a weight", "all or none"],
    ),
    (
        "alternative-quantity.toml",
        GAME + '[[models.Bo.alternatives]]\nname = "slow"\nfacts.dealy = 3\n',
        ["models.Bo.alternatives.0.facts.dealy", "unknown quantity", "mean 'delay'?"],
    ),
    (
        "alternative-somebody.toml",
        DEAL
        + '[[models.Bo.alternatives]]\nname = "x"\ntastes.Boo.values = { rent = 1, room = 1 }\n',
        ["models.Bo.alternatives.0.tastes.Boo", "player or bystander", "mean 'Bo'?"],
    ),
    # -------------------------------------------------- constitutions
    ("solution.toml", game('"nash"', '"nsah"'), ["line 38", "unknown solution", "mean 'nash'?"]),
    (
        "strategic.toml",
        game('rule = "gain"', 'rule = "public", divergence = "strategic"'),
        ["constitution.acceptance", "strategic divergence cannot see", "nash"],
    ),
    (
        "strategic-deal.toml",
        DEAL + '[[constitution.acceptance]]\nrule = "public"\ndivergence = "strategic"\n',
        ["strategic divergence compares incentives", "a negotiation"],
    ),
    ("tolerance.toml", game("tolerance = 0", "tolerance = -1"), ["acceptance.0", "negative"]),
    ("no-rule.toml", game('[{ rule = "gain", tolerance = 0 }]', "[]"), ["no rule of acceptance"]),
    (
        "disjoint.toml",
        game('dry = 0.75, wet = "1/4"', "dry = 1, wet = 0")
        .replace("dry = 0.5, wet = 0.5", "dry = 0, wet = 1")
        .replace("[constitution]\n", "[constitution]\n" + LOG),
        ["constitution.prior", "logarithmic pool", "nothing in common"],
    ),
    (
        "precision.toml",
        GAME + 'facts = "precision"\nprecision = { Ana = 1 }\n',
        ["Bo has no entry", "a weight for every party"],
    ),
    (
        "precision-name.toml",
        GAME + 'facts = "precision"\nprecision = { Ana = 1, Boo = 1 }\n',
        ["constitution.precision.Boo", "mean 'Bo'?"],
    ),
    ("no-evidence.toml", GAME + 'facts = "evidence"\n', ["evidence is asked for"]),
    ("trimmed.toml", GAME + 'facts = "trimmed-mean"\n', ["needs three reports", "2 parties"]),
    ("policy.toml", GAME + 'policy = { Ana = "wait", Bo = "fly" }\n', ["policy.Bo", "action"]),
    ("no-deal.toml", GAME + 'disagreement = "no-deal"\n', ["has no such disagreement", "maximin"]),
    ("point.toml", GAME + "disagreement_point = { Ana = 1 }\n", ["Bo has no entry", "a number"]),
    ("talk.toml", GAME + "talk = { rounds = -1 }\n", ["constitution.talk.rounds", "0 or more"]),
    ("acceptable.toml", GAME + 'acceptable = { Ana = ["egalitarian"] }\n', ["all parties accept"]),
    (
        "evidence.toml",
        GAME + '[[evidence]]\nquantity = "dealy"\nvalues = [1, 2]\n',
        ["line 41", "evidence.0.quantity", "mean 'delay'?"],
    ),
    (
        "evidence-noise.toml",
        GAME + '[[evidence]]\nquantity = "delay"\nvalues = [1]\n',
        ["evidence.0.sd", "noise"],
    ),
    # -------------------------------------------------- files of other tools
    ("bomb.xml", (FOLDER / "bomb.xml").read_text(), []),
    ("outside.xml", (FOLDER / "outside.xml").read_text(), []),
    ("cut.xml", "<negotiation_template><utility_space>", []),
    ("other.xml", "<html><body>no domain</body></html>", []),
    ("cut.nfg", 'NFG 1 R "cut" { "A" "B" } { 2 2 }\n\n1 2 3', []),
    ("words.nfg", "this is not a game", []),
    ("campers.json", '[{"chat_logs": [], "dialogue_id": 1}]', ["CaSiNo"]),
]
