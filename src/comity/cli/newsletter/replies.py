"""`comity newsletter replies`: read what readers wrote back, and print it where they agree."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.cli._console import put_json
from comity.cli._extras import needing
from comity.cli.errors import INTERRUPTED, say
from comity.cli.newsletter._post import NOT_CLEAN, UNFINISHED
from comity.cli.newsletter._sheets import counted
from comity.cli.newsletter.app import Folder, newsletter

if TYPE_CHECKING:
    from comity.newsletter.feedback.reply import Reply
    from comity.newsletter.store.store import Store

replies = typer.Typer(no_args_is_help=True)
newsletter.add_typer(
    replies,
    name="replies",
    help="Read what readers wrote back, and print it where they agree.",
    short_help="Read what readers wrote back, and print it where they agree.",
)

SAID = ("asked", "given", "refused")
FORGOTTEN = "somebody forgotten"
"""Stands for whoever asked to be forgotten: of a printed reply only the agreed words are kept."""
Name = Annotated[str, typer.Argument(help="Id of the reply, or its beginning.", metavar="REPLY")]
AsJson = Annotated[bool, typer.Option("--json", help="Print plain JSON.")]


@replies.command()
def take(
    source: Annotated[
        str, typer.Argument(help="A Maildir, an mbox file, or imaps://user@host/folder.")
    ],
    password_file: Annotated[
        str, typer.Option(help="File whose first line is the password of the mail server.")
    ] = "",
    as_json: AsJson = False,
    folder: Folder = ".",
) -> int:
    """Read new mails from a mailbox, each once. Nothing in the mailbox is changed."""
    with needing("newsletter"):
        from comity.newsletter.feedback.mailboxes import open_mailbox

        mailbox = open_mailbox(source, password_file)
        with _store(folder) as store:
            try:
                taken = _reading(store).take(store.engine, mailbox)
            except KeyboardInterrupt:
                return say("stopped by Ctrl-C; what was read before is kept", INTERRUPTED)
            found = [_reply(store, name) for name in taken.replies]
    if as_json:
        put_json(taken.to_dict(), "-")
        return 0
    aside = [f"{n} {sort}" for sort, n in taken.set_aside.items() if n]
    aside += [f"{taken.known} known before"] if taken.known else []
    aside += [f"{taken.too_large} too large"] if taken.too_large else []
    typer.echo(f"{len(found)} new" + (f"; set aside: {', '.join(aside)}" if aside else ""))
    for reply in found:
        typer.echo(_line(reply))
    return 0


@replies.command("list")
def list_(
    state: Annotated[
        list[str] | None,
        typer.Option(help="new, approved, published or dismissed; repeat it. All unless given."),
    ] = None,
    sort: Annotated[
        list[str] | None,
        typer.Option(help="reply, automatic, bounce or own; repeat it. Replies unless given."),
    ] = None,
    issue: Annotated[int | None, typer.Option(help="Only replies to this issue.")] = None,
    as_json: AsJson = False,
    folder: Folder = ".",
) -> None:
    """List replies, the newest first."""
    with needing("newsletter"):
        from comity.core.choices import check_choice
        from comity.newsletter.feedback import keeping
        from comity.newsletter.feedback.automatic import Sort
        from comity.newsletter.feedback.reply import State

        for value in state or ():
            check_choice(value, [*State], "no such state", "--state")
        for value in sort or ():
            check_choice(value, [*Sort], "no such sort of mail", "--sort")
        with _store(folder) as store:
            found = keeping.replies(
                store.engine,
                sorts=[Sort(value) for value in sort or [Sort.REPLY]],
                states=[State(value) for value in state or State],
                issue=issue,
            )
    if as_json:
        put_json({"replies": [_plain(reply) for reply in found]}, "-")
    else:
        typer.echo("\n".join(map(_line, found)) or "none")


@replies.command()
def show(name: Name, as_json: AsJson = False, folder: Folder = ".") -> None:
    """Show one reply: its words, what it is about and how sure that is, and what is allowed."""
    with needing("newsletter"), _store(folder) as store:
        reply = _reply(store, name)
        titles = {entry.id: entry.title for entry in store.load().entries}
    if as_json:
        put_json(_plain(reply), "-")
        return
    sender = f"{reply.name} <{reply.address}>" if reply.address else FORGOTTEN
    typer.echo(f"{_line(reply)}\nfrom {sender}, {reply.date or 'no date'}")
    if reply.issue:
        typer.echo(f"issue {reply.issue.issue} ({reply.issue.sure}: {reply.issue.why})")
    for number, paragraph in enumerate(reply.paragraphs, start=1):
        typer.echo(f"\n{number}. {paragraph}")
        for match in reply.matches:
            if match.paragraph == number - 1:
                title = titles.get(match.entry, "an entry that is gone")
                typer.echo(f"   -> {match.entry} {title} ({match.sure}: {match.why})")
    if reply.printed_text:
        typer.echo(f"\nto be printed with {reply.entry}, by {reply.printed_name}:")
        typer.echo(reply.printed_text)
    for said in reply.said:
        typer.echo(f"consent {said.consent} at {said.at}: {said.how}")


@replies.command()
def approve(
    name: Name,
    entry: Annotated[str, typer.Option(help="Id of the entry that it is printed with.")] = "",
    paragraph: Annotated[
        list[int] | None, typer.Option(help="Number of a paragraph; repeat it. All unless given.")
    ] = None,
    printed_name: Annotated[
        str | None, typer.Option("--name", help="Name that is printed. The sender's unless given.")
    ] = None,
    folder: Folder = ".",
) -> None:
    """Settle what of a reply would be printed, and with which entry."""
    with needing("newsletter"), _store(folder) as store:
        from comity.newsletter.feedback import consent

        chosen = entry or _only_entry(_reply(store, name))
        reply = consent.approve(
            store.engine, name, chosen, paragraphs=paragraph or (), printed_name=printed_name
        )
    typer.echo(f"{_line(reply)}\n\n{reply.printed_name}:\n\n{reply.printed_text}")


@replies.command()
def ask(name: Name, folder: Folder = ".") -> None:
    """Write the letter that asks whether an approved reply may be printed, and record it.

    The letter goes to standard output; send it from a mail program of yours.
    """
    with needing("newsletter"), _store(folder) as store:
        from comity.newsletter.feedback import consent
        from comity.newsletter.feedback.asking import letter
        from comity.newsletter.feedback.reply import Consent
        from comity.newsletter.publication.reading import read_publication

        reply = _reply(store, name)
        text = letter(reply, read_publication(folder), store.load())
        consent.record(store.engine, name, Consent.ASKED, "a letter was written")
    typer.echo(text)


@replies.command("consent")
def consent_(
    name: Name,
    word: Annotated[str, typer.Argument(help="asked, given or refused.")],
    how: Annotated[str, typer.Option(help="How it came: mail of 5 May, for example.")],
    folder: Folder = ".",
) -> None:
    """Record that a writer was asked, agreed or refused. A refusal takes back what is printed."""
    with needing("newsletter"), _store(folder) as store:
        from comity.core.choices import check_choice
        from comity.newsletter.feedback import consent
        from comity.newsletter.feedback.reply import Consent

        check_choice(word, SAID, "no word on consent", "word")
        typer.echo(_line(consent.record(store.engine, name, Consent(word), how)))


@replies.command()
def publish(name: Name, folder: Folder = ".") -> None:
    """Print an approved reply in every edition from now on, if its writer has agreed."""
    _change("publish", name, folder)


@replies.command()
def withdraw(name: Name, folder: Folder = ".") -> None:
    """Take a printed reply back; it stays approved."""
    _change("withdraw", name, folder)


@replies.command()
def dismiss(name: Name, folder: Folder = ".") -> None:
    """Set a reply aside; nothing of it is printed."""
    _change("dismiss", name, folder)


@replies.command()
def forget(
    name: Annotated[
        str, typer.Argument(help="Id of the reply, or its beginning.", metavar="REPLY")
    ] = "",
    address: Annotated[str, typer.Option(help="Erase all mails from this address instead.")] = "",
    folder: Folder = ".",
) -> int:
    """Erase a reply, printed or not, with all that was noted about it.

    The exit status is 1 where another program kept the database from being cleaned.
    """
    with needing("newsletter"), _store(folder) as store:
        from comity.newsletter.feedback import consent
        from comity.newsletter.store.cleaning import clean

        if address and not name:
            erased = counted(consent.forget_all(store.engine, address), "mail")
            typer.echo(f"erased {erased} from {address}")
        else:
            typer.echo(f"erased {consent.forget(store.engine, name).id}")
        if clean(store.engine):
            return 0
        typer.echo(NOT_CLEAN, err=True)
        return UNFINISHED


def _change(what: str, name: str, folder: str) -> None:
    with needing("newsletter"), _store(folder) as store:
        from comity.newsletter.feedback import consent

        typer.echo(_line(getattr(consent, what)(store.engine, name)))


def _store(folder: str) -> Store:
    """Return the opened store of a publication, to be used in a ``with``."""
    from comity.newsletter.store.store import Store

    return Store.open(folder)


def _reading(store: Store) -> Any:
    """Return what reads mails for a publication; returned ones go to its list of readers."""
    from comity.newsletter.delivery.forgetting import naming_forgotten
    from comity.newsletter.delivery.keys import FOLDER, SECRET, secret_of
    from comity.newsletter.delivery.readers import Readers
    from comity.newsletter.delivery.returning import leave_by_mail, take_back
    from comity.newsletter.feedback.taking import Reading
    from comity.newsletter.publication.reading import read_publication

    publication, archive = read_publication(store.folder), store.load()
    if not (Path(store.folder) / FOLDER / SECRET).is_file():
        return Reading(publication, archive)
    secret = secret_of(store.folder)
    readers = Readers(store.engine, secret)

    def sent_in(field: str) -> int | None:
        sent = secret.read_message_id(field)
        return sent.issue if sent else None

    return Reading(
        publication,
        archive,
        sent_in=sent_in,
        returned=lambda data: take_back([data], readers),
        leaves=lambda subject: leave_by_mail(subject, readers),
        forgotten=naming_forgotten(readers),
    )


def _reply(store: Store, name: str) -> Reply:
    from comity.newsletter.feedback import keeping

    return keeping.reply(store.engine, name)


def _only_entry(reply: Reply) -> str:
    from comity.core.errors import InputError

    found = [*dict.fromkeys(match.entry for match in reply.matches)]
    if len(found) != 1:
        raise InputError(
            "not clear with which entry",
            place="--entry",
            found=" or ".join(found) or "none",
            expected="the id of an entry",
        )
    return found[0]


def _line(reply: Reply) -> str:
    about = f"issue {reply.issue.issue}" if reply.issue else "no issue"
    first = next(iter((reply.text or reply.printed_text).split("\n")), "")[:60]
    sender = reply.name or reply.address or FORGOTTEN
    state = f"{reply.state}, consent {reply.consent}" if reply.sort == "reply" else reply.sort
    return f"{reply.id}  {reply.date[:10]}  {about}  {sender}  [{state}]  {first}"


def _plain(reply: Reply) -> dict[str, object]:
    from comity.core.results import plain

    return {**plain(vars(reply)), "text": reply.text, "consent": reply.consent.value}
