from comity.newsletter.store.tables.languages import SENTENCES, TRANSLATIONS


def test_a_sentence_is_found_by_its_digest_and_an_issue_once_in_a_language():
    assert [column.name for column in SENTENCES.primary_key] == ["key"]
    assert [column.name for column in TRANSLATIONS.primary_key] == ["issue", "language"]


def test_no_text_of_an_issue_is_kept_with_its_translation():
    names = {column.name for column in TRANSLATIONS.columns}
    assert names == {"issue", "language", "source", "engine", "stand_ins", "made"}
