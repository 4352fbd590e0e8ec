"""A connection to the relay that is there whenever a mail is to go."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from comity.core.errors import ComityError, InputError

if TYPE_CHECKING:
    import aiosmtplib

WAITS = (1.0, 5.0, 25.0)
"""Seconds before each new trial to reach the relay."""

TRUSTED = "one of a known authority, or of one in the file that SSL_CERT_FILE names"
"""Certificates that are trusted."""

Pause = Callable[[float], Awaitable[None]]


class Unreachable(ComityError):
    """The relay does not answer; nothing was lost, and the same command goes on later."""


class Line:
    """One connection, made anew where it is lost.

    Parameters
    ----------
    dial : makes a client that is not connected.
    pause : waits some seconds.
    """

    def __init__(
        self,
        dial: Callable[[], aiosmtplib.SMTP],
        pause: Pause = asyncio.sleep,
        waits: tuple[float, ...] = WAITS,
    ) -> None:
        self.dial, self.pause, self.waits = dial, pause, waits
        self._smtp: aiosmtplib.SMTP | None = None

    async def smtp(self) -> aiosmtplib.SMTP:
        """Return a connected client.

        Raises `Unreachable` where the relay does not answer after several trials, and `InputError`
        where it does not accept user and password, or has a certificate that is not trusted.
        """
        if self._smtp is None or not self._smtp.is_connected:
            self._smtp = await self._connected()
        return self._smtp

    async def close(self) -> None:
        """Take leave of the relay."""
        import aiosmtplib

        if self._smtp is not None and self._smtp.is_connected:
            with suppress(aiosmtplib.SMTPException, OSError):
                await self._smtp.quit(timeout=5)
            self._smtp.close()

    async def _connected(self) -> aiosmtplib.SMTP:
        import aiosmtplib

        for wait in (*self.waits, None):
            smtp = self.dial()
            try:
                await smtp.connect()
            except aiosmtplib.SMTPAuthenticationError as error:
                smtp.close()
                raise InputError(
                    "the relay does not accept user and password", place="post", found=error.message
                ) from error
            except (aiosmtplib.SMTPException, OSError) as error:
                smtp.close()
                place = f"{smtp.hostname}:{smtp.port}"
                if (distrust := _distrust(error)) is not None:
                    raise InputError(
                        "the relay's certificate is not trusted",
                        place=place,
                        found=distrust.verify_message,
                        expected=TRUSTED,
                    ) from error
                if wait is None:
                    raise Unreachable(
                        "the relay does not answer",
                        place=place,
                        found=str(error) or type(error).__name__,
                    ) from error
                await self.pause(wait)
            else:
                return smtp
        raise AssertionError


def _distrust(error: BaseException | None) -> ssl.SSLCertVerificationError | None:
    """Return the error of a certificate that lies behind an error, if one does."""
    while error is not None and not isinstance(error, ssl.SSLCertVerificationError):
        error = error.__cause__ or error.__context__
    return error
