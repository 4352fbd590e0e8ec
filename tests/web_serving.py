"""A real server on the loopback, in a thread of the test's process."""

import threading
import time

from comity.core.web.serving import address_of, listen, server

HOST = "127.0.0.1"


class Serving:
    """An application that is served at ``url`` until it is stopped.

    Parameters
    ----------
    make_app : makes the application, of the address at which it will be.
    """

    def __init__(self, make_app):
        self.socket = listen(HOST, 0)
        self.url = address_of(HOST, self.socket)
        self.app = make_app(self.url)
        self.server = server(self.app, grace=1)
        self.thread = threading.Thread(
            target=self.server.run, kwargs={"sockets": [self.socket]}, daemon=True
        )
        self.thread.start()
        while not self.server.started:
            assert self.thread.is_alive()
            time.sleep(0.01)

    def stop(self):
        """End it cleanly."""
        self.server.should_exit = True
        self.thread.join(20)
        assert not self.thread.is_alive()
        self.socket.close()
