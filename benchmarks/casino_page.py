"""The page of CaSiNo results: commentary written by hand, with a place for every figure."""

TEMPLATE = """\
# People who divided food, water and firewood

In CaSiNo two strangers divide three packages each of food, water and firewood by chat. Each has a
private ranking, worth 5, 4 and 3 points a package; walking away is worth 5. What would
[collaborative game specification](../explanation/cgs.md) (CGS) have given the same people if each
had reported a ranking instead, and who would have lied?

These are {dialogues} real dialogues with real endings. **The CGS side is computed, not played**:
nobody in the data used it, and how people would report to it is an assumption that each table
names. Brackets are 95% bootstrap intervals that resample whole dialogues.

- People scored **{human} points each**, {share} of the most that was there; {efficient} of the
  dialogues ended Pareto-efficiently and {walked} in a walk-away.
- If all were honest, Nash bargaining over deals would give **{nash}**: {gain} more.
  Of that, {walk_share} is only that the rule never walks away.
- **{worse} of the people would get less than they did**, by {less} points on average.
- With uniform beliefs honesty is the best report. With beliefs inferred from what the partner
  said, **{lying} would lie**. If all of them do, they get {both} each.
- Auditing one report in {audit_one_in} makes honesty best under Nash bargaining, whatever a liar
  knows. Refusing reports that do not fit what people said either stops few lies or costs honest
  people more than the lies do.

![Points each by rule; who gets more or less than in the dialogue; audits against lies]({picture})

## Where CGS loses

**Two people in five do worse.** Under honest Nash bargaining {worse} get fewer points than they
negotiated, and {same} get the same. They are mostly people who bargained well: {loser_satisfied}
of those who would lose were satisfied with what they had, against {other_satisfied} of the
others.

**One group seems to lose on average.** People whose first is the other's last, and whose second is
the other's first, scored {hurt_human} by talking and would get {hurt_rule} by Nash
bargaining, which gives their partners {won_rule} instead of {won_human}. The larger product of
gains is not the deal that they could get.

**Talk sometimes finds more.** The two scored more points together than under an honest rule in
{joint_nash} of dialogues with Nash on deals, {joint_ks} with Kalai-Smorodinsky on deals,
{joint_egal} with the egalitarian lottery. Only the utilitarian rule never does worse in the sum,
and it is the easiest to lie to.

**Lies under what people really know.** That honesty is best rests on uniform beliefs. Real
partners say a lot: the ranking that their words make likeliest is right for {right} of them. Then
{lying} would lie under Nash on deals and {lying_util} under the utilitarian rule,
where a liar who knows the other's ranking gains {util_known:.2f} points on average over all pairs
({util_honest:.0f} to {util_post:.0f}).

**Lies destroy more than they bring.** Under Nash bargaining on deals they pay {only}against
somebody whose last is one's own first, and one such ranking must be believed with more than
{threshold:.3f} (the other five equally likely). Where somebody would lie by inferred beliefs, the
lie brings the liar {got_each:.2f} on average and costs the other {cost_each:.2f}.

**Rankings only.** The scale 5, 4, 3 and the 5 for walking away were set by the experimenters and
known. If one camper may claim 5, 4 or 3 for each issue as it likes, ties included, honesty is no
longer best even with uniform beliefs: the best claim gets it {ties:.2f} instead of
{nash_uniform:.2f}. A free claim about one's walk-away is worth still more ({walk_claim:.2f}).

**Points are not satisfaction.** People told how satisfied they were (mean {satisfaction} of 5);
for CGS nobody knows. Points explain {explained:.0f}% of the variance of what they told. A rule
that asks for the whole ranking also takes away the choice to keep it to oneself, and people with
the same ranking would have to accept a lottery between four deals.

## What the people got

{people_table}

By how the other's order relates to one's own, with honest Nash bargaining on deals beside it:

{relation_table}

## What the rules do when every pair of rankings is equally likely

Points each, by comity's own enumeration, with the exact fraction from an independent script in
brackets. *Interim* is the best report for somebody who knows only their own ranking, *ex post*
for somebody who knows both. "First of the tied" takes the first of the tied deals in a fixed
order, which favours one role; the mean of both roles is shown.

{exact_table}

- Under uniform lotteries over ties honesty is the best interim report everywhere: the first two
  columns agree.
- A fixed order of ties breaks that for Kalai-Smorodinsky ({ks_first_honest:.4f} against
  {ks_first_interim:.4f}) and raises what lies gain ex post everywhere: a lie can choose which
  deals tie.
- The textbook's Kalai-Smorodinsky rule, which looks at the smallest share of an ideal gain alone,
  gives {plain_honest:.4f} (ex post {plain_post:.4f}) by the independent script. comity goes on to
  the second smallest share, so that nothing is left that is better for one and worse for none,
  and coincides with the egalitarian rule on these deals.

What the best claim is worth to one camper who may claim more than a ranking, with uniform beliefs
and an honest other who ranks. In the first row the interim figure is that of honesty:

{wider_table}

## The same rules on the {dialogues} real pairs, all honest

The pairs are not uniform: {same_first:.1f}% have the same first priority, and there the pie is
smaller.

{pairs_table}

## What the words give away

A conditional logit over the six rankings reads seven counts per issue of the partner's words and
offers *before* the deal (`benchmarks/casino_beliefs.py`), fitted on other dialogues than the one
it is asked about. Its probabilities are calibrated as far as {dialogues} dialogues can tell:

{calibration_table}

## Who would lie, and what it brings

Everyone reports what is best against an honest other, given a belief about the other's ranking.
*Base rate* is how often each ranking met one's own in other dialogues; *the truth* is the worst
case. Gains are means over all people, liars or not; the beliefs are held fixed in the intervals.

{beliefs_table}

{manipulation_table}

## What safeguards change

### Audits

Some reports are checked against the truth. These rates make honesty best whatever a liar knows:

{audit_rates_table}

With inferred beliefs lower rates go a long way, but a few audits are worse than none: a voided
deal costs the honest partner too. Auditing one report in fifty changes the points under Nash
bargaining by {few_audits} each, if all say what seems best.

{audit_table}

### Evidence and acceptance rules

*Evidence* refuses a report that the speaker's own words make too unlikely; it is this page's own
rule, since comity's evidence rule weighs facts and not tastes. *Decision* is comity's decision
divergence: each refuses a deal that is worth too much less, by its own ranking, than the deal it
expected from its best guess of the other. The *gain rule* refuses what is worse than walking away;
no lie here ever is, so it stops none.

What is refused ends as a walk-away, for liars and honest people alike. Liars know what their own
words make others believe. *Liars made honest* is a share of those who would lie without the rule,
*honest made liars* a share of all.

{acceptance_table}

The evidence rule is a bad bargain. A threshold of 5% makes {evidence_stopped} of the liars
honest, and refuses {evidence_refused} of honest reports; if all are honest that leaves
{evidence_honest} points each, **less than the people got by themselves**. Where everyone says
what seems best it changes next to nothing, since people avoid what would be refused, and some
whose truth would be refused must lie to get a deal at all. Decision divergence is worse: the
guess is often wrong, and a liar cannot see what the other expects. Under both rules people would
also talk differently, which no column shows.

## What this cannot tell

- Whether people would report honestly, or best-respond, or enjoy it. Nobody was asked.
- How people would talk if their words were held against them.
- Anything about stakes, friends, repeated meetings, or more than two parties.
- What a negotiator would infer *during* the talk: beliefs here use all that was said before the
  deal.

## How to make this page

```text
{command}
```

`DIR` holds `casino/casino_train.json`. Made with comity {comity}, Python {python}, NumPy {numpy},
SciPy {scipy} on {machine}, seed {seed}, {draws} bootstrap samples. No figure depends on the speed
of the machine.

**Data.** CaSiNo, {dialogues} training dialogues: Kushal Chawla, Jaysa Ramirez, Rene Clever, Gale
Lucas, Jonathan May and Jonathan Gratch (2021), *CaSiNo: A Corpus of Campsite Negotiation
Dialogues for Automatic Negotiation Systems*, NAACL 2021,
[2021.naacl-main.254](https://aclanthology.org/2021.naacl-main.254). Licence CC BY 4.0. The
dialogues are not part of comity; this page shows only aggregates computed from them.
"""
