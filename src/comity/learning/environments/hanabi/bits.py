"""Packed bits in JAX: fields written one after another, and one byte a bit at the end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import jax
import jax.numpy as jnp

Word = Any
"""A 32-bit word of each game, shape (B,), or of each game and seat, shape (B, n); uint32."""

NIBBLE_TO_BYTES, ONES = 0x00204081, 0x01010101
"""Four bits times the first, masked by the second, are four bytes of one bit each."""


class Bits:
    """Fields of bits, written one after another into 32-bit words of a batch.

    Where a field lies is known when the program is compiled, so that all of it is shifts and ors
    that the compiler fuses into one loop over games.
    """

    def __init__(self) -> None:
        self._words: list[Word] = []
        self._place = 0

    def put(self, value: Word, width: int) -> None:
        """Write the lowest ``width`` bits, at most 32, of a value that has no others."""
        if width == 0:
            return
        word, shift = divmod(self._place, 32)
        self._write(word, value << shift)
        if shift + width > 32:
            self._write(word + 1, value >> (32 - shift))
        self._place += width

    def _write(self, place: int, value: Word) -> None:
        if place < len(self._words):
            self._words[place] = self._words[place] | value
        else:
            self._words.append(value)

    def put_all(self, fields: Iterable[tuple[Word, int]]) -> None:
        """Write fields, each a value and its width."""
        for value, width in fields:
            self.put(value, width)

    def thermometer(self, count: Word, width: int) -> None:
        """Write ``count`` ones and then zeros, ``width`` in all."""
        for start in range(0, width, 31):
            here = min(31, width - start)
            ones = jnp.clip(count.astype(jnp.int32) - start, 0, here).astype(jnp.uint32)
            self.put((jnp.uint32(1) << ones) - 1, here)

    def words(self, shape: tuple[int, ...]) -> Any:
        """Return the words of a batch of this shape, shape (..., words)."""
        return jnp.stack([jnp.broadcast_to(word, shape) for word in self._words], axis=-1)


def expanded(words: Any, length: int) -> Any:
    """Return bits as bytes, shape (..., length), uint8, from words of shape (..., words)."""
    nibbles = (words[..., None] >> (4 * jnp.arange(8, dtype=jnp.uint32))) & 15
    spread = (nibbles * NIBBLE_TO_BYTES) & ONES
    parts = jax.lax.bitcast_convert_type(spread, jnp.uint8)
    return parts.reshape(*words.shape[:-1], -1)[..., :length]


def chosen(which: Word, words: tuple[Word, ...]) -> Word:
    """Return, in each game, the word number ``which``."""
    found = words[0]
    for place, word in enumerate(words[1:], 1):
        found = jnp.where(which == place, word, found)
    return found


def replaced(words: tuple[Word, ...], which: Word, value: Word, where: Any) -> tuple[Word, ...]:
    """Return the words with number ``which`` replaced in the games that ``where`` names."""
    return tuple(
        jnp.where(where & (which == place), value, word) for place, word in enumerate(words)
    )


def without(word: Word, place: Word, bits: int) -> Word:
    """Return a word of fields with one taken out and those above it moved down."""
    low = bits * place
    below = word & ((jnp.uint32(1) << low) - 1)
    return below | ((word >> (low + bits)) << low)
