"""Words of many documents at once, beside counting them one after another."""

from collections import Counter
from random import Random

from comity.newsletter.search.beginnings import beginning, beginnings
from comity.newsletter.search.document import MARK, WEIGHTS
from comity.newsletter.search.gathering import Gathered
from comity.newsletter.search.parts import MOST, PART, PART_BITS, spread

WORDS = ["fair", "fairness", "play", "norms", "trust"]


def held(gathered):
    """How much each row holds of each term."""
    found = {}
    for term, record in gathered.records():
        for low, amount in enumerate(spread(record).tolist()):
            if amount:
                found.setdefault(term, {})[(record.part << PART_BITS) + low] = amount
    return found


def test_words_count_by_their_field():
    filters = ["\x1fyear\x1f2018"]
    found = held(Gathered.of({3: ({"title": "fair fair", "summary": "fair play"}, filters)}))
    kept = {beginning(it) for it in ("fa", "fai", "pl", "pla")}
    assert found.keys() == {"fair", "play", *filters, *kept}
    assert found["fair"] == found[beginning("fa")] == found[beginning("fai")] == {3: 17}
    assert found["play"] == found[filters[0]] == {3: 1}
    assert held(Gathered.of({1: ({"title": "fair " * 99}, [])}))["fair"] == {1: MOST}


def test_documents_are_told_apart():
    rng = Random(0)
    documents = {
        row: (
            {name: " ".join(rng.choices(WORDS, k=rng.randrange(1, 5))) for name in WEIGHTS},
            ["\x1fissue\x1f1"],
        )
        for row in rng.sample(range(2 * PART + 99), 50)
    }
    expected = {}
    for row, (texts, filters) in documents.items():
        amounts = Counter()
        for name, text in texts.items():
            for word in text.split():
                amounts[word] += WEIGHTS[name]
                for begun in beginnings(word):
                    amounts[beginning(begun)] += WEIGHTS[name]
        for term, amount in (*amounts.items(), (*filters, 1)):
            expected.setdefault(term, {})[row] = min(MOST, amount)
    gathered = Gathered.of(documents)
    assert held(gathered) == expected
    assert gathered.lengths == {
        row: sum(len(text.split()) for text in texts.values())
        for row, (texts, _) in documents.items()
    }


def test_nothing_is_gathered_of_nothing():
    for documents in ({}, {1: ({}, [])}):
        gathered = Gathered.of(documents)
        assert held(gathered) == {}
        assert len(gathered.pairs[0]) == 0
    # What has no words is a document nevertheless.
    assert gathered.lengths == {1: 1}


def test_filters_have_no_beginnings():
    assert list(beginnings(f"{MARK}year{MARK}2018")) == []
