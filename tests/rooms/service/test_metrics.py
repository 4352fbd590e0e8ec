"""Counts and times, as Prometheus reads them."""

import math
import re

from comity.rooms.service.metrics import ABOUT, STEPS, Metrics

SAMPLE = re.compile(r'([a-z_]+)(?:\{((?:[a-z]+="(?:[^"\\]|\\.)*",?)*)\})? (\S+)\Z')


def samples(text: str) -> dict[tuple[str, str], float]:
    """Every sample by name and labels; anything that is no sample or comment is refused."""
    found = {}
    for line in text.splitlines():
        if not line.startswith("# "):
            name, labels, value = SAMPLE.match(line).groups()
            found[name, labels or ""] = float(value)
    return found


def test_times_fall_into_their_classes():
    metrics, times = Metrics(), [0.001, 0.005, 0.3, 99.0]
    for seconds in times:
        metrics.time("comity_request_seconds", seconds, route="/")
    found = samples(metrics.text())
    for step in STEPS:
        count = found["comity_request_seconds_bucket", f'route="/",le="{step}"']
        assert count == sum(seconds <= step for seconds in times)
    assert found["comity_request_seconds_bucket", 'route="/",le="+Inf"'] == 4
    assert found["comity_request_seconds_count", 'route="/"'] == 4
    assert math.isclose(found["comity_request_seconds_sum", 'route="/"'], sum(times))


def test_counts_add_up():
    metrics = Metrics()
    metrics.count("comity_streams", 1)
    metrics.count("comity_streams", 1)
    metrics.count("comity_streams", -1)
    assert samples(metrics.text({"joining": 3})) == {
        ("comity_streams", ""): 1,
        ("comity_rooms", 'phase="joining"'): 3,
    }


def test_labels_cannot_break_out():
    metrics = Metrics()
    metrics.count("comity_solutions_total", result='a"b\\c\nd')
    assert len(samples(metrics.text())) == 1


def test_everything_says_what_it_is():
    metrics = Metrics()
    for name in ABOUT:
        metrics.count(name)
    text = metrics.text()
    for name, (kind, about) in ABOUT.items():
        assert f"# HELP {name} {about}\n# TYPE {name} {kind}\n" in text
