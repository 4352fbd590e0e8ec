"""Words of many documents at once, beside counting them one after another."""

from collections import Counter
from random import Random

from comity.newsletter.search.document import WEIGHTS
from comity.newsletter.search.gathering import MOST, Gathered

WORDS = ["fair", "play", "norms", "trust"]


def test_words_count_by_their_field():
    filters = ["\x1fyear\x1f2018"]
    gathered = Gathered.of({3: ({"title": "fair fair", "summary": "fair play"}, filters)})
    amounts = {term: each.amounts.tolist() for term, each in gathered.postings.items()}
    assert amounts == {"fair": [17], "play": [1], filters[0]: [1]}
    assert Gathered.of({1: ({"title": "fair " * 99}, [])}).postings["fair"].amounts == [MOST]


def test_documents_are_told_apart():
    rng = Random(0)
    documents = {
        row: (
            {name: " ".join(rng.choices(WORDS, k=rng.randrange(1, 5))) for name in WEIGHTS},
            ["\x1fissue\x1f1"],
        )
        for row in rng.sample(range(100_000), 50)
    }
    gathered = Gathered.of(documents)
    for word in WORDS:
        expected = {}
        for row, (texts, _) in documents.items():
            held = Counter()
            for name, text in texts.items():
                held[word] += WEIGHTS[name] * text.split().count(word)
            if held[word]:
                expected[row] = held[word]
        found = gathered.postings[word]
        assert dict(zip(found.rows.tolist(), found.amounts.tolist(), strict=True)) == expected
        assert found.rows.tolist() == sorted(expected)
    assert gathered.lengths == {
        row: sum(len(text.split()) for text in texts.values())
        for row, (texts, _) in documents.items()
    }


def test_nothing_is_gathered_of_nothing():
    for documents in ({}, {1: ({}, [])}):
        gathered = Gathered.of(documents)
        assert gathered.postings == {}
        assert len(gathered.pairs[0]) == 0
    assert gathered.lengths == {1: 0}
