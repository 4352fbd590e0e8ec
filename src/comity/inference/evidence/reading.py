"""Reading tables: CSV, TSV, Parquet, Stata and DataFrames, as a frame that knows its lines."""

from __future__ import annotations

import gzip
import io
import struct
import warnings
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.core.errors import InputError, located
from comity.core.files import read_bytes
from comity.inference.evidence.delimited import parse
from comity.inference.evidence.otree import by_round, is_otree

if TYPE_CHECKING:
    from pandas import DataFrame

LARGEST_FILE = 256_000_000
"""Most bytes of a table, unpacked."""

BROKEN = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)
"""What readers of binary formats raise where a file is damaged."""

Source = Any
"""A path, or a pandas DataFrame."""


def read_table(
    source: Source,
    *,
    names: Sequence[str] | None = None,
    delimiter: str | None = None,
    app: str | None = None,
    bots: bool = False,
) -> DataFrame:
    """Return a table as a DataFrame whose index says where each row stands.

    Parameters
    ----------
    source : a file (``.csv``, ``.tsv``, ``.txt``, ``.parquet``, ``.dta``; each may be packed as
        ``.gz``), or a DataFrame, which is copied.
    names : names of the columns of a text file without a header.
    delimiter : what stands between the cells of a text file; found in its first line unless given.
    app, bots : for exports from oTree, which are recognised by their columns; see
        `comity.inference.evidence.otree.read_otree`.

    The cells of text files stay text. The index is named ``line`` for text files and ``row``
    otherwise; ``attrs`` holds the ``source``, the ``labels`` of coded values in Stata files by
    column, and the ``faults`` and ``assumptions`` of reading. Raises `InputError` that names the
    file and the line where it cannot be read.
    """
    if isinstance(source, (str, Path)):
        frame = _from_file(Path(source), names, delimiter)
    else:
        frame = _framed(source)
    if not is_otree(frame):
        return frame
    with located(file=frame.attrs["source"] or None):
        return by_round(frame, app, bots)


def _from_file(path: Path, names: Sequence[str] | None, delimiter: str | None) -> DataFrame:
    content = read_bytes(path, LARGEST_FILE)
    with located(file=str(path)):
        suffix = path.suffix.casefold()
        if suffix == ".gz":
            content, suffix = _unpacked(content), Path(path.stem).suffix.casefold()
        reader: Callable[..., Any] = _READERS.get(suffix, _read_text)
        if content.startswith(b"PK\x03\x04"):
            raise InputError(
                "not a table that can be read",
                found="a spreadsheet or a zip archive",
                expected="CSV, TSV, Parquet or Stata; save the sheet as CSV",
            )
        given = "\t" if delimiter is None and suffix == ".tsv" else delimiter
        frame = reader(content, names, given)
    frame.attrs["source"] = str(path)
    return frame


