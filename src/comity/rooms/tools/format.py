"""How a Case is written, short enough for an agent to read before it writes one."""

from __future__ import annotations

from typing import Any

RULES = """\
A Case is TOML, or JSON of the same shape: one situation, and how each party sees it.
[frame], common to all: `players`; `issues` to divide or decide, each a list of names of options or
  { range = [low, high, step] }, or in their place [frame.actions] with the actions of each player;
  `quantities` that several care about; `bystanders`; `states` of the world.
[models.NAME], the view of one player; each needs one. In a room your own alone is used: write your
  best guess for the others, which is sent to nobody.
  facts.QUANTITY: how much of it each outcome brings, as NAME believes.
  tastes.SOMEBODY: what outcomes are worth to somebody, as NAME sees it. State your own; guesses of
    others' may be left out. weights: worth of one unit of each quantity. values: worth by issue and
    option. payoffs: worth by outcome, in games of actions. no_deal: worth of no agreement, where
    there are issues. Worth of an outcome = values or payoffs, plus weights times quantities.
  prior = { state = probability }, where there are states.
Numbers by option: { name = number }; for a range { low = 8, high = 0 } from its first to its last,
  { per_unit = 0.1 } or { peak = 20, best = 5, worst = 0 }.
Numbers by outcome: "choice of the first | choice of the second" = number; "*" is any choice, and
  the most precise key counts. Any number may be a table by state.
[constitution], common to all: solution = "nash" unless stated, enforcement = "binding" or
  "self-enforcing", [[constitution.acceptance]] rules. Leave it out for the usual rules.
Keys with blanks are quoted. `check` says what is wrong, where, and what to write instead.
"""

ISSUES = """\
title = "Rent and a cat"

[frame]
players = ["Ana", "Bo"]
quantities = ["noise"]

[frame.issues]
rent = { range = [700, 900, 100] }
pets = ["none", "one cat"]

[models.Ana]
facts.noise = { pets = { none = 0, "one cat" = 1 } }

[models.Ana.tastes]
Ana.weights = { noise = -1 }
Ana.values = { rent = { low = 4, high = 0 }, pets = { none = 0, "one cat" = 3 } }
Ana.no_deal = 1

[models.Bo]
facts.noise = { pets = { none = 0, "one cat" = 2 } }

[models.Bo.tastes]
Bo.weights = { noise = -2 }
Bo.values = { rent = { low = 0, high = 6 } }
Bo.no_deal = 1
"""
ACTIONS = """\
title = "A narrow pass"

[frame]
states = ["dry", "wet"]

[frame.actions]
Row = ["go", "wait"]
Col = ["go", "wait"]

[models.Row]
prior = { dry = 0.7, wet = 0.3 }

[models.Row.tastes.Row]
payoffs = { "go | go" = { dry = 0, wet = -5 }, "go | wait" = 3, "wait | *" = 1 }

[models.Col]
prior = { dry = 0.5, wet = 0.5 }

[models.Col.tastes.Col]
payoffs = { "go | go" = -2, "wait | go" = 3, "* | wait" = 1 }
"""


def case_format() -> dict[str, Any]:
    """Return the rules, with a short Case of each kind that follows them."""
    return {"rules": RULES, "to_divide": ISSUES, "to_act": ACTIONS}
