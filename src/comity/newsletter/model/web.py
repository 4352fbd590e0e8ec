"""What counts as an address of the web, wherever one is read."""

from __future__ import annotations

from urllib.parse import urlsplit

from comity.newsletter.text.characters import UNSEEN


def is_web_address(text: str) -> bool:
    """Return whether a text is an address of the web: of http or https, with a host, in one piece.

    Characters that nobody sees make another host than it looks.

    Examples
    --------
    >>> is_web_address("https://a.example/b"), is_web_address("javascript:alert(1)")
    (True, False)
    """
    try:
        parts = urlsplit(text)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and (parts.port or 0) >= 0
            and not UNSEEN.search(parts.hostname or "")
            and not any(letter.isspace() or letter in '<>"' for letter in text)
        )
    except ValueError:
        return False
