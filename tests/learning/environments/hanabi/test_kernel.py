"""The compiled rules against a plain Hanabi written with lists, from the rule book."""

import numpy as np
import pytest

from comity.learning import make
from comity.learning.environments.hanabi import decks, kernel


class Plain:
    """Hanabi with lists of cards: slow, and easy to see that it is right."""

    def __init__(self, deck, rules):
        self.rules, self.deck = rules, list(deck)
        self.hands = [[self.deck.pop(0) for _ in range(rules.hand)] for _ in range(rules.players)]
        self.piles, self.gone = [0] * rules.colours, []
        self.information, self.lives = rules.information, rules.lives
        self.player, self.left, self.over = 0, rules.players, False

    def legal(self):
        r, own = self.rules, len(self.hands[self.player])
        actions = set(range(r.hand, r.hand + own))
        if self.information < r.information:
            actions |= set(range(own))
        if self.information:
            for seat in range(1, r.players):
                hand = self.hands[(self.player + seat) % r.players]
                base = 2 * r.hand + (seat - 1) * r.colours
                actions |= {base + card // 5 for card in hand}
                base = 2 * r.hand + (r.players - 1) * r.colours + (seat - 1) * r.ranks
                actions |= {base + card % 5 for card in hand}
        return actions

    def move(self, action):
        before, r = self.score(), self.rules
        if not self.deck:
            self.left -= 1
        hand = self.hands[self.player]
        if action < r.hand:
            self.gone.append(hand.pop(action))
            self.information += 1
        elif action < 2 * r.hand:
            card = hand.pop(action - r.hand)
            if self.piles[card // 5] == card % 5:
                self.piles[card // 5] += 1
                if self.piles[card // 5] == r.ranks:
                    self.information = min(self.information + 1, r.information)
            else:
                self.gone.append(card)
                self.lives -= 1
        else:
            self.information -= 1
        if action < 2 * r.hand and self.deck:
            hand.append(self.deck.pop(0))
        self.player = (self.player + 1) % r.players
        complete = sum(self.piles) == r.colours * r.ranks
        self.over = self.lives == 0 or complete or self.left == 0
        return self.score() - before

    def score(self):
        return sum(self.piles) if self.lives or self.rules.keeps else 0


@pytest.mark.parametrize(
    "variant",
    [
        {},
        {"players": 5, "bombing": "keeps points"},
        {"players": 3, "colours": 2, "ranks": 3, "hand": 3, "information": 2, "lives": 2},
    ],
)
def test_random_games_are_those_of_the_plain_rules(variant):
    environment = make("hanabi", **variant)
    rules, random = environment.rules, np.random.default_rng(5)
    for state in environment.begin(random, 60)[:, None]:
        row = state[0]
        deck = decks.unpacked(state[:, environment._deck :], rules)[0]
        plain = Plain(deck.tolist(), rules)
        while not plain.over:
            bits = kernel.legal_bits(row, rules)
            legal = {action for action in range(63) if bits >> action & 1}
            assert legal == plain.legal()
            # Plays that fit are preferred, so that games reach the end of the deck.
            fits = [
                rules.hand + place
                for place, card in enumerate(plain.hands[plain.player])
                if plain.piles[card // 5] == card % 5
            ]
            careful = [a for a in legal if not rules.hand <= a < 2 * rules.hand] or list(legal)
            choice = random.choice(fits if fits and random.random() < 0.6 else careful)
            if random.random() < 0.05:
                choice = random.choice(list(legal))
            assert kernel.move(row, int(choice), rules) == plain.move(int(choice))
            assert kernel.is_over(row) == plain.over
            assert kernel.lives_of(row) == plain.lives
            assert kernel.information_of(row) == plain.information
            assert kernel.score_of(row, rules) == sum(plain.piles)
        gone = [kernel.gone_of(row, card) for card in range(25)]
        assert gone == np.bincount(plain.gone, minlength=25).tolist()


def test_a_hint_that_touches_no_card_is_legal_only_by_the_rule():
    deck = ["R1", "R1", "R1", "R2", "R2", "Y1", "Y1", "Y1", "Y2", "Y2"]
    rest = decks.deck_text(decks.sorted_deck(make("hanabi").rules)).split()
    for card in deck:
        rest.remove(card)
    start = {"deck": " ".join(deck + rest)}
    by_rule = []
    for empty in (False, True):
        environment = make("hanabi", empty_hints=empty)
        bits = kernel.legal_bits(environment.start(start)[0], environment.rules)
        by_rule.append([bits >> action & 1 for action in range(10, 20)])
    assert by_rule[0] == [0, 1, 0, 0, 0, 1, 1, 0, 0, 0]
    assert by_rule[1] == [1] * 10


def test_shuffles_are_whole_decks_and_even():
    """Each card of a tiny deck is first as often as it has copies, within five standard errors."""
    environment = make("hanabi", colours=1, ranks=3, hand=1)
    state = environment.begin(3, 30_000)
    shuffled = decks.unpacked(state[:, environment._deck :], environment.rules)
    assert (np.sort(shuffled, axis=1) == decks.sorted_deck(environment.rules)).all()
    for place in (0, 5):
        share = np.bincount(shuffled[:, place], minlength=3) / 30_000
        assert share == pytest.approx(np.array([3, 2, 1]) / 6, abs=5 * np.sqrt(0.25 / 30_000))
