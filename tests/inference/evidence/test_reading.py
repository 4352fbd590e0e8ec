"""The same table, whatever file it comes from."""

import gzip

import numpy as np
import pandas as pd
import pytest

from comity.core.errors import InputError
from comity.inference.evidence.reading import read_otree, read_table

TABLE = pd.DataFrame(
    {"who": ["Ana", "Bo", "Cy"], "gave": [3, 4, 5], "rate": np.array([0.19, 0.2, 0.14], np.float32)}
)


def files(folder):
    TABLE.to_csv(folder / "t.csv", index=False)
    TABLE.to_csv(folder / "t.tsv", index=False, sep="\t")
    TABLE.to_csv(folder / "t.csv.gz", index=False)
    TABLE.to_parquet(folder / "t.parquet")
    TABLE.to_stata(folder / "t.dta", write_index=False)
    (folder / "t.dta.gz").write_bytes(gzip.compress((folder / "t.dta").read_bytes()))
    return sorted(folder.iterdir())


def test_every_format_holds_the_same(tmp_path):
    paths = files(tmp_path)
    assert len(paths) == 6
    for source in (*paths, *map(str, paths), TABLE):
        frame = read_table(source)
        assert frame["who"].tolist() == ["Ana", "Bo", "Cy"]
        assert [float(cell) for cell in frame["gave"]] == [3, 4, 5]
        assert [float(cell) for cell in frame["rate"]] == [0.19, 0.2, 0.14]
        text = frame.index.name == "line"
        assert frame.index.tolist() == ([2, 3, 4] if text else [0, 1, 2])
        assert text == ("csv" in str(source) or "tsv" in str(source))
        assert frame.attrs["source"] == ("" if source is TABLE else str(source))


def test_a_frame_is_copied_and_keeps_its_labels():
    given = TABLE.set_index(pd.Index(["x", "y", "z"]))
    frame = read_table(given)
    frame["gave"] = 0
    assert given["gave"].tolist() == [3, 4, 5]
    assert frame.index.tolist() == ["x", "y", "z"]
    assert read_table(TABLE.rename(columns={"gave": 7})).columns.tolist() == ["who", "7", "rate"]


def test_labels_of_stata_stand_beside_their_codes(tmp_path):
    coded = pd.DataFrame({"answer": pd.Categorical(["no", "yes", "no"]), "k": [28, 56, 28]})
    coded.to_stata(tmp_path / "t.dta", write_index=False)
    frame = read_table(tmp_path / "t.dta")
    assert frame["answer"].tolist() == [0, 1, 0]
    assert frame.attrs["labels"] == {"answer": {0: "no", 1: "yes"}}


def test_without_a_header(tmp_path):
    (tmp_path / "t.csv").write_text("1,2\n3,4\n")
    frame = read_table(tmp_path / "t.csv", names=["a", "b"])
    assert frame["b"].tolist() == ["2", "4"]
    assert frame.index.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("none.csv", None, "cannot read the file"),
        ("t.csv", b"", "t.csv: the file is empty"),
        ("t.csv", b"PK\x03\x04...", "a spreadsheet or a zip archive"),
        ("t.xlsx", b"PK\x03\x04...", "save the sheet as CSV"),
        ("t.csv", b"a,b\n1,\xff\n", "t.csv: line 2: the file is not text in UTF-8"),
        ("t.parquet", b"PAR1 not really", "not a Parquet file that can be read"),
        ("t.dta", b"not a Stata file at all", "not a Stata file that can be read"),
        ("t.dta", b"", "not a Stata file that can be read"),
        ("t.csv.gz", b"a,b\n1,2\n", "cannot be unpacked"),
        ("t.csv.gz", gzip.compress(b"a,b\n1,2\n" * 99, mtime=0)[:-20], "cannot be unpacked"),
    ],
)
def test_bad_files(tmp_path, name, content, words):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=words):
        read_table(tmp_path / name)


def test_a_damaged_stata_file_is_an_input_error(tmp_path):
    TABLE.to_stata(tmp_path / "t.dta", write_index=False)
    whole = (tmp_path / "t.dta").read_bytes()
    refused = 0
    for cut in range(0, len(whole) - 1, 97):
        (tmp_path / "cut.dta").write_bytes(whole[:cut])
        try:
            read_table(tmp_path / "cut.dta")
        except InputError:
            refused += 1
    assert refused > 5


def test_what_is_too_large_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr("comity.inference.evidence.reading.LARGEST_FILE", 1000)
    (tmp_path / "t.csv.gz").write_bytes(gzip.compress(b"a,b\n" + b"1,2\n" * 1000))
    with pytest.raises(InputError, match="too large"):
        read_table(tmp_path / "t.csv.gz")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ([1, 2], "not a table .*list"),
        (TABLE.iloc[:0], "the table has no rows"),
        (TABLE.set_index(["who", "gave"]), "several levels"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "a column stands twice"),
        (pd.DataFrame([[1, 2]], columns=["1", 1]), "a column stands twice"),
        (pd.DataFrame(index=[0, 1]), "no columns"),
    ],
)
def test_bad_frames(source, words):
    with pytest.raises(InputError, match=words):
        read_table(source)


def test_what_is_no_export_from_otree():
    with pytest.raises(InputError, match="not an export from oTree"):
        read_otree(TABLE)
