"""What the page about real people says of repeated dilemmas, with a place for every figure."""

TEXT = """\
## Repeated dilemma

{moves} moves of {people} people in six treatments. A treatment's name says the chance of
another round (D5: one half, D75: three quarters) and what both get for cooperation (R32, R40,
R48). Shares of the six strategies of Dal Bó and Fréchette, in percent, with one error rate for
all. Brackets hold the 95% range of {draws} samples of people and what the likelihood allows,
since resampling cannot show a strategy that nobody happened to follow.

{shares}

{meanings}

The same data have been fitted before, by the package stratEst, with some of the strategies left
out by a criterion; among those that it keeps the shares come back:

{refits}

How many people's strategy can be told, with posterior 0.9 at the shares of the first table:

{told}

Shares may be known and yet hardly anybody's strategy: who never met a defection plays `grim`,
`tft`, `t2` and `all-c` alike. That is why the intervals of D75R40 and D75R48 are so wide.

**Next moves in a treatment that was not fitted.** Shares of automata and their errors are
learnt in five treatments and every move in the sixth is predicted before it is made, from what
both did before it. People are new to the predictor; it learns who they are as they play.
*Behind* is the paired difference to all {plans} automata, with a 95% interval by person that
holds for all at once; below 0 is ahead of them.

{next}

The yardstick that does best counts, for every person and for each way in which the last round
went, how often that person cooperated then, on top of what others did. So people are steadier
in their own ways than any mixture of {plans} fixed strategies with one error rate allows.

Not treated: whom people met. Partners share a history, and intervals by person take them as
independent.
"""
