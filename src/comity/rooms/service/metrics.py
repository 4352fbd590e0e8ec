"""Counts and times for whoever watches over the server, in Prometheus' text format.

Source: Prometheus, "Exposition formats", version 0.0.4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from threading import Lock

STEPS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper ends of the classes of times, in seconds."""

ABOUT = {
    "comity_requests_total": ("counter", "Requests by route and status."),
    "comity_request_seconds": ("histogram", "Time until a request is answered, by route."),
    "comity_messages_total": ("counter", "Messages by type, and whether they were taken."),
    "comity_solutions_total": ("counter", "Common models by what became of them."),
    "comity_solve_seconds": ("histogram", "Time that a common model took."),
    "comity_store_errors_total": ("counter", "Times that the database did not answer."),
    "comity_streams": ("gauge", "Streams of events held open."),
    "comity_rooms": ("gauge", "Rooms by phase."),
}
Labels = tuple[tuple[str, str], ...]


class Metrics:
    """What is counted; may be used from any thread.

    Examples
    --------
    >>> metrics = Metrics()
    >>> metrics.count("comity_solutions_total", result="solved")
    >>> [line for line in metrics.text().splitlines() if line[0] != "#"]
    ['comity_solutions_total{result="solved"} 1']
    """

    def __init__(self) -> None:
        self._values: dict[str, dict[Labels, float]] = {}
        self._times: dict[str, dict[Labels, list[float]]] = {}
        self._lock = Lock()

    def count(self, name: str, by: float = 1, **labels: str) -> None:
        """Add to a counter or gauge."""
        key = tuple(sorted(labels.items()))
        with self._lock:
            found = self._values.setdefault(name, {})
            found[key] = found.get(key, 0) + by

    def time(self, name: str, seconds: float, **labels: str) -> None:
        """Add one time to a histogram."""
        key = tuple(sorted(labels.items()))
        with self._lock:
            bins = self._times.setdefault(name, {}).setdefault(key, [0.0] * (len(STEPS) + 2))
            for k, step in enumerate(STEPS):
                bins[k] += seconds <= step
            bins[-2] += 1
            bins[-1] += seconds

    def text(self, rooms: Mapping[str, int] | None = None) -> str:
        """Return all of it, with how many rooms stand in each phase."""
        with self._lock:
            values = {name: dict(found) for name, found in self._values.items()}
            times = {
                name: {labels: list(bins) for labels, bins in found.items()}
                for name, found in self._times.items()
            }
        if rooms is not None:
            values["comity_rooms"] = {(("phase", phase),): n for phase, n in rooms.items()}
        lines: list[str] = []
        for name, (kind, about) in ABOUT.items():
            samples = [
                f"{name}{_braces(labels)} {value:g}"
                for labels, value in sorted(values.get(name, {}).items())
            ]
            for labels, bins in sorted(times.get(name, {}).items()):
                samples += _histogram(name, labels, bins)
            if samples:
                lines += [f"# HELP {name} {about}", f"# TYPE {name} {kind}", *samples]
        return "\n".join(lines) + "\n"


def _histogram(name: str, labels: Labels, bins: list[float]) -> Iterator[str]:
    for step, count in zip((*map(str, STEPS), "+Inf"), bins, strict=False):
        yield f"{name}_bucket{_braces((*labels, ('le', step)))} {count:g}"
    yield f"{name}_sum{_braces(labels)} {bins[-1]:.6f}"
    yield f"{name}_count{_braces(labels)} {bins[-2]:g}"


def _braces(labels: Labels) -> str:
    if not labels:
        return ""
    quoted = (f'{name}="{_escaped(value)}"' for name, value in labels)
    return "{" + ",".join(quoted) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
