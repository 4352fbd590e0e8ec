"""What two versions of an agent differ in, in the last sentences of a comparison."""

from __future__ import annotations

from collections.abc import Iterable

from comity.core.page.words import counted, listed, number
from comity.evaluation.card.words import percent
from comity.evaluation.regression import Change, Regression
from comity.evaluation.signs import least_chance


def conclusion(regression: Regression) -> tuple[str, ...]:
    """Return what became worse or better, and what these matches could not have told."""
    found = [_verdict(regression)]
    if regression.faults:
        word = "more" if regression.faults > 0 else "fewer"
        found.append(f"{counted(abs(regression.faults), 'move')} {word} failed.")
    if regression.too_few:
        found.append(_too_few(regression))
    return tuple(found)


def _verdict(regression: Regression) -> str:
    parts = [
        f"{word} in {_named(changes)}"
        for word, changes in (("worse", regression.worse), ("better", regression.better))
        if changes
    ]
    within = f"{number(100 * regression.level)}%, all scores at once"
    told = "; ".join(parts) or "no change is certain"
    return f"{told[0].upper()}{told[1:]} ({within})."


def _too_few(regression: Regression) -> str:
    if len(regression.too_few) == len(regression.changes):
        most = max(change.matches for change in regression.changes)
        return (
            f"No change can be certain by {most} matches: all of one sign, they still come by "
            f"chance {percent(least_chance(most))} of the time. Play more (--games)."
        )
    return (
        f"Too few matches bear on {_named(regression.too_few)} for any change there to be certain. "
        "Play more (--games)."
    )


def _named(changes: Iterable[Change]) -> str:
    return listed([change.title for change in changes])
