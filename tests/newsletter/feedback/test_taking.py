import mailbox

import pytest

from comity.newsletter.feedback import consent, keeping
from comity.newsletter.feedback.automatic import Sort
from comity.newsletter.feedback.mailboxes import Found, Maildir, Mbox
from comity.newsletter.feedback.taking import Reading
from newsletter_replies import ARCHIVE, PUBLICATION, examples, filled_store, mail


class Listed:
    """A mailbox that is a list, and breaks where told to."""

    name = "listed"

    def __init__(self, *mails, breaks_at=None):
        self.all = mails
        self.breaks_at = breaks_at

    def mails(self, known):
        for number, data in enumerate(self.all):
            if number == self.breaks_at:
                raise KeyboardInterrupt
            if not known(str(number)):
                yield Found(str(number), data)


@pytest.fixture
def store(tmp_path):
    store = filled_store(tmp_path)
    yield store
    store.close()


def take(store, box, **more):
    return Reading(PUBLICATION, ARCHIVE, **more).take(store.engine, box)


def texts(store):
    return sorted(reply.text for reply in keeping.replies(store.engine, sorts=tuple(Sort)))


def test_the_corpus_is_taken_once_and_each_mail_is_of_its_sort(store):
    box = Listed(*(example.data for example in examples()))
    taken = take(store, box)
    wanted = [example.sort for example in examples()]
    assert len(taken.replies) == wanted.count("reply")
    assert taken.set_aside == {
        "automatic": wanted.count("automatic"),
        "bounce": wanted.count("bounce"),
        "own": 0,
    }
    again = take(store, box)
    assert (again.replies, again.known) == ((), 0)


def test_one_mail_by_three_roads_is_one_reply(store, tmp_path):
    data = mail("One.")
    box = mailbox.Maildir(tmp_path / "mail", create=True)
    box.add(data)
    box.close()
    file = mailbox.mbox(tmp_path / "mbox", create=True)
    file.add(b"Received: by another road\r\n" + data)
    file.close()
    assert len(take(store, Maildir(tmp_path / "mail")).replies) == 1
    for _ in range(2):
        taken = take(store, Mbox(tmp_path / "mbox"))
        assert (taken.replies, taken.known) == ((), 1)
    assert texts(store) == ["One."]


def test_one_message_id_with_other_words_is_another_reply(store):
    take(store, Listed(mail("One.", Message_ID="<1@a>"), mail("Two.", Message_ID="<1@a>")))
    assert texts(store) == ["One.", "Two."]


@pytest.mark.parametrize("breaks_at", range(5))
def test_a_crash_anywhere_loses_nothing_and_doubles_nothing(store, breaks_at):
    mails = [mail(f"Mail {n}.") for n in range(4)]
    with pytest.raises(KeyboardInterrupt):
        take(store, Listed(*mails, None, breaks_at=breaks_at))
    assert len(texts(store)) == breaks_at
    take(store, Listed(*mails))
    assert texts(store) == [f"Mail {n}." for n in range(4)]


@pytest.mark.parametrize("step", ["add_reply", "mark_seen"])
def test_a_crash_while_writing_loses_nothing_and_doubles_nothing(store, monkeypatch, step):
    from comity.newsletter.feedback import taking

    mails, calls = [mail(f"Mail {n}.") for n in range(4)], []
    real = getattr(taking, step)

    def breaking(*arguments):
        calls.append(arguments)
        real(*arguments)
        if len(calls) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(taking, step, breaking)
    with pytest.raises(KeyboardInterrupt):
        take(store, Listed(*mails))
    assert len(texts(store)) == 2
    monkeypatch.setattr(taking, step, real)
    assert len(take(store, Listed(*mails)).replies) == 2
    assert texts(store) == [f"Mail {n}." for n in range(4)]


def test_returned_mails_are_handed_over_before_they_are_noted(store):
    bounce = next(example.data for example in examples() if example.sort == "bounce")
    handed = []

    def full(data):
        handed.append(data)
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        take(store, Listed(bounce), returned=full)
    taken = take(store, Listed(bounce, mail()), returned=handed.append)
    assert handed == [bounce, bounce]
    assert taken.set_aside["bounce"] == 1


def test_erased_mails_do_not_come_back(store, tmp_path):
    file = mailbox.mbox(tmp_path / "mbox", create=True)
    file.add(mail("One."))
    file.close()
    (name,) = take(store, Mbox(tmp_path / "mbox")).replies
    consent.forget(store.engine, name)
    assert take(store, Mbox(tmp_path / "mbox")).replies == ()
    assert texts(store) == []


def test_large_mails_are_counted_and_passed_over(store):
    assert take(store, Listed(None, mail())).too_large == 1
    assert take(store, Listed(None, mail())).too_large == 0


def test_the_issue_that_the_sender_signed_is_matched(store):
    data = mail("Yes.", Subject="hello", In_Reply_To="<11@a>")
    take(store, Listed(data), sent_in=lambda field: 11 if "<11@a>" in field else None)
    (reply,) = keeping.replies(store.engine)
    assert (reply.issue.issue, reply.issue.sure) == (11, "certain")


def test_mails_without_any_match_are_kept(store):
    take(store, Listed(mail("Hm.", Subject="hello", Date="")))
    (reply,) = keeping.replies(store.engine)
    assert (reply.issue, reply.matches) == (None, ())


SHORT = ('"', "“a", "](", "a", "a ", "> ", "> a\n", "a\n\n", "AN #", "AN #12 ", "x@", "=", "<@")
LINES = (
    "\n \n",
    "> a\n\nb\n\n",
    "Thanks,\n",
    "-- \n",
    "On 1 May 2026 x wrote:\n",
    "On 1 a@b:\n",
    "From: a\n",
    "-----Original Message-----\n",
    "Dividing a river ",
    "___\n",
    "Von: a\nAn: b\n\n",
)


@pytest.mark.parametrize("part", SHORT + LINES)
def test_mails_made_to_stall_their_reader_do_not(part):
    # Whoever goes back to the start at each of them would not end within minutes.
    data = mail(part * (60_000 // len(part)))
    assert Reading(PUBLICATION, ARCHIVE).read(data).digest


def test_a_return_is_heeded_once_by_whatever_road_it_comes(store):
    data = b"From: MAILER-DAEMON@x.example\nSubject: Returned mail\n\nNo such user"
    heeded = []
    for _ in range(2):
        for box in (Listed(data), Unnamed(data)):
            take(store, box, returned=heeded.append)
    assert heeded == [data]


class Unnamed(Listed):
    """A mailbox whose mails have no names, as in a file."""

    def mails(self, known):
        yield from (Found("", data) for data in self.all)


def test_a_mail_that_asks_for_no_more_is_heeded_once_and_no_reply(store):
    data = b"From: ann@example.com\nSubject: unsubscribe word\n\n"
    heeded = []
    for _ in range(2):
        take(store, Unnamed(data), leaves=lambda subject: not heeded.append(subject))
    assert heeded == ["unsubscribe word"]
    assert keeping.replies(store.engine) == ()
