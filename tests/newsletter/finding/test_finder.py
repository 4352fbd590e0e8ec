"""Related entries and categories, on texts of known topics."""

import numpy as np

from comity.newsletter.finding.finder import PlainFinder
from comity.newsletter.finding.words import entry_words
from comity.newsletter.model.entry import Entry

TOPICS = {
    "Bargaining": "nash rubinstein offer surplus disagreement concession deal outside option split",
    "Learning": "gradient reward policy agent training exploration network replay critic episode",
    "Institutions": "commons sanction monitoring rule norm enforcement water fishery council",
}
COMMON = ("cooperation", "result", "people", "model", "theory", "question", "evidence", "trust")


def world(rng, each: int = 40) -> list[Entry]:
    """Entries whose words come mostly from their topic, in a shuffled order."""
    entries = []
    for category, text in TOPICS.items():
        topical = text.split()
        for k in range(each):
            drawn = [*rng.choice(topical, 12), *rng.choice(COMMON, 12)]
            title = " ".join(rng.choice(topical, 2)) + f" {category[0]}{k}"
            entries.append(Entry(f"{category[0]}{k}", title, category, summary=" ".join(drawn)))
    return [entries[place] for place in rng.permutation(len(entries))]


def test_planted_topics_are_found(rng):
    finder = PlainFinder(world(rng))
    found = finder.accuracy()
    assert found.entries == 120
    assert found.first > 0.95
    assert found.among_three == 1.0
    assert found.most_common == 1 / 3


def test_without_topics_nothing_is_found(rng):
    """Categories at random are guessed no better than at random."""
    entries = [
        Entry(str(k), f"t{k}", rng.choice(list(TOPICS)), summary=" ".join(rng.choice(COMMON, 20)))
        for k in range(300)
    ]
    # Five standard deviations of a fair guess among three.
    assert abs(PlainFinder(entries).accuracy().first - 1 / 3) < 5 * np.sqrt(2 / 9 / 300)


def test_related_are_the_most_alike_by_brute_force(rng):
    entries = world(rng, 10)
    finder = PlainFinder(entries)
    for entry in entries[:5]:
        found = finder.related(entry, most=4)
        cosines = finder._vectors.cosines(entry_words(entry))
        others = [place for place, other in enumerate(entries) if other.id != entry.id]
        others.sort(key=lambda place: -cosines[place])
        assert [r.entry for r in found] == [entries[place].id for place in others[:4]]
        for related in found:
            other = next(e for e in entries if e.id == related.entry)
            assert set(related.words) <= set(entry_words(entry)) & set(entry_words(other))


def test_the_unsaved_and_the_empty():
    entries = [Entry("1", "Nash and the split", "Bargaining"), Entry("2", "Nash offers")]
    finder = PlainFinder(entries)
    unsaved = Entry("", "A split of Nash")
    assert [r.entry for r in finder.related(unsaved)] == ["1", "2"]
    assert finder.related(unsaved)[0].words[0] == "split"
    assert [s.category for s in finder.suggest(unsaved)] == ["Bargaining"]
    assert finder.suggest(Entry("", "Zebras")) == ()
    assert finder.suggest(Entry("", "")) == ()
    nothing = PlainFinder([])
    assert nothing.related(unsaved) == nothing.suggest(unsaved) == ()
    assert nothing.accuracy().entries == 0


def test_the_only_one_of_a_category_does_not_suggest_itself():
    finder = PlainFinder([Entry("1", "Nash", "A"), Entry("2", "Nash", "B")])
    assert [s.category for s in finder.suggest(finder.entries[0])] == ["B"]
