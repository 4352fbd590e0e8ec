"""An understanding of responders in the ultimatum game, made by hand: plausible, and quick."""

import dataclasses

import numpy as np

from comity.core import Certified
from comity.inference.evidence import Evidence, Fault, Situation
from comity.inference.results import (
    Calibration,
    Comparison,
    NewSetting,
    People,
    Question,
    Rivalry,
    Standing,
    Understanding,
)

OWN, FEHR, COMMITTED = "own-payoff x logit", "fehr-schmidt x logit", "commitment x logit"
REPUTATION, SPITE, RABIN = "reputation x logit", "spite x logit", "charness-rabin x logit"
PIE = 10
OFFERS = tuple(f"offered {k} of {PIE}" for k in range(6))
PEOPLE = 120
MEMBERS = (COMMITTED, REPUTATION, FEHR)


def logistic(x):
    return 1 / (1 + np.exp(-np.asarray(x, float)))


ACCEPTS = {
    OWN: logistic(0.4 * np.arange(6.0)),
    FEHR: logistic(1.3 * (np.arange(6.0) - 2.6)),
    COMMITTED: logistic(2.1 * (np.arange(6.0) - 2.8)),
    REPUTATION: logistic(2.1 * (np.arange(6.0) - 2.8)),
}


def evidence():
    """Every person answers every offer, by a threshold of its own."""
    rng = np.random.default_rng(3)
    situations = tuple(
        Situation(("accept", "reject"), [[k, PIE - k], [0, 0]], name=name)
        for k, name in enumerate(OFFERS)
    )
    person = np.repeat(np.arange(PEOPLE), len(OFFERS))
    place = np.tile(np.arange(len(OFFERS)), PEOPLE)
    chance = ACCEPTS[COMMITTED][place]
    return Evidence(
        situations=situations,
        people=tuple(f"P{k + 1}" for k in range(PEOPLE)),
        person=person,
        situation=place,
        choice=(rng.random(len(place)) > chance).astype(int),
        games=("strategy method",),
        studies=("Spring class",),
        faults=(
            Fault("line 17", "missing", "no choice"),
            Fault("line 211", "impossible", "offer of 12 from a pie of 10"),
            Fault("line 212", "impossible", "offer of 12 from a pie of 10"),
            Fault("line 340", "contradictory", "accepts and rejects the same offer"),
        ),
        source="offers.csv",
        assumptions=("The pie is 10 where no column says so.",),
    )


def standing(name, about, held_out, accuracy, stands, verdict, estimates, **more):
    value, half = held_out
    return Standing(
        name=name,
        about=about,
        source="Made up for a test (2026)",
        estimates={key: figure for key, (figure, _) in estimates.items()},
        meanings={key: words for key, (_, words) in estimates.items()},
        log_likelihood=value * PEOPLE * len(OFFERS),
        held_out=Certified.estimate(
            value, value - half, value + half, "people of other folds", 0.9
        ),
        accuracy=Certified.estimate(
            accuracy, accuracy - 0.02, accuracy + 0.02, "people of other folds", 0.9
        ),
        stands=stands,
        verdict=verdict,
        **more,
    )


def about(value, half, words):
    return Certified.estimate(value, value - half, value + half, "profile likelihood", 0.9), words


CANNOT = Certified.unknown("only its product with the precision is identified")


def standings():
    precision = "how closely choices follow utility"
    return (
        standing(
            COMMITTED, "Rejects every offer below a threshold of its own, whatever it costs.",
            (-0.2731, 0.0151), 0.891, True,
            "It stands: nothing fits held-out people better.",
            {"threshold": about(2.81, 0.12, "the least offer it accepts"),
             "precision": about(2.08, 0.21, precision)},
        ),
        standing(
            REPUTATION, "Rejects low offers now to be offered more later.",
            (-0.2733, 0.0152), 0.891, True,
            "It stands: here it predicts exactly what commitment x logit predicts.",
            {"future": about(0.237, 0.009, "weight of what comes later, of 1"),
             "stake": (CANNOT, "how much more a tough responder is offered"),
             "precision": about(2.08, 0.21, precision)},
            flat=("future up with stake down leaves every choice as likely",),
            notes=("No decision here is a last one: what comes without a future is never seen.",),
        ),
        standing(
            FEHR, "Dislikes having less than the other, and less so having more.",
            (-0.2804, 0.0149), 0.884, True,
            "It stands: behind by less than chance can tell.",
            {"alpha": about(0.62, 0.17, "dislike of having less"),
             "beta": (Certified.unknown("no offer gives the responder more"),
                      "dislike of having more"),
             "precision": about(1.31, 0.18, precision)},
        ),
        standing(
            RABIN, "Weighs the payoffs of the two by who has more.",
            (-0.31, 0.031), 0.87, None,
            "Cannot tell: the search did not settle in 3 of 8 starts.",
            {"rho": about(0.1, 0.4, "weight of the other when ahead"),
             "sigma": about(-0.31, 0.22, "weight of the other when behind"),
             "precision": about(1.2, 0.5, precision)},
        ),
        standing(
            SPITE, "Likes the other to have less.",
            (-0.402, 0.022), 0.823, False,
            "It falls: 87 times less likely than the best, where 10 would have been enough.",
            {"spite": about(0.44, 0.05, "worth of what the other loses"),
             "precision": about(0.81, 0.07, precision)},
        ),
        standing(
            OWN, "Takes whatever brings itself more.",
            (-0.552, 0.018), 0.764, False,
            "It falls: it rejects nothing, but 31% of offers were rejected.",
            {"precision": about(0.4, 0.04, precision)},
        ),
    )  # fmt: skip


