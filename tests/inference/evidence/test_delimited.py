"""Tables of text: what they hold, on which lines, and what is wrong with them."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.core.errors import InputError
from comity.inference.evidence.delimited import parse

CELLS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)


@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6),
    st.sampled_from(",;\t|"),
)
def test_what_is_written_is_read(rows, delimiter):
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows([["a", "b", "c"], *rows])
    full = [tuple(row) for row in rows if any(cell.strip() for cell in row)]
    content = written.getvalue().encode()
    if not full:
        with pytest.raises(InputError, match="no rows"):
            parse(content)
        return
    table = parse(content)
    assert table.header == ("a", "b", "c")
    assert table.rows == full
    assert table.lines == sorted(set(table.lines))


@given(st.binary(max_size=60))
def test_any_bytes_are_a_table_or_an_input_error(content):
    try:
        table = parse(content)
    except InputError:
        return
    assert all(len(row) == len(table.header) for row in table.rows)


def test_lines_are_those_of_the_file():
    text = 'who,said,gave\nAna,"two\nlines",3\n\n,,\nBo,one,4\n'
    table = parse(text.encode())
    assert table.rows == [("Ana", "two\nlines", "3"), ("Bo", "one", "4")]
    assert table.lines == [3, 6]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_ends_of_lines(encoding, end):
    table = parse(end.join(["wer,gab", "Zoë,3", "Bo,4", ""]).encode(encoding))
    assert table.header == ("wer", "gab")
    assert table.rows == [("Zoë", "3"), ("Bo", "4")]
    assert table.lines == [2, 3]


def test_names_stand_in_for_a_header():
    table = parse(b"1,2\n3,4\n", names=["a", "b"])
    assert (table.header, table.rows, table.lines) == (("a", "b"), [("1", "2"), ("3", "4")], [1, 2])


def test_short_rows_hold_nothing_at_their_end_and_empty_cells_too_many_do_no_harm():
    assert parse(b"a,b,c\n1,2\n3,4,5,,\n").rows == [("1", "2", ""), ("3", "4", "5")]


def test_columns_without_a_name_are_numbered():
    assert parse(b",a\n1,2\n").header == ("column 1", "a")


def test_the_delimiter_outside_quotes_counts():
    assert parse(b'"a,b,c";d\n1;2\n').header == ("a,b,c", "d")
    assert parse(b"a b\n1 2\n", delimiter=" ").rows == [("1", "2")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"\n\n", "the file is empty"),
        (b"a,b\n", "the table has no rows"),
        (b"a,b,a\n1,2,3\n", "header: a column stands twice .*'a'"),
        (b"a,b\n1,2\n1,2,3\n", "line 3: a row has more cells .*found 3 cells; expected at most 2"),
        (b'a,b\n1,"2\n3,4\n', "line 3: the line cannot be parted"),
        (b"a,b\n1,\xff\n", "line 2: the file is not text in UTF-8 .*0xff"),
        (b"a,b\n1,\0\n", "line 2: the file is not a table of text"),
        (b"a,b\n" + b"x" * 200_000 + b",1\n", "line 2: the line cannot be parted"),
    ],
)
def test_bad_files(content, words):
    with pytest.raises(InputError, match=words):
        parse(content)


@pytest.mark.parametrize("names", ["ab", [], [1, 2], ["a", "a"]])
def test_bad_names(names):
    with pytest.raises(InputError, match=r"not names of columns|stands twice"):
        parse(b"1,2\n", names=names)


@pytest.mark.parametrize("delimiter", [",,", '"', "\n", 3])
def test_bad_delimiters(delimiter):
    with pytest.raises(InputError, match="delimiter: cannot part cells"):
        parse(b"a,b\n1,2\n", delimiter=delimiter)
