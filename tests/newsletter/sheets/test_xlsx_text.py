"""Characters that XML changes come back as they were."""

import re
from xml.etree.ElementTree import fromstring
from xml.sax.saxutils import escape as xml_escape

from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.sheets.xlsx_text import escape, unescape

TEXTS = st.text() | st.text(alphabet="_x0DaA\r\n\x00\x0b", max_size=30)


@given(TEXTS)
def test_texts_come_back_through_xml(text):
    element = fromstring(f"<t>{xml_escape(escape(text))}</t>")
    assert unescape(element.text or "") == text


@given(TEXTS)
def test_nothing_is_left_that_xml_cannot_hold(text):
    # XML 1.0, production 2 (Char), and 2.11: a carriage return does not survive.
    assert not re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]", escape(text))


def test_what_excel_writes_is_read():
    assert unescape("one_x000D_\ntwo_x0041_") == "one\r\ntwoA"
    assert unescape("_x005F_x000D_") == "_x000D_"
    assert unescape("_x00g0_ _x12_") == "_x00g0_ _x12_"
