"""`comity newsletter send`: mail an issue to its readers, go on after a stop, and finish."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli._console import progress
from comity.cli._extras import needing
from comity.cli.errors import BAD_INPUT, INTERRUPTED
from comity.cli.newsletter._issues import check_of, tell_check
from comity.cli.newsletter._post import office_of, opened
from comity.cli.newsletter._sheets import counted
from comity.cli.newsletter.app import Folder, newsletter
from comity.core.errors import ComityError, InputError

if TYPE_CHECKING:
    from comity.newsletter.delivery.ledger import State, Unknown
    from comity.newsletter.delivery.resolving import Resolver
    from comity.newsletter.delivery.sending import Prospect, Sending
    from comity.newsletter.model.archive import Archive
    from comity.newsletter.model.publication import Publication
    from comity.newsletter.store.store import Store

UNFINISHED = 1
"""Exit status where mails are still open."""


@newsletter.command()
def send(
    issue: Annotated[int, typer.Argument(help="Number of the issue.")],
    test: Annotated[
        str, typer.Option(help="Mail it to this one address, and to nobody else.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")] = False,
    relay_log: Annotated[
        str,
        typer.Option(
            help="Log of the relay (Postfix, Exim, OpenSMTPD): what it took of unknown mails."
        ),
    ] = "",
    retry_unknown: Annotated[
        bool, typer.Option("--retry-unknown", help="Mail unknown ones again; some may get two.")
    ] = False,
    give_up_unknown: Annotated[
        bool, typer.Option("--give-up-unknown", help="Leave unknown ones; some may get none.")
    ] = False,
    retry_refused: Annotated[
        bool, typer.Option("--retry-refused", help="Mail again what the relay refused.")
    ] = False,
    mark_only: Annotated[
        bool,
        typer.Option(
            "--mark-only", help="Mail nobody: mark it, it went out otherwise, as on the web alone."
        ),
    ] = False,
    status: Annotated[
        bool, typer.Option("--status", help="Mail nobody: say what became of it so far.")
    ] = False,
    folder: Folder = ".",
) -> int:
    """Mail an issue to all its readers, once each.

    The same command goes on with a sending that stopped or crashed. Whether a mail got through
    that was on its way in a crash is unknown. An issue with faults that stop it is not sent, nor
    one that nobody would get. The exit status is 1 where mails are unknown afterwards, 130 where
    some still wait.
    """
    with needing("newsletter"):
        from comity.newsletter.delivery.rendering import renderer
        from comity.newsletter.delivery.resolving import RelayLog
        from comity.newsletter.delivery.sending import Sending

        if retry_unknown and give_up_unknown:
            raise InputError("both at once", place="--retry-unknown, --give-up-unknown")
        with opened(folder) as (publication, store):
            archive = store.load()
            label = publication.label(issue)
            if status:
                return _tell_account(store, issue, label)
            if _has_faults(publication, store, issue, label) and not test:
                return BAD_INPUT
            if mark_only:
                return _mark_only(store, issue, label)
            office = office_of(publication, store)
            sending = Sending(office, issue, renderer(publication, archive, issue))
            if test:
                return _test(sending, test)
            _refuse_if_sent(archive, sending, label)
            prospect = sending.prospect()
            _refuse_if_nobody(prospect, label)
            if not _agreed(prospect, _again(prospect, retry_unknown, retry_refused), label, yes):
                return UNFINISHED
            resolver = RelayLog(Path(relay_log), office.secret, time.time()) if relay_log else None
            unknown = _decision(retry_unknown, give_up_unknown)
            try:
                left = _run(sending, resolver, unknown, retry_refused)
            except ComityError:
                _tell(sending, label)
                raise
            except KeyboardInterrupt:
                _tell(sending, label)
                return INTERRUPTED
            return _finish(sending, label, left)


def _has_faults(publication: Publication, store: Store, issue: int, label: str) -> bool:
    faults = check_of(publication, store).issue(issue)
    return bool(faults) and tell_check(label, faults)


def _mark_only(store: Store, issue: int, label: str) -> int:
    """Mark an issue as sent that no ledger knows."""
    from comity.newsletter.delivery.ledger import Ledger
    from comity.newsletter.delivery.marking import mark_sent
    from comity.newsletter.delivery.readers import utc

    if Ledger(store.engine, issue).digest() is not None:
        raise InputError("its sending has begun", place=label, expected="the same without it")
    entries = mark_sent(store.engine, issue, utc())
    typer.echo(f"{label} is marked as sent; {counted(entries, 'entry', 'entries')} with it")
    return 0


def _test(sending: Sending, address: str) -> int:
    import asyncio

    from comity.newsletter.delivery.addresses import parse
    from comity.newsletter.delivery.letters import Recipient
    from comity.newsletter.delivery.mailer import Result
    from comity.newsletter.delivery.sending import TEST_READER

    outcome = asyncio.run(sending.test(Recipient(TEST_READER, parse(address))))
    if outcome.result is Result.TAKEN:
        typer.echo(f"mailed to {address}")
        return 0
    typer.echo(f"not mailed: {outcome.code or ''} {outcome.words}".replace("  ", " "), err=True)
    return UNFINISHED


def _refuse_if_sent(archive: Archive, sending: Sending, label: str) -> None:
    issue = archive.issue(sending.number)
    if issue is not None and issue.sent and not sending.prospect().begun:
        raise InputError("was sent before", place=label, found=issue.sent)


def _refuse_if_nobody(prospect: Prospect, label: str) -> None:
    """Leave an issue that no reader would get a draft: whether it is out is the editor's to say."""
    if not prospect.begun and not prospect.waiting:
        raise InputError(
            "nobody to send to: no reader has asked for mail, and the issue stays a draft",
            place=label,
            expected="readers, or --mark-only for an issue that is out on the web alone",
        )


