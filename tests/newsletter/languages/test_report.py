from comity.newsletter.languages.report import report
from comity.newsletter.languages.translate import translate
from comity.newsletter.model.faults import Kind
from comity.newsletter.model.withholding import withhold
from newsletter_engines import ARCHIVE, PUBLICATION, Toy


def spoil(text):
    return text.replace("no ", "").replace("95", "7").replace("Alice", "") + " 12 no"


def test_every_refused_sentence_is_told_once_with_all_its_reasons():
    translated = translate(withhold(PUBLICATION, ARCHIVE, "public"), 1, Toy(spoil=spoil))
    found = report(translated)
    assert found.sentences == len(translated.sentences)
    assert found.refused == len(found.faults) == sum(s.refused for s in translated.sentences) > 0
    assert found.by_loss["number"] == found.refused
    assert all(fault.kind is Kind.TRANSLATION for fault in found.faults)
    fault = next(fault for fault in found.faults if "95" in fault.reason)
    assert str(fault).startswith("T #1, es: Lovelace is lost; the number 95 is lost; ")
    assert found.to_dict()["language"] == "es"


def test_nothing_to_tell():
    found = report(translate(withhold(PUBLICATION, ARCHIVE, "public"), 1, Toy()))
    assert (found.refused, found.by_loss, found.faults) == (0, {}, ())
