"""A relay on the loopback that tells what it took, and does what a test asks of it."""

import asyncio
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes

from aiosmtpd.smtp import SMTP


@dataclass
class Mail:
    """A mail as the relay took it."""

    sender: str
    recipient: str
    raw: bytes

    @property
    def message(self):
        from email.policy import default

        return message_from_bytes(self.raw, policy=default)

    @property
    def message_id(self):
        return self.message["Message-ID"]


class Server(SMTP):
    """The protocol, with a place to act at before the words of a mail are read."""

    async def smtp_DATA(self, arg):
        self.event_handler.relay.act("words", self.envelope.rcpt_tos[0])
        await super().smtp_DATA(arg)

    def connection_made(self, transport):
        super().connection_made(transport)
        self.event_handler.relay.opened()

    def connection_lost(self, error):
        super().connection_lost(error)
        self.event_handler.relay.closed()


class Handler:
    def __init__(self, relay):
        self.relay = relay

    async def handle_MAIL(self, server, session, envelope, address, options):
        if answer := self.relay.answer("sender", address):
            return answer
        envelope.mail_from = address
        return "250 2.1.0 Ok"

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.relay.act("recipient", address)
        if answer := self.relay.answer("recipient", address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server, session, envelope):
        (recipient,) = envelope.rcpt_tos
        if answer := self.relay.answer("end", recipient):
            return answer
        self.relay.take(Mail(envelope.mail_from, recipient, envelope.content))
        self.relay.act("taken", recipient)
        if "lose" in self.relay.after(recipient):
            server.transport.abort()
        return "250 2.0.0 Ok: queued"


class Relay:
    """Attributes: `taken`, in order; `answers` by place and address, used up one by one; `acts`."""

    def __init__(self, log=None, **protocol):
        self.protocol = protocol
        self.taken = []
        self.answers = {}
        self.acts = []
        self.lost = set()
        self.log = log
        self._open = 0
        self._idle = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def __enter__(self):
        self.write("starts", before=timedelta(hours=1))
        self._thread.start()
        self.port = self._run(self._listen())
        return self

    def __exit__(self, *_):
        self.wait_until_idle()
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(60)

    async def _listen(self):
        self._server = await self._loop.create_server(self._protocol, "127.0.0.1", 0)
        return self._server.sockets[0].getsockname()[1]

    async def _close(self):
        self._server.close()
        await self._server.wait_closed()

    def _protocol(self):
        return Server(
            Handler(self), hostname="relay.test", loop=self._loop, timeout=600, **self.protocol
        )

    def answer(self, place, address):
        answers = self.answers.get((place, address)) or self.answers.get((place, "*"))
        return answers.pop(0) if answers else None

    def act(self, place, address):
        for act in list(self.acts):
            act(place, address)

    def after(self, address):
        return {"lose"} if address in self.lost else set()

    def take(self, mail):
        self.taken.append(mail)
        # As Postfix logs a mail: its id when it was read, "queue active" when it is on the disk.
        queue = f"{len(self.taken):X}"
        self.write(f"postfix/cleanup[7]: {queue}: message-id={mail.message_id}")
        self.write(f"postfix/qmgr[8]: {queue}: from=<x>, size=1, nrcpt=1 (queue active)")

    def write(self, words, before=timedelta()):
        if self.log is not None:
            with self.log.open("a") as stream:
                stream.write(f"{(datetime.now(UTC) - before).isoformat()} relay {words}\n")

    def opened(self):
        with self._idle:
            self._open += 1

    def closed(self):
        self.write("postfix/smtpd[6]: disconnect from localhost[127.0.0.1]")
        with self._idle:
            self._open -= 1
            self._idle.notify_all()

    def wait_until_idle(self):
        """Wait until every connection is gone: nothing more will be taken."""
        with self._idle:
            assert self._idle.wait_for(lambda: self._open == 0, 60)
