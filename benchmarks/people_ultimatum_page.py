"""What the page about real people says of ultimatum games, with a place for every figure."""

TEXT = """\
## Ultimatum

{thresholds} least offers and {offers} offers out of 100 by {people} people. On a teaching
platform everybody names an offer and the least offer it would accept, before any offer is seen;
below that both get nothing. Rows without an entry are left out. No published figure for these
data was at hand, so there is nothing to reproduce; the yardstick is what other people answered.

{did}

{earned}

The offer that earns most against these people is {best}; the mean offer is {mean_offer}. Even
somebody who cares for nothing but money has reason to offer half here, so generous offers are
weak evidence of a generous proposer.

**Which motive stands.** Each motive is fitted to four fifths of the people, with logit choice
and one set of parameters for all, and scores the rest. *Behind* is the paired difference to the
shares of the same answers, with a 95% interval by person that holds for all at once. Parameters
are those of the first motive in a row.

{stands}

No motive predicts nearly as well as the shares: people bunch at round numbers and differ from
each other, and one set of parameters knows neither. Among motives a price on being behind
(`fehr-schmidt`) does best, ahead of a threshold by {second}; own payoff falls. `maximin` and
`efficiency` end with weight 0, where they are own payoff: neither of them ever refuses. Beta is
how much people mind to have more; it rests on the few who want more than half. So large a
figure, of the wrong sign, says only that they are few: it is not a taste.

**What these answers part, and what never.** If people were as the first motive fitted, how near
could another come, with parameters of its own? A motive with more parameters can always do what
a narrower one does: with its weights at nothing each of them is own payoff. Two sizes: answers
until the *expected* log-likelihood ratio reaches log 20, and answers until either is mistaken
for the other at most 5% of the time.

{apart}

What can never be told in this design, however many people answer:

- **Spite from a threshold.** Refusing always pays both nothing. Then a dislike *s* of what the
  other gets and a threshold *t* ask for the same least offer whenever `t=100s/(1+s)`, and the
  sensitivities make up the rest.
- **Fehr-Schmidt from Charness-Rabin.** With two people these are one formula in other letters.
- **Envy from either, by offers up to half.** There envy `a` is a threshold of `100a/(1+2a)`.
  Were offers above half ruled out, the fitted envy {below}. All that parts them comes from
  offers above half.
- **Whose motive it is.** {once} of {responders} people answered once. A least offer of 40 is a
  threshold of 40, spite of 0.67 or envy of 2, or a slip of somebody who wants money only; and a
  crowd in which each has a threshold of its own reproduces any shares whatever. Nobody is
  assigned here.
- **Reputation.** Whether people expected to meet again is not recorded, so nothing is said of
  it.
- **Expectations.** How much a least offer matters depends on which offers are expected. That
  they expect what is frequent in the data is assumed, not seen.

**What would part them.** The Case that ships with comity (`examples/behaviour/ultimatum.toml`)
asks what the data do not: refusals that leave something, and pies that are not constant. The
same fits say how many would accept:

{elsewhere}

**Proposers.** The same for offers, with the least offers of the data as what proposers expect:

{offers_stand}

{offers_apart}

Offers hardly part motives at all: half is both fair and nearly best for one's purse. That spite
fits a little better than own payoff means that some offer less than would earn most; misjudging
what others accept would look the same.
"""