def comparisons():
    def line(name, value, accuracy, behind, half, kind="explanation"):
        exact = kind == "best"
        return Comparison(
            name,
            Certified.estimate(value, value - 0.015, value + 0.015, "people of other folds", 0.9),
            Certified.estimate(
                accuracy, accuracy - 0.02, accuracy + 0.02, "people of other folds", 0.9
            ),
            Certified.exact(0.0, "the best")
            if exact
            else Certified.estimate(behind, max(0.0, behind - half), behind + half, "max-t", 0.9),
            "mixture" if exact else kind,
        )

    return (
        line("mixture of 3", -0.2514, 0.902, 0, 0, "best"),
        line("everyone by itself", -0.2601, 0.897, 0.0087, 0.006, "individual"),
        line(COMMITTED, -0.2731, 0.891, 0.0217, 0.008),
        line(REPUTATION, -0.2733, 0.891, 0.0219, 0.008),
        line(FEHR, -0.2804, 0.884, 0.029, 0.011),
        line("own share so far", -0.355, 0.86, 0.1036, 0.02, "yardstick"),
        line(SPITE, -0.402, 0.823, 0.1506, 0.02),
        line(OWN, -0.552, 0.764, 0.3006, 0.025),
        line("all options alike", -0.6931, 0.5, 0.4417, 0.02, "yardstick"),
    )


def people():
    rng = np.random.default_rng(8)
    names = (f"{COMMITTED} or {REPUTATION}", FEHR, OWN)
    weights = rng.dirichlet((0.5, 0.25, 0.15), PEOPLE)
    likely = weights.max(axis=1) >= 0.9
    told = {name: int((likely & (weights.argmax(axis=1) == k)).sum())
            for k, name in enumerate(names)}  # fmt: skip
    shares = {
        name: Certified.estimate(m, max(0.0, m - 0.07), m + 0.07, "EM, bootstrap by person", 0.9)
        for name, m in zip(names, weights.mean(axis=0), strict=True)
    }
    return People(
        explanations=names,
        shares=shares,
        posteriors=weights,
        names=tuple(f"P{k + 1}" for k in range(PEOPLE)),
        told=told,
        cannot_tell=int((~likely).sum()),
        level=0.9,
        prior="Shares are estimated from all; each person starts from these shares.",
    )


def rivalries():
    found = []
    chance = {**ACCEPTS, SPITE: logistic(0.8 * np.arange(6.0) - 1), RABIN: ACCEPTS[FEHR] * 0.97}
    for truth, p in chance.items():
        for rival, q in chance.items():
            if truth == rival:
                continue
            each = p * np.log(p / q) + (1 - p) * np.log((1 - p) / (1 - q))
            kl, equal = float(each.sum()), bool(np.allclose(p, q))
            need = np.inf if equal else np.log(20) / each.mean()
            found.append(
                Rivalry(
                    truth,
                    rival,
                    0.0 if equal else kl,
                    need,
                    1.81 * need,
                    equal,
                    "" if equal else OFFERS[int(each.argmax())],
                    0.93 if {truth, rival} == {COMMITTED, REPUTATION} else 0.1,
                )
            )
    return tuple(sorted(found, key=lambda r: -r.decisions_errors))


def calibration():
    predicted = np.array([0.03, 0.12, 0.27, 0.44, 0.61, 0.79, 0.93])
    observed = np.array([0.02, 0.14, 0.31, 0.41, 0.66, 0.77, 0.95])
    counts = np.array([140, 96, 61, 44, 58, 113, 208])
    half = 1.64 * np.sqrt(observed * (1 - observed) / counts)
    return Calibration(
        "mixture of 3",
        predicted,
        observed,
        np.clip(observed - half, 0, 1),
        np.clip(observed + half, 0, 1),
        counts,
        Certified.estimate(0.024, 0.011, 0.041, "bootstrap by person", 0.9),
    )


