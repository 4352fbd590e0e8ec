import pytest

from comity.rooms.client.events import EventReader

STREAMS = {
    "event: entry\ndata: {}\nid: 3\n\n": 1,
    "event:entry\ndata:{}\n\n": 1,
    ": comment\n\nevent: state\ndata: {}\n\n": 0,
    "event: entry\n\n": 0,
    "data: {}\n\n": 0,
    "event: state\ndata: 1\n\nevent: entry\ndata: 2\n\nevent: entry\ndata: 3\n\n": 2,
    "event: entry\ndata: cut": 0,
    "event: entries\ndata: {}\n\n": 0,
}


@pytest.mark.parametrize(("stream", "count"), STREAMS.items())
def test_only_whole_events_of_the_name_count(stream, count):
    reader = EventReader("entry")
    assert sum(reader.takes(line) for line in stream.split("\n")) == count
