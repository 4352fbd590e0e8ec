from comity.newsletter.model.archive import Archive
from comity.newsletter.model.edition import Mention
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.mentions import mentions, referred

ARCHIVE = Archive(
    (
        Entry("C", "c", issue=9, summary="<@@>(@#A@)", position=0),
        Entry("B", "b", issue=2, opinion="<@x@>(@#A@) <@@>(@#B@)", read_more="<@@>(@#A@)"),
        Entry("D", "d", prerequisites="<@@>(@#A@), <@@>(@#GONE@), <@a@>", position=2),
        Entry("A", "a", issue=1, summary="<@@>(@#A@)", position=3),
    )
)


def test_each_entry_knows_by_whom_it_is_mentioned_earliest_first():
    assert mentions(ARCHIVE) == {
        "A": (Mention("B", "b", 2), Mention("C", "c", 9), Mention("D", "d", None)),
    }


def test_an_entry_refers_to_others_once_and_never_to_itself():
    assert referred(ARCHIVE.by_id["B"]) == ("A",)
    assert referred(ARCHIVE.by_id["D"]) == ("A", "GONE")
