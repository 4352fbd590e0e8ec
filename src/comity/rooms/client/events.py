"""Reading server-sent events, line by line."""

from __future__ import annotations


class EventReader:
    """Tells when an event of one name has come (HTML Living Standard, section 9.2).

    Examples
    --------
    >>> reader = EventReader("entry")
    >>> [reader.takes(line) for line in ("event: entry", "data: {}", "")]
    [False, False, True]
    """

    def __init__(self, awaited: str) -> None:
        self.awaited = awaited
        self._name = ""
        self._has_data = False

    def takes(self, line: str) -> bool:
        """Take the next line, without its end; return whether it completes the awaited event."""
        if not line:
            came = self._has_data and self._name == self.awaited
            self._name, self._has_data = "", False
            return came
        field, _, value = line.partition(":")
        if field == "event":
            self._name = value.removeprefix(" ")
        elif field == "data":
            self._has_data = True
        return False
