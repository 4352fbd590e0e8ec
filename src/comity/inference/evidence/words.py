"""Counts in words."""


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return a count with its noun.

    Examples
    --------
    >>> counted(1, "row"), counted(2000, "row"), counted(2, "person", "people")
    ('1 row', '2,000 rows', '2 people')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"
