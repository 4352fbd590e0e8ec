"""Tables as plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.text.plain import to_plain
from comity.newsletter.text.tables import aligned, taken

words = st.text("abcdefgh 对齐", max_size=24).map(lambda text: " ".join(text.split()))
tables = st.integers(1, 5).flatmap(
    lambda n: st.lists(st.lists(words, min_size=n, max_size=n), min_size=1, max_size=6)
)


@given(tables, st.integers(8, 90))
def test_no_word_is_lost_and_lines_fit_where_words_do(rows, width):
    lines = aligned(rows, [""] * len(rows[0]), width)
    text = " ".join(lines)
    for row in rows[1:]:
        for cell in row:
            assert all(word in text for word in cell.split())
    longest = max((taken(word) for row in rows for cell in row for word in cell.split()), default=1)
    assert max(map(taken, lines)) <= max(width, 2 * longest + 6) or any(
        not word.isascii() for row in rows for word in row
    )


@given(tables)
def test_columns_begin_at_one_place_where_there_is_room(rows):
    lines = aligned(rows, [""] * len(rows[0]), 500)
    assert len(lines) == len(rows) + 1
    starts = [
        sum(max(1, *map(taken, col)) + 2 for col in list(zip(*rows, strict=True))[:n])
        for n in range(len(rows[0]))
    ]
    for row, line in zip(rows, [lines[0], *lines[2:]], strict=True):
        spread = "".join(letter + "\0" * (taken(letter) - 1) for letter in line)
        for start, cell in zip(starts, row, strict=True):
            assert spread.replace("\0", "\0")[start:].replace("\0", "").startswith(cell)


def test_numbers_stand_below_each_other():
    text = "| Method | Score |\n|---|---:|\n| Ours | 3.2 |\n| Theirs, longer | 10.25 |"
    assert to_plain(text).split("\n") == [
        "Method          Score",
        "--------------  -----",
        "Ours              3.2",
        "Theirs, longer  10.25",
    ]


def test_cells_are_broken_where_the_line_ends():
    text = f"| What | Why |\n|---|---|\n| Trust | {'it holds ' * 12}|\n| Play | fair |"
    lines = to_plain(text).split("\n")
    assert all(len(line) <= 72 for line in lines)
    assert lines[2].startswith("Trust  it holds")
    assert lines[3].startswith("       holds it")
    assert lines[-2:] == ["", "Play   fair"]


def test_a_table_without_room_is_told_row_by_row():
    head = "|".join(f"column{n}" for n in range(12))
    text = f"{head}\n{'|'.join('-' * 12)}\n{'|'.join(map(str, range(12)))}"
    assert to_plain(text).startswith("- column0: 0; column1: 1;")
    assert all(len(line) <= 72 for line in to_plain(text).split("\n"))


@pytest.mark.parametrize("before", ["- ", "> ", "1. "])
def test_a_table_in_a_list_stands_behind_its_mark(before):
    inner = "> " if before == "> " else " " * len(before)
    table = ["| a | b |", "|---|---|", "| 1 | 2 |"]
    text = "\n".join((inner if n else before) + line for n, line in enumerate(table))
    shown = [(inner if n else before) + line for n, line in enumerate(["a  b", "-  -", "1  2"])]
    assert to_plain(text).split("\n") == shown
