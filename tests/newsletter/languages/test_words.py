import re

import pytest

from comity.core.errors import InputError
from comity.newsletter.languages.words import LANGUAGES, language, words_of


@pytest.mark.parametrize("code", LANGUAGES)
def test_tables_can_be_used(code):
    table = language(code)
    for pattern in (table.denials, table.companions, table.loose, table.optional):
        re.compile(pattern)
    assert min(table.values().values()) == 2
    assert {10**2, 10**3, 10**6} <= set(table.values().values())
    assert table.mark
    assert table.refused.startswith("[")
    assert table.decimal in ".,"


def test_no_denial_is_counted_in_two_columns():
    for table in LANGUAGES.values():
        columns = [table.denials, table.companions, table.loose, table.optional]
        words = [{w for w in c.split("|") if w.isalpha()} for c in columns]
        assert sum(map(len, words)) == len(set().union(*words))


def test_a_language_without_a_table_is_refused_with_those_there_are():
    with pytest.raises(InputError, match="xx; expected en or es"):
        language("xx")


def test_whole_words_only():
    assert words_of("no").findall("No, know, no-one, no's") == ["No", "no"]