def _again(prospect: Prospect, unknown: bool, refused: bool) -> int:
    """Return how many mails would go once more."""
    from comity.newsletter.delivery.ledger import State

    retried = (State.UNKNOWN, State.CLAIMED) * unknown + (State.REFUSED,) * refused
    return sum(prospect.counts[state] for state in retried)


def _agreed(prospect: Prospect, again: int, label: str, yes: bool) -> bool:
    """Tell what would happen, and return whether it may."""
    from comity.newsletter.delivery.ledger import State

    done = prospect.counts[State.SENT]
    open_ = prospect.counts[State.UNKNOWN] + prospect.counts[State.CLAIMED]
    said = f"{label}: {counted(prospect.waiting, 'mail')} to send"
    said += f" and {again:,} once more" if again else ""
    said += f", {done:,} sent before" if prospect.begun else ""
    said += f", {open_:,} unknown" if open_ else ""
    typer.echo(said)
    if prospect.is_changed:
        typer.echo("the issue was changed since; those who have it have it as it was")
    if yes or not (prospect.waiting or again):
        return True
    if not sys.stdin.isatty():
        raise InputError("nobody is here to ask", place="--yes", expected="the option --yes")
    return typer.confirm("Send?")


def _decision(retry: bool, give_up: bool) -> State | None:
    from comity.newsletter.delivery.ledger import State

    if retry:
        return State.WAITING
    return State.GIVEN_UP if give_up else None


def _run(
    sending: Sending, resolver: Resolver | None, unknown: State | None, refused: bool
) -> Sequence[Unknown]:
    """Send with a line of progress, until told to stop."""
    from comity.cli.newsletter._stopping import run_stoppable

    with progress(False) as step:

        def tell(done: int, total: int) -> None:
            step(f"{done:,} of {counted(total, 'mail')}", done / max(1, total))

        work = sending.run(resolver=resolver, unknown=unknown, refused=refused, tell=tell)
        return run_stoppable(work, sending.stop)


def _tell(sending: Sending, label: str) -> None:
    """Print how far it got, and whom the relay refused."""
    counts = sending.ledger.counts()
    told = [f"{count:,} {state.value}" for state, count in counts.items() if count]
    typer.echo(f"{label}: {', '.join(told) or 'nobody to send to'}")
    for address, words in sending.ledger.refused():
        typer.echo(f"refused: {address or 'a reader since forgotten'}: {words}", err=True)


def _tell_account(store: Store, issue: int, label: str) -> int:
    """Print what became of an issue."""
    from comity.newsletter.delivery.account import account
    from comity.newsletter.delivery.ledger import Ledger

    found = account(store.engine, issue)
    if found is None:
        typer.echo(f"{label}: its sending has not begun")
        return 0
    told = [f"{count:,} {state}" for state, count in found.mails.items()]
    finished = f", finished {found.finished}" if found.finished else ", not finished"
    typer.echo(f"{label}: begun {found.begun}{finished}")
    typer.echo(f"{counted(found.recipients, 'reader')}: {', '.join(told) or 'nobody'}")
    back = [f"{count:,} {kind}" for kind, count in found.returned.items()]
    typer.echo(f"came back since: {', '.join(back) or 'nothing'}")
    typer.echo(f"left since: {found.left:,}, of them by a complaint: {found.complained:,}")
    for address, words in Ledger(store.engine, issue).refused():
        typer.echo(f"refused: {address or 'a reader since forgotten'}: {words}")
    return 0


def _finish(sending: Sending, label: str, left: Sequence[Unknown]) -> int:
    """Print how it ended; mark the issue as sent where nothing is open."""
    from comity.newsletter.delivery.ledger import State
    from comity.newsletter.delivery.marking import mark_sent

    _tell(sending, label)
    for each in left:
        typer.echo(f"unknown: {each.address or 'a reader since forgotten'}", err=True)
    if left:
        typer.echo(
            "Whether these got it is not known: the line broke while the relay took it. Ask its "
            "log with --relay-log, or choose --retry-unknown or --give-up-unknown.",
            err=True,
        )
    now = sending.office.clock()
    if sending.ledger.finish(now):
        begun = sending.ledger.begun() or now
        entries = mark_sent(sending.office.engine, sending.number, begun)
        typer.echo(f"{label} is sent; {counted(entries, 'entry', 'entries')} marked")
        return 0
    return INTERRUPTED if sending.ledger.counts()[State.WAITING] else UNFINISHED
