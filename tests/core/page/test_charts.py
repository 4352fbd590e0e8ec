import re

import numpy as np

from comity.core.page.charts import Curve, chart


def test_names_at_the_ends_do_not_overlap():
    curves = [Curve(f"line {k}", np.array([0.0, 1]), np.array([0.0, 1])) for k in range(3)]
    panel = chart(curves, [], "", "", "x", "y").sizes[0]
    heights = sorted(y for _, y, *_ in panel.names)
    assert min(np.diff(heights)) >= panel.size


def points(path):
    return np.array(re.findall(r"(-?[\d.]+) (-?[\d.]+)", path), float)


def test_lines_bands_and_names_lie_in_the_panel():
    x = np.linspace(0, 1, 7)
    curves = [Curve("a", x, x**2, x**2 - 0.3, x**2 + 0.3), Curve("b", x, 1 - x)]
    for panel in chart(curves, [(0.4, "here")], "", "", "x", "y").sizes:
        for path in (*panel.lines, *panel.bands):
            across, up = points(path).T
            assert panel.left <= across.min() < across.max() <= panel.right
            assert panel.top <= up.min() < up.max() <= panel.bottom
        ((place, text, _),) = panel.verticals
        assert text == "here"
        assert place == panel.left + 0.4 * (panel.right - panel.left)
        assert len(panel.bands) == 1


def test_a_band_holds_its_line():
    x = np.linspace(0, 1, 5)
    panel = chart([Curve("a", x, x, x - 0.1, x + 0.2)], [], "", "", "x", "y").sizes[0]
    line, band = points(panel.lines[0])[:, 1], points(panel.bands[0])[:, 1]
    upper, lower = band[:5], band[5:][::-1]
    assert (upper < line).all()
    assert (line < lower).all()


def test_a_flat_line_is_drawn_too():
    panel = chart([Curve("a", np.array([0.0, 1]), np.zeros(2))], [], "", "", "x", "y").sizes[0]
    assert np.isfinite(points(panel.lines[0])).all()
