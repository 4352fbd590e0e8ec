"""What the page about real people says of budgets over time, with a place for every figure."""

TEXT = """\
## Budgets over time

{decisions} divisions of money between two dates by {people} people. The sooner payment came
after 7 days, the later one 28 or 56 days after that; either could fail with a known chance.
Answers are rounded to 21 steps, and {corners} of them put everything on one date. Money at a
date is worth a power of the amount (1 is linear, below 1 is cautious), discounted by a yearly
rate *r* as exp(-*r* days / 365); choice is logit. No published estimate was at hand to compare
with.

{fits}

**Risk against time.** The second row gives chance and dates a power each. They differ by
{apart} (95%, by person), and the likelihood rises: attitudes to risk and to dates are not one
thing here, as the authors' title says. The third row ends at the edge of what its parameters
may be. With one sensitivity for all budgets it calls sure payments all or nothing and the
others a toss; its figures are not attitudes and should not be quoted. It predicts no worse than
the second row all the same, which says that neither is right:

{scores}

*Behind* is the paired difference to how often other people gave the same answer to the same
budget, with a 95% interval by person that holds for all at once.

The first row again for each pair of chances alone:

{treatments}

Under certainty people put nearly everything on one date, so the power comes out above 1: logit
choice has no better way to say so. When both may fail they spread. Where only the sooner
payment is sure, no rate and power describe them, and the fit runs to figures that nobody
believes: certainty weighs more than its chance. A discount rate from such data is one of a
model, not of the people; it changes from row to row.

**Everybody alone.** {identified} of {people} people have an estimate of their own under the
first row:

{alone}

**Present bias: {biased}.** Nothing is ever paid today. A weight beta on all that is not today
multiplies both payments of every budget, and the sensitivity takes it back. The fit says so
(*{status}*), and so does the Fisher information, which sees nothing along one direction:
*{flat}*. From beta {low} to {high} the log-likelihood, with all else at its best, changes by
{range}. No number of such budgets would help. Yet money today hangs on it; the rate and power
of the first row, with several biases that the data cannot part, say how many would take the
first of two payments:

{biases}

For the same reason nothing is known of how much the first seven days count, by whatever rule:
only the ratio of two payments that both lie behind them is seen. Naive and sophisticated bias
differ only where people decide again later, and nobody did. So what these budgets do identify,
given logit choice, is impatience over weeks that are not the first one, and the two powers; not
a bias for the present.
"""
