"""Reading order, against brute force on small graphs."""

from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.finding.order import prerequisites, reading_order, strong_components
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.entry import Entry

NODES = "abcdef"
EDGES = st.sets(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=15)


def archive(edges) -> Archive:
    """Each edge leads from an entry to one that it presupposes."""
    return Archive(
        tuple(
            Entry(
                node,
                f"Title {node}",
                prerequisites=" and ".join(
                    f"<@@>(@#{to}@)" for start, to in sorted(edges) if start == node
                ),
            )
            for node in NODES
        )
    )


def reached(edges, start: str) -> set[str]:
    found, grown = set(), {start}
    while grown - found:
        found |= grown
        grown = {to for node, to in edges if node in found}
    return found


@given(EDGES, st.sampled_from(NODES))
def test_each_comes_after_what_it_presupposes_unless_they_go_in_circles(edges, goal):
    edges = {(start, to) for start, to in edges if start != to}
    found = reading_order(archive(edges), goal)
    needed = reached(edges, goal)
    assert sorted(found.steps) == sorted(needed)
    place = {entry: k for k, entry in enumerate(found.steps)}
    for start, to in edges:
        if start in needed:
            circular = start in reached(edges, to)
            assert circular or place[to] < place[start]
            assert circular == any({start, to} <= set(group) for group in found.circles)


@given(EDGES)
def test_groups_are_those_who_reach_each_other(edges):
    def following(node):
        return [to for start, to in sorted(edges) if start == node]

    groups = [frozenset(group) for group in strong_components(NODES, following)]
    mutual = {
        frozenset(b for b in NODES if b in reached(edges, a) and a in reached(edges, b))
        for a in NODES
    }
    assert set(groups) == mutual
    assert sum(map(len, groups)) == len(NODES)


def test_references_by_title_count_and_ambiguous_ones_do_not():
    entries = (
        Entry("1", "First"),
        Entry("2", "Same"),
        Entry("3", "same."),
        Entry("4", "Goal", prerequisites="<@first@>, <@Goal@>, <@SAME.@> and <@nothing@>"),
    )
    assert prerequisites(Archive(entries))["4"] == ("1",)


def test_the_order_of_the_text_decides_among_equals():
    found = reading_order(archive({("a", "c"), ("a", "b")}), "a")
    assert found.steps == ("b", "c", "a")
    assert reading_order(archive({("a", "b")})).steps == ("b", "a")
    assert reading_order(archive(set())).steps == ()


def test_a_long_chain_is_no_harm():
    length = 50_000
    groups = strong_components([0], lambda k: [k + 1] if k < length else [])
    assert [group[0] for group in groups] == list(range(length, -1, -1))
