"""Ids: which letters, how many, and that nobody draws the same twice."""

from random import Random

from comity.newsletter.model.ids import ALPHABET, LENGTH, new_id


def test_the_alphabet_is_crockfords():
    # Douglas Crockford, "Base 32": digits and letters but I, L, O and U.
    assert set(ALPHABET) == set("0123456789abcdefghijklmnopqrstuvwxyz") - set("ilou")
    assert len(ALPHABET) == 32


def test_ids_are_of_the_alphabet_and_differ():
    ids = [new_id() for _ in range(2000)]
    assert len(set(ids)) == 2000
    assert all(len(key) == LENGTH and set(key) <= set(ALPHABET) for key in ids)


def test_the_same_seed_gives_the_same_ids():
    first, second = Random(3), Random(3)
    assert [new_id(first) for _ in range(5)] == [new_id(second) for _ in range(5)]


def test_every_letter_is_as_likely():
    rng = Random(0)
    letters = "".join(new_id(rng) for _ in range(3200))
    counts = [letters.count(letter) for letter in ALPHABET]
    # 32,000 draws: 1,000 each, standard deviation 31.
    assert min(counts) > 1000 - 5 * 31
    assert max(counts) < 1000 + 5 * 31
