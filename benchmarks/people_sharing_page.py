"""What the page about real people says of sharing, with a place for every figure."""

TEXT = """\
## Sharing

{decisions:,} choices between two allocations. Each of {people} people made 39 choices as a
dictator and 78 after the other had been kind or unkind (session 1; the 14 people whom the
authors leave out are left out). The published estimates come back:

{aggregate}

{types}

**Held out.** Everybody's decisions are split in two halves at random, {splits} times; each half
is predicted from the other, so that no decision is predicted by what saw it. Scores are means
over splits. *Behind* is the paired difference to the first predictor, with a 95% interval by
person that holds for all differences at once.

{scores}

A person alone is fitted too well: whoever was never seen to waver is thought never to, and the
first surprise has probability 0. Even with {floor} of chance mixed in, the share that suits the
held-out choices best and that nobody could have known, it stays behind. The expected
calibration error of the first predictor is {calibration}.
"""
