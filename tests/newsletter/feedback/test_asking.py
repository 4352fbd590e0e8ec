from dataclasses import replace

import pytest

from comity.core.errors import InputError
from comity.newsletter.feedback.asking import letter
from comity.newsletter.feedback.taking import Reading
from newsletter_replies import ARCHIVE, PUBLICATION, mail


def test_the_letter_shows_the_very_words_name_and_place():
    reply = Reading(PUBLICATION, ARCHIVE).read(mail("Water {is} not a cake.", Message_ID="<1@a>"))
    with pytest.raises(InputError, match="approve it first"):
        letter(reply, PUBLICATION, ARCHIVE)
    settled = replace(reply, entry="river", printed_name="J. Roe", printed_text=reply.text)
    text = letter(settled, PUBLICATION, ARCHIVE)
    assert text.startswith("To: jane@example.net\nSubject: Re: AN #12\nIn-Reply-To: <1@a>\n")
    assert "    Water {is} not a cake.\n\n    J. Roe\n" in text
    assert '"Dividing a river"' in text
    assert "AN #12" in text
    apart = letter(replace(settled, subject="Water"), PUBLICATION, ARCHIVE)
    assert "\nSubject: Re: Water\n" in apart
