"""Curves of learning as event files that TensorBoard reads, written without it."""

from __future__ import annotations

import struct
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

POLYNOMIAL = 0x82F63B78
"""Castagnoli's, reflected (RFC 3720, section 12.1)."""


class Events:
    """An event file in a folder; numbers are added step by step.

    The format is a sequence of records (TFRecord: length, masked CRC-32C, content, masked CRC)
    that hold protocol buffers of the message ``Event``: fields 1 wall time (double), 2 step
    (int64), 3 file version (string), 5 summary of values with 1 tag and 2 number (float).
    """

    def __init__(self, folder: str | Path, name: str) -> None:
        place = Path(folder) / name
        place.mkdir(parents=True, exist_ok=True)
        now = time.time()
        self.path = place / f"events.out.tfevents.{int(now)}.comity"
        self._file: BinaryIO = self.path.open("ab")
        self._write(_double(1, now) + _bytes(3, b"brain.Event:2"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, step: int, values: Mapping[str, float]) -> None:
        """Add numbers by name at a step."""
        told = b"".join(
            _bytes(1, _bytes(1, tag.encode()) + _float(2, value)) for tag, value in values.items()
        )
        self._write(_double(1, time.time()) + _number(2, step) + _bytes(5, told))
        self._file.flush()

    def _write(self, event: bytes) -> None:
        length = struct.pack("<Q", len(event))
        self._file.write(length + _masked(length) + event + _masked(event))


def crc32c(content: bytes) -> int:
    """Return the CRC-32C of bytes (RFC 3720, appendix B.4).

    Examples
    --------
    >>> hex(crc32c(b"123456789"))
    '0xe3069283'
    """
    rest = 0xFFFFFFFF
    for byte in content:
        rest = TABLE[(rest ^ byte) & 0xFF] ^ (rest >> 8)
    return rest ^ 0xFFFFFFFF


def _entry(byte: int) -> int:
    for _ in range(8):
        byte = (byte >> 1) ^ (POLYNOMIAL if byte & 1 else 0)
    return byte


TABLE = tuple(_entry(byte) for byte in range(256))


def _masked(content: bytes) -> bytes:
    """Return the checksum as TFRecord keeps it: rotated by 15 bits, with a constant added."""
    crc = crc32c(content)
    return struct.pack("<I", (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF)


def _varint(value: int) -> bytes:
    """Return a whole number, 0 or more, in groups of seven bits, the lowest first."""
    groups = []
    while value > 0x7F:
        groups.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*groups, value])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _double(field: int, value: float) -> bytes:
    return _varint(field << 3 | 1) + struct.pack("<d", value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _float(field: int, value: float) -> bytes:
    return _varint(field << 3 | 5) + struct.pack("<f", value)
