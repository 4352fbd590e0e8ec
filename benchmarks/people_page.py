"""The page about real people: what stands above the sections of the data sets, and below them."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping
from importlib.metadata import version

import people_budgets
import people_dilemma
import people_sharing
import people_trust
import people_ultimatum
from people_words import Line, Section, number, table

COMMAND = (
    "python benchmarks/people.py --data DIR --seed {seed} \\\n    --report docs/results/people.md"
)
LIBRARIES = ("comity", "numpy", "scipy", "jax")


def page(found: Mapping[str, Section], seed: int) -> str:
    """Return the page."""
    figures = {name: section.figures for name, section in found.items()}
    return TEMPLATE.format(
        summary=summary(line for section in found.values() for line in section.lines),
        sections="\n".join(section.text for section in found.values()),
        command=COMMAND.format(seed=seed),
        seed=seed,
        versions=", ".join(f"{name} {version(name)}" for name in LIBRARIES),
        python=platform.python_version(),
        machine=f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        **_headlines(figures),
    )


def summary(lines: Iterable[Line]) -> str:
    """Return the table at the top; a data set is named once."""
    rows, before = [], ""
    for line in lines:
        rows.append(
            (line.data if line.data != before else "", line.what, line.published, line.ours)
        )
        before = line.data
    return table(("data", "figure", "published, or yardstick", "comity"), rows, left=4)


def _headlines(figures: Mapping[str, Mapping[str, float]]) -> dict[str, str]:
    """Return the figures of the first paragraphs."""
    sharing, trust = figures["sharing"], figures["trust"]
    dilemma, ultimatum, budgets = (figures[k] for k in ("dilemma", "ultimatum", "budgets"))
    motives = [v for k, v in ultimatum.items() if k in people_ultimatum.RESPONDERS]
    models = [budgets[f"held out, {name}"] for name in people_budgets.EXPLANATIONS]
    return {
        "right": f"{100 * sharing[f'accuracy, {people_sharing.PARTIAL}']:.1f}%",
        "right_alone": f"{100 * sharing[f'accuracy, {people_sharing.ALONE}']:.1f}%",
        "right_pooled": f"{100 * sharing[f'accuracy, {people_sharing.POOLED}']:.1f}%",
        "motives": number(trust[people_trust.CATALOGUE]),
        "procedure": number(trust[people_trust.PROCEDURE]),
        "constant": number(trust[people_trust.CONSTANT]),
        "lines": number(trust[people_trust.LINES]),
        "four": number(trust[people_trust.FOUR]),
        "automata": number(dilemma[people_dilemma.FIFTEEN], 3),
        "rates": number(dilemma[people_dilemma.OWN_RATES], 3),
        "ultimatum": number(max(motives), 2),
        "ultimatum_shares": number(ultimatum[people_ultimatum.SHARES], 2),
        "budgets": number(max(models), 2),
        "budgets_shares": number(budgets[f"held out, {people_budgets.SHARES}"], 2),
    }


TEMPLATE = """\
# Why real people acted so

Five published data sets, read as they are by comity: what it finds out about the people in
them, what it predicts of decisions it has not seen, and what these decisions can never tell.
Beside each figure stands what was published, or a yardstick that knows no motive. Brackets are
95% intervals that let decisions of one person depend on each other. Log-likelihoods are in
nats, and nearer 0 is better.

**Where comity does better.** Sharing: {right} of held-out choices are predicted right by each
person's posterior, against {right_alone} by a fit of each person alone and {right_pooled} by
one set of parameters for all. Trust: nine motives miss what is returned by {motives} tokens, a
constant share by {constant}; the published procedure misses by {procedure}, too near to call.

**Where it does worse, or motives do.** Trust: the four published motives alone miss by {four}
tokens, and a regression of every person's own, which knows no motive, by {lines}. Repeated
dilemma: the next move is predicted better by counting what a person did before in the same
position than by any mixture of strategies ({rates} against {automata} nats a move). Ultimatum
and budgets: one set of parameters for all falls far behind the plain shares of other people's
answers ({ultimatum} against {ultimatum_shares} nats, {budgets} against {budgets_shares}).

**What cannot be told.** Spite from a threshold in the ultimatum game; Fehr-Schmidt from
Charness-Rabin wherever there are two people; guilt from inequity, nearly, where all was sent
and nobody is surprised; who follows which strategy where nobody defects; a bias for the present
where nothing is paid today. Each section says why.

{summary}

{sections}
## How this page was made

```text
{command}
```

Seed {seed}; {versions}; Python {python} on {machine}. `make people` runs it on the folder that
`COMITY_DATA` names. Intervals of shares resample people or are Wilson's; differences between
predictors hold for all of a table at once. No figure depends on the speed of the machine.

**Data.** None of them is part of comity; this page shows only what was computed from them.

- Sharing: Adrian Bruhin, Ernst Fehr and Daniel Schunk (2019), *The Many Faces of Human
  Sociality*, JEEA; session 1, from the replication by Massimiliano Pozzi (MIT licence).
- Trust: Jeroen van Baar, Luke Chang and Alan Sanfey (2019); jeroenvanbaar/ReciprocityMotives
  (MIT).
- Ultimatum: Qiaozhu Mei, Yutong Xie, Walter Yuan and Matthew Jackson (2024), PNAS 121;
  yutxie/ChatGPT-Behavioral (MIT); half of the people.
- Dilemma: Pedro Dal Bó and Guillaume Fréchette (2011), AER; as shipped with stratEst (CC BY
  4.0).
- Budgets: James Andreoni and Charles Sprenger (2012), *Risk preferences are not time
  preferences*, AER 102; agutieda/R-DEU (MIT).
"""