def new_setting():
    """One last offer: the builder of a reputation accepts anything, the committed does not."""
    gives = np.arange(6.0)
    accepts = np.stack([ACCEPTS[COMMITTED], np.full(6, 0.97), ACCEPTS[FEHR]])
    half = np.array([0.05, 0.02, 0.09])[:, None]
    low, high = np.clip(accepts - half, 0, 1), np.clip(accepts + half, 0, 1)
    payoffs = ((PIE - gives) * accepts).T
    weights = np.array([0.46, 0.31, 0.23])
    best = int(np.argmax(payoffs @ weights))
    actions = tuple(f"give {k}" for k in range(6))
    chances, regret = least_regret(payoffs)
    return NewSetting(
        role="Responder",
        decider="Proposer",
        situations=OFFERS,
        options=tuple(("accept", "reject") for _ in OFFERS),
        members=MEMBERS,
        probabilities=np.stack([accepts, 1 - accepts], axis=-1),
        low=np.stack([low, 1 - high], axis=-1),
        high=np.stack([high, 1 - low], axis=-1),
        weights=weights,
        actions=actions,
        payoffs=payoffs,
        bayes=Certified.estimate(float((payoffs @ weights)[best]), 4.9, 6.4, "by the shares", 0.9),
        bayes_action=actions[best],
        minimax_regret=chances,
        regret=Certified.exact(regret, "linear program, proved by the least favourable prior"),
        breaks=prior_breaks(payoffs, weights, actions),
        failure={
            name: float(1 - accepts[m, best]) for m, name in enumerate(MEMBERS)
        },
        failure_range=Certified.estimate(0.08, 0.03, 0.139, "over the members", 0.9),
        sentence="In a last round give 3 or 4, unless responders are all but surely builders of "
        "a reputation: then nothing need be given.",
    )  # fmt: skip


def least_regret(payoffs):
    """The lottery over actions whose largest regret is least, and that regret."""
    from scipy.optimize import linprog

    regrets = payoffs.max(axis=0) - payoffs
    above = np.column_stack([regrets.T, -np.ones(len(MEMBERS))])
    sums = np.array([[1.0] * len(payoffs) + [0.0]])
    cost = np.array([0.0] * len(payoffs) + [1.0])
    found = linprog(cost, A_ub=above, b_ub=np.zeros(len(MEMBERS)), A_eq=sums, b_eq=[1.0])
    return found.x[:-1], float(found.x[-1])


def prior_breaks(payoffs, weights, actions):
    """Where the best action changes, by looking at 20,001 weights of each member."""
    found = []
    for m, name in enumerate(MEMBERS):
        rest = np.delete(weights, m) / np.delete(weights, m).sum()
        grid = np.linspace(0, 1, 20_001)
        worth = np.outer(np.delete(payoffs, m, 1) @ rest, 1 - grid) + np.outer(payoffs[:, m], grid)
        best = worth.argmax(axis=0)
        found += [
            (name, float(grid[k + 1]), actions[best[k]], actions[best[k + 1]])
            for k in np.flatnonzero(np.diff(best))
        ]
    return tuple(found)


def questions():
    return (
        Question(
            "One last offer of 1, and it is known to be the last",
            Certified.exact(0.61, "mutual information"),
            Certified.exact(1.32, "expected value of sample information"),
            (COMMITTED, REPUTATION),
            3.4,
            7.0,
        ),
        Question(
            "Offers of 2 and 3 from a pie of 20",
            Certified.estimate(0.024, 0.021, 0.027, "4,000 draws", 0.9),
            Certified.exact(0.05, "expected value of sample information"),
            (COMMITTED, FEHR),
            41.0,
            73.6,
        ),
        Question(
            "The same offers once more",
            Certified.exact(0.0, "mutual information"),
            Certified.exact(0.0, "expected value of sample information"),
            (COMMITTED, REPUTATION),
            np.inf,
            np.inf,
            "No answer to this tells the two apart.",
        ),
    )


