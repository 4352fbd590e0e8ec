"""The cover, read by matplotlib's reader of PNG."""

import io

import numpy as np
from matplotlib.image import imread

from comity.newsletter.editions.cover import SIDE, cover, png


def test_pixels_come_back_as_they_were(rng):
    pixels = rng.integers(0, 256, (5, 7, 3), dtype=np.uint8)
    read = imread(io.BytesIO(png(pixels)), format="png")
    assert np.array_equal(np.rint(read[:, :, :3] * 255).astype(np.uint8), pixels)


def test_the_cover_shows_two_circles_that_overlap():
    read = imread(io.BytesIO(cover()), format="png")
    assert read.shape[:2] == (SIDE, SIDE)
    middle = read[SIDE // 2]
    corner, left, both, right = (middle[x] for x in (10, 350, 700, 1050))
    assert corner.mean() > 0.95
    assert left[2] > left[0]  # blue
    assert right[0] > right[2]  # orange
    assert both.sum() < min(left.sum(), right.sum())
    # Mirrored in height, as circles are.
    assert np.array_equal(read, read[::-1])
