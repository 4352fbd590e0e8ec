"""Silences have an order that a listener can hear."""

from comity.newsletter.audio.blocks import AFTER_ENTRY, AFTER_SECTION, SILENCES
from comity.newsletter.audio.speech.reading import Kind


def test_what_belongs_together_is_closer_together():
    inner = [SILENCES[kind] for kind in (Kind.PART, Kind.ITEM, Kind.PARAGRAPH, Kind.HEADING)]
    silences = [*inner, AFTER_SECTION, AFTER_ENTRY]
    assert silences == sorted(silences)
    assert len(set(silences)) == len(silences)
    assert SILENCES.keys() == set(Kind)