def pictures():
    rng = np.random.default_rng(5)
    seen = evidence()
    counts = seen.choice_counts()
    observed = counts / counts.sum(axis=1, keepdims=True)
    half = 1.64 * np.sqrt(observed * (1 - observed) / counts.sum(axis=1, keepdims=True))
    return {
        "individuals": {
            "names": ("threshold", "precision"),
            "values": np.column_stack(
                [rng.normal(2.8, 0.9, PEOPLE), rng.lognormal(0.6, 0.5, PEOPLE)]
            ),
            "type": people().posteriors.argmax(axis=1),
        },
        "choices": {
            "situations": list(OFFERS),
            "options": ["accept", "reject"],
            "observed": observed,
            "low": np.clip(observed - half, 0, 1),
            "high": np.clip(observed + half, 0, 1),
            "predicted": {
                name: np.column_stack([ACCEPTS[name], 1 - ACCEPTS[name]]) for name in MEMBERS
            },
        },
    }


def understanding(**changes):
    """The whole, with any of its fields changed."""
    made = Understanding(
        title="Why low offers are rejected",
        evidence=evidence(),
        standings=standings(),
        set_method="split likelihood ratio, level 0.9 (Wasserman, Ramdas and Balakrishnan 2020)",
        comparisons=comparisons(),
        people=people(),
        rivalries=rivalries(),
        classes=((COMMITTED, REPUTATION), (FEHR,), (RABIN,), (SPITE,), (OWN,)),
        calibration=calibration(),
        setting=new_setting(),
        questions=questions(),
        findings=(
            "Three of six explanations stand; two fall, and of one we cannot tell.",
            (
                "Commitment and reputation give every answer here the same probability. No "
                "further data of this kind can tell them apart."
            ),
            "They part in a last round: the builder of a reputation accepts everything there.",
            "Whether to be greedy there depends on the prior alone; giving 3 or 4 is safe.",
        ),
        assumptions=(
            "People are independent of each other; decisions of one person are not.",
            "Options that nobody chose still have the probability that an explanation gives them.",
        ),
        pictures=pictures(),
    )
    return dataclasses.replace(made, **changes)


def bare(**changes):
    """As little as there can be: one explanation, and nothing that asks for more."""
    nothing = {"people": None, "rivalries": (), "classes": ((OWN,),), "calibration": None,
               "setting": None, "questions": (), "findings": (), "assumptions": (),
               "pictures": {}, "comparisons": ()}  # fmt: skip
    return understanding(**{"standings": standings()[-1:], **nothing, **changes})


HOSTILE = "<script>window.hacked=1</script>\"'&<img src=x onerror=hacked=1>{{7*7}}]]>\x1b[2J\u202e"


def hostile():
    """The same with names that would like to be something else."""

    def name(text):
        return f"{text} {HOSTILE}"

    made = understanding()
    setting = dataclasses.replace(
        made.setting,
        role=name("role"),
        decider=name("decider"),
        members=tuple(map(name, made.setting.members)),
        actions=tuple(map(name, made.setting.actions)),
        situations=tuple(map(name, made.setting.situations)),
        bayes_action=name(made.setting.bayes_action),
        breaks=tuple((name(m), w, name(a), name(b)) for m, w, a, b in made.setting.breaks),
        failure={name(k): v for k, v in made.setting.failure.items()},
        sentence=HOSTILE,
    )
    standings = tuple(
        dataclasses.replace(
            s,
            name=name(s.name),
            about=HOSTILE,
            verdict=HOSTILE,
            source=HOSTILE,
            estimates={name(k): v for k, v in s.estimates.items()}
            | {"worse": Certified.unknown(HOSTILE)},
            meanings={name(k): HOSTILE for k in s.meanings},
            flat=(HOSTILE,),
            notes=(HOSTILE,),
        )
        for s in made.standings
    )
    crowd = dataclasses.replace(
        made.people,
        explanations=tuple(map(name, made.people.explanations)),
        shares={name(k): v for k, v in made.people.shares.items()},
        told={name(k): v for k, v in made.people.told.items()},
        prior=HOSTILE,
    )
    return understanding(
        title=name("title"),
        evidence=dataclasses.replace(
            made.evidence, source=HOSTILE, faults=(Fault(HOSTILE, "missing", HOSTILE),)
        ),
        standings=standings,
        comparisons=tuple(
            dataclasses.replace(c, name=name(c.name)) for c in made.comparisons
        ),
        people=crowd,
        rivalries=tuple(
            dataclasses.replace(r, truth=name(r.truth), rival=name(r.rival), where=HOSTILE)
            for r in made.rivalries
        ),
        classes=tuple(tuple(map(name, group)) for group in made.classes),
        setting=setting,
        questions=tuple(
            dataclasses.replace(q, name=name(q.name), note=HOSTILE) for q in made.questions
        ),
        findings=(HOSTILE,),
        assumptions=(HOSTILE,),
    )  # fmt: skip
