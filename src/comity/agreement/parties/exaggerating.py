"""The party that overstates its case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from comity.agreement.parties.biases import FACT, SCALE, bent, directions
from comity.agreement.parties.foresight import expected_payoff
from comity.agreement.parties.honest import Honest
from comity.agreement.parties.options import check_number
from comity.agreement.parties.protocol import Context
from comity.core.choices import check_choice
from comity.games import Game


@dataclass(frozen=True)
class Exaggerating(Honest):
    """Scales its own tastes and pushes facts its own way, by fixed amounts, without thinking.

    Nash and Kalai-Smorodinsky do not see a change of scale, utilitarian and egalitarian reward
    it. Does well against wide tolerances; is refused under narrow ones.

    Attributes
    ----------
    factor : what own weights and tastes are multiplied by.
    facts : how far each quantity is moved, in its own units, in the direction that its own model
        says pays if nobody refuses.
    bias : amounts in further named directions (see `comity.agreement.parties.biases`).
    """

    factor: float = 1.5
    facts: float = 0.0
    bias: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_number("factor", self.factor)
        check_number("facts", self.facts)
        for way, amount in self.bias.items():
            check_number(f"bias.{way}", amount)

    def report(self, context: Context) -> Game | None:
        """Return its model, overstated."""
        ways = directions(context.model, context.name)
        place = f"parties.{context.name}.options.bias"
        for way in self.bias:
            check_choice(way, ways, "no such way to bend a report", place)
        amounts = {SCALE: self.factor - 1, **self.bias}
        for way in ways if self.facts else ():
            if way.startswith(FACT):
                amounts[way] = amounts.get(way, 0.0) + self.facts * _paying_sign(
                    context, way, self.facts
                )
        return bent(context.model, context.name, amounts)


def _paying_sign(context: Context, way: str, size: float) -> float:
    """Return whether raising or lowering a quantity pays more by its own model."""
    up, down = (
        expected_payoff(
            context, bent(context.model, context.name, {way: sign * size}), refusals=False
        )
        for sign in (1, -1)
    )
    return 1.0 if up >= down else -1.0
