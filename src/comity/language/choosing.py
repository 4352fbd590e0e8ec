"""Which language a reader wants."""

from __future__ import annotations

from comity.language.catalogue import LANGUAGES

FALLBACK = "en"
MOST_CHOICES = 20


def choose(accepted: str = "", *wanted: str | None) -> str:
    """Return the code of the language to speak.

    Parameters
    ----------
    accepted : an Accept-Language header (RFC 9110, 12.5.4).
    wanted : codes stated outright, the first known of which wins.

    Examples
    --------
    >>> choose("fr-CH, es;q=0.7, de-AT;q=0.9"), choose("fr"), choose("de", None, "zh")
    ('de', 'en', 'zh')
    """
    for code in wanted:
        if code in LANGUAGES:
            return code
    ranked = sorted(map(_weighed, accepted.split(",")[:MOST_CHOICES]), key=lambda pair: -pair[1])
    known = (code for code, weight in ranked if code in LANGUAGES and weight > 0)
    return next(known, FALLBACK)


def _weighed(choice: str) -> tuple[str, float]:
    tag, _, rest = choice.partition(";")
    code = tag.strip().lower().split("-")[0]
    _, _, stated = rest.partition("=")
    try:
        return code, float(stated) if stated.strip() else 1.0
    except ValueError:
        return code, 0.0
