"""What cells say, and that they can be kept."""

import openpyxl.utils
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.sheets.cells import Cell, letters

VALUES = st.one_of(
    st.text(), st.integers(), st.booleans(), st.floats(allow_nan=False, allow_infinity=False)
)


@given(st.builds(Cell, VALUES, st.text(), st.text(), st.text()))
def test_a_cell_comes_back_from_json(cell):
    back = Cell.of_json(cell.to_json())
    assert back == cell
    assert type(back.value) is type(cell.value)


def test_what_cells_say():
    assert [Cell(value).text for value in (2018, 2018.0, 2018.5, True, "x")] == [
        "2018",
        "2018",
        "2018.5",
        "TRUE",
        "x",
    ]
    assert Cell(43221, "", "yyyy-mm-dd", "2018-05-01").text == "2018-05-01"


def test_columns_are_called_as_openpyxl_calls_them():
    places = [*range(800), 16_383]
    assert [letters(k) for k in places] == [openpyxl.utils.get_column_letter(k + 1) for k in places]
