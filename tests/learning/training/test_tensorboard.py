import struct

import pytest

from comity.learning.training.tensorboard import Events, crc32c


def varint(data, place):
    value = shift = 0
    while True:
        byte = data[place]
        value |= (byte & 0x7F) << shift
        place, shift = place + 1, shift + 7
        if byte < 0x80:
            return value, place


def fields(data):
    """The fields of a protocol buffer message, by number."""
    found, place = {}, 0
    while place < len(data):
        key, place = varint(data, place)
        kind = key & 7
        if kind == 0:
            value, place = varint(data, place)
        else:
            if kind == 2:
                size, place = varint(data, place)
            else:
                size = {1: 8, 5: 4}[kind]
            value, place = data[place : place + size], place + size
        found.setdefault(key >> 3, []).append(value)
    return found


def unmasked(masked):
    """The checksum of TFRecord undone: the constant taken away, rotated back."""
    rest = (masked - 0xA282EAD8) & 0xFFFFFFFF
    return ((rest >> 17) | (rest << 15)) & 0xFFFFFFFF


def records(data):
    place = 0
    while place < len(data):
        (length,) = struct.unpack_from("<Q", data, place)
        content = data[place + 12 : place + 12 + length]
        for start, checked in (
            (place + 8, data[place : place + 8]),
            (place + 12 + length, content),
        ):
            assert unmasked(struct.unpack_from("<I", data, start)[0]) == crc32c(checked)
        yield content
        place += 16 + length


@pytest.mark.parametrize(
    ("content", "checksum"),
    [(bytes(32), 0x8A9136AA), (b"\xff" * 32, 0x62A8AB43), (bytes(range(32)), 0x46DD794E)],
)
def test_checksums_are_those_of_the_standard(content, checksum):
    assert crc32c(content) == checksum


def test_numbers_come_back(tmp_path):
    with Events(tmp_path, "run") as events:
        events.add(1, {"score": 0.5})
        events.add(300, {"score": 2.0, "entropy": -1.25})
    first, second, third = (fields(r) for r in records(events.path.read_bytes()))
    assert first[3] == [b"brain.Event:2"]
    assert second[2] == [1]
    assert third[2] == [300]
    values = [fields(value) for value in fields(third[5][0])[1]]
    assert [(v[1][0].decode(), struct.unpack("<f", v[2][0])[0]) for v in values] == [
        ("score", 2.0),
        ("entropy", -1.25),
    ]


def test_tensorboard_itself_reads_them(tmp_path):
    event_accumulator = pytest.importorskip(
        "tensorboard.backend.event_processing.event_accumulator"
    )
    with Events(tmp_path, "run") as events:
        for step in range(1, 40):
            events.add(step, {"score": step / 4, "entropy": -float(step)})
    found = event_accumulator.EventAccumulator(str(tmp_path / "run")).Reload()
    assert sorted(found.Tags()["scalars"]) == ["entropy", "score"]
    read = [(event.step, event.value) for event in found.Scalars("score")]
    assert read == [(step, step / 4) for step in range(1, 40)]
    assert found.Scalars("entropy")[0].wall_time > 1e9
