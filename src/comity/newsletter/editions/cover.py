"""The picture that players of podcasts show: two views that overlap."""

from __future__ import annotations

import struct
import zlib
from functools import cache

import numpy as np

SIDE = 1400
"""Pixels: the least that Apple's directory takes."""
PAPER, FIRST, SECOND = (0xFC, 0xFB, 0xF8), (0x0B, 0x5C, 0xAD), (0xB0, 0x4A, 0x00)
OPACITY = (0.82, 0.72)
RADIUS, APART = 0.235, 0.11
"""Of a circle, and of its centre from the middle; in sides of the picture."""


@cache
def cover() -> bytes:
    """Return the picture as PNG, 1400 by 1400, RGB."""
    picture = np.broadcast_to(np.array(PAPER, dtype=np.float64), (SIDE, SIDE, 3))
    for colour, opacity, centre in zip((FIRST, SECOND), OPACITY, (-APART, APART), strict=True):
        share = opacity * _disc(0.5 + centre)[:, :, None]
        picture = (1 - share) * picture + share * np.array(colour, dtype=np.float64)
    return png(np.rint(picture).astype(np.uint8))


def _disc(centre: float) -> np.ndarray:
    """Return how much of each pixel a circle covers, its edge one pixel wide."""
    place = (np.arange(SIDE) + 0.5) / SIDE
    distance = np.hypot(place[None, :] - centre, place[:, None] - 0.5)
    return np.clip((RADIUS - distance) * SIDE + 0.5, 0.0, 1.0)


def png(pixels: np.ndarray) -> bytes:
    """Return pixels (height, width, 3; uint8) as PNG (ISO/IEC 15948)."""
    height, width, _ = pixels.shape
    rows = np.concatenate([np.zeros((height, 1), np.uint8), pixels.reshape(height, -1)], axis=1)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            _chunk(b"IDAT", zlib.compress(rows.tobytes(), 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
