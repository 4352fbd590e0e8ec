import asyncio

import pytest

from comity.newsletter.delivery.line import Line, Unreachable
from comity.newsletter.delivery.mailer import client
from comity.newsletter.model.publication import Post
from newsletter_relay import Relay


def line_to(port, waits, folder):
    async def pause(seconds):
        waits.append(seconds)

    return Line(lambda: client(Post(host="127.0.0.1", port=port), folder), pause)


def test_a_line_is_kept_and_made_anew_where_it_is_lost(tmp_path):
    with Relay() as relay:

        async def run():
            line = line_to(relay.port, [], tmp_path)
            first = await line.smtp()
            assert await line.smtp() is first
            first.close()
            second = await line.smtp()
            assert second is not first
            assert (await second.noop()).code == 250
            await line.close()
            await line.close()

        asyncio.run(run())


def test_a_relay_that_never_answers_is_named_after_some_trials(tmp_path):
    with Relay() as relay:
        port = relay.port
    waits = []
    with pytest.raises(Unreachable, match="does not answer") as caught:
        asyncio.run(line_to(port, waits, tmp_path).smtp())
    assert f"127.0.0.1:{port}" in str(caught.value)
    assert waits == [1.0, 5.0, 25.0]
