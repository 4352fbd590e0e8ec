"""Brute force for assistance games: written from the definition, with nothing of the solvers."""

from itertools import product

import numpy as np

from comity.assistance.games import AssistanceGame

SMALL = ("cake-or-pie", "wormy-apples", "meal-choice", "off-switch", "chef-world")
"""Games of the catalogue that are solved at once."""


def random_game(rng, states=3, person=2, assistant=2, goals=2, branching=2, **fields):
    """A game with random tables, in which every step leads to at most ``branching`` states."""
    transitions = np.zeros((states, person, assistant, states))
    for at in np.ndindex(states, person, assistant):
        follow = rng.choice(states, size=min(branching, states), replace=False)
        transitions[at][follow] = rng.dirichlet(np.ones(len(follow)))
    rewards = rng.normal(size=(goals, states, person, assistant))
    fields.setdefault("horizon", 2)
    return AssistanceGame.from_tables(transitions, rewards, rng.dirichlet(np.ones(goals)), **fields)


def follows(game, state, h, a):
    """States that can follow, with their chances."""
    pairs = zip(game.next_states[state, h, a], game.chances[state, h, a], strict=True)
    return [(int(after), float(chance)) for after, chance in pairs if chance > 0]


def assistant_policies(game, state, left):
    """Every way to act on what is seen: an action, and a policy for each thing seen after it."""
    if left == 0:
        yield None
        return
    for a in range(game.shape[2]):
        seen = [(h, s) for h in range(game.shape[1]) for s, _ in follows(game, state, h, a)]
        after = [list(assistant_policies(game, s, left - 1)) for _, s in seen]
        for chosen in product(*after):
            yield a, dict(zip(seen, chosen, strict=True))


def reply_value(game, policy, goal, state, choose):
    """What a policy is worth under a goal, if ``choose`` turns worths into a value."""
    if policy is None:
        return 0.0
    a, after = policy
    worth = [
        game.rewards[goal, state, h, a]
        + sum(
            game.discount * chance * reply_value(game, after[h, s], goal, s, choose)
            for s, chance in follows(game, state, h, a)
        )
        for h in range(game.shape[1])
    ]
    return choose(np.array(worth))


def best_by_policies(game, choose=np.max):
    """The most that any assistant's policy is worth with a person who replies by ``choose``."""
    return max(
        sum(p * reply_value(game, policy, g, game.start, choose) for g, p in enumerate(game.prior))
        for policy in assistant_policies(game, game.start, game.horizon)
    )


def best_by_joint_policies(game):
    """The most that any pair of policies is worth: every policy of the person is played out."""
    return max(
        sum(p * max(played(game, policy, g, game.start)) for g, p in enumerate(game.prior))
        for policy in assistant_policies(game, game.start, game.horizon)
    )


def played(game, policy, goal, state):
    """Expected reward under a goal of every policy of the person against one of the assistant."""
    if policy is None:
        return [0.0]
    a, after = policy
    found = []
    for h in range(game.shape[1]):
        branches = follows(game, state, h, a)
        later = [played(game, after[h, s], goal, s) for s, _ in branches]
        for chosen in product(*later):
            rest = sum(chance * v for (_, chance), v in zip(branches, chosen, strict=True))
            found.append(game.rewards[goal, state, h, a] + game.discount * rest)
    return found


def best_by_decision_rules(game):
    """The most that can be reached, by the update that chooses a rule for the person beforehand.

    A coordinator that sees what the assistant sees picks the assistant's action and a rule from
    goals to actions of the person: |A_H| ^ |Theta| of them (Hadfield-Menell et al. 2016).
    """
    known = {}

    def best(state, belief, left):
        if left == 0 or game.final[state]:
            return 0.0
        key = (state, tuple(np.round(belief, 12)), left)
        if key not in known:
            person = np.flatnonzero(game.person_allowed[state])
            known[key] = max(
                worth(state, belief, left, a, np.array(rule))
                for a in np.flatnonzero(game.assistant_allowed[state])
                for rule in product(person, repeat=len(game.goals))
            )
        return known[key]

    def worth(state, belief, left, a, rule):
        total = sum(b * game.rewards[g, state, rule[g], a] for g, b in enumerate(belief))
        for h in set(rule.tolist()):
            part = np.where(rule == h, belief, 0.0)
            share = part.sum()
            if share > 0:
                for s, chance in follows(game, state, h, a):
                    total += game.discount * chance * share * best(s, part / share, left - 1)
        return total

    return best(game.start, game.prior, game.horizon)


def logit(sensitivity):
    """A person who errs by degrees, from the definition."""

    def choose(worth):
        chances = np.exp(sensitivity * (worth - worth.max()))
        return float(chances @ worth / chances.sum())

    return choose