def _unpacked(content: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            unpacked = packed.read(LARGEST_FILE + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(
            "the file cannot be unpacked", found=str(error), expected="gzip"
        ) from error
    if len(unpacked) > LARGEST_FILE:
        raise InputError(
            "the file is too large", found="more", expected=f"at most {LARGEST_FILE:,} bytes"
        )
    return unpacked


def _read_text(content: bytes, names: Sequence[str] | None, delimiter: str | None) -> DataFrame:
    import pandas as pd

    table = parse(content, names, delimiter)
    columns = zip(*table.rows, strict=True)
    cells = {
        name: np.array(column, object) for name, column in zip(table.header, columns, strict=True)
    }
    return _numbered(pd.DataFrame(cells, index=pd.Index(table.lines, name="line"), dtype=object))


def _read_parquet(content: bytes, names: Sequence[str] | None, delimiter: str | None) -> DataFrame:
    import pandas as pd

    try:
        frame = pd.read_parquet(io.BytesIO(content))
    except BROKEN as error:
        raise _broken("Parquet", error) from error
    return _numbered(frame.reset_index(drop=True))


def _read_stata(content: bytes, names: Sequence[str] | None, delimiter: str | None) -> DataFrame:
    import pandas as pd

    try:
        with warnings.catch_warnings(action="ignore"):
            frame = pd.read_stata(
                io.BytesIO(content), convert_categoricals=False, convert_dates=False
            )
    except BROKEN as error:
        raise _broken("Stata", error) from error
    try:
        with warnings.catch_warnings(action="ignore"):
            labelled = pd.read_stata(io.BytesIO(content), convert_dates=False)
    except ValueError:  # one label for two values; the values alone are then used
        labelled = frame
    labels = {
        name: _labels_of(frame[name], labelled[name])
        for name in frame.columns
        if isinstance(labelled[name].dtype, pd.CategoricalDtype)
    }
    frame = _numbered(frame)
    frame.attrs["labels"] = labels
    return frame


def _labels_of(codes: Any, labelled: Any) -> dict[float, str]:
    """Return the label of each value of a coded column."""
    pairs = dict(zip(codes, labelled.astype(object), strict=True))
    return {code: label for code, label in pairs.items() if isinstance(label, str)}


def _framed(source: object) -> DataFrame:
    import pandas as pd

    if not isinstance(source, pd.DataFrame):
        raise InputError(
            "not a table",
            place="data",
            found=type(source).__name__,
            expected="the path of a file, or a pandas DataFrame",
        )
    if isinstance(source.columns, pd.MultiIndex) or isinstance(source.index, pd.MultiIndex):
        raise InputError(
            "not a plain table",
            place="data",
            found="columns or rows with several levels",
            expected="one level of each; reset_index() helps",
        )
    frame = source.copy()
    frame.attrs = dict(source.attrs)
    return _numbered(frame)


def _numbered(frame: DataFrame) -> DataFrame:
    """Return the frame with names of columns as text, single precision widened, and its marks."""
    frame.columns = [str(name) for name in frame.columns]
    _check_columns(frame)
    for name in frame.columns:
        if frame[name].dtype == np.float32:
            frame[name] = _widened(frame[name].to_numpy())
    if frame.index.name not in ("line", "row"):
        frame.index.name = "row"
    frame.attrs = {"source": "", "labels": {}, **frame.attrs}
    if not len(frame):
        raise InputError(
            "the table has no rows", found=", ".join(frame.columns[:10]), expected="rows"
        )
    return frame


def _widened(column: np.ndarray) -> np.ndarray:
    """Return single precision as the shortest decimals that it stands for: 0.19, not 0.18999999.

    Examples
    --------
    >>> _widened(np.array([0.19], np.float32)).tolist()
    [0.19]
    """
    values, places = np.unique(column, return_inverse=True)
    return np.array([float(str(value)) for value in values])[places]


def _check_columns(frame: DataFrame) -> None:
    twice = frame.columns[frame.columns.duplicated()]
    if len(twice):
        raise InputError("a column stands twice", place="header", found=repr(twice[0]))
    if not len(frame.columns):
        raise InputError("the table has no columns", expected="columns with names")


def _broken(kind: str, error: BaseException) -> InputError:
    words = " ".join(str(error).split()) or type(error).__name__
    return InputError(f"not a {kind} file that can be read", found=words[:120])


_READERS: Mapping[str, Callable[..., Any]] = {
    ".parquet": _read_parquet,
    ".pq": _read_parquet,
    ".dta": _read_stata,
}


def read_otree(source: Source, app: str | None = None, *, bots: bool = False) -> DataFrame:
    """Return an export from oTree as `comity.inference.evidence.otree.by_round` does.

    Raises `InputError` where the table is no export from oTree.
    """
    frame = read_table(source, app=app, bots=bots)
    if not frame.attrs.get("otree", False):
        raise InputError(
            "not an export from oTree",
            file=frame.attrs["source"] or None,
            place="header",
            found=", ".join(frame.columns[:10]),
            expected="participant.code, with player.* or app.1.player.*",
        )
    return frame
