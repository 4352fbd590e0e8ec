"""Where parties meet who share neither a notebook nor trust."""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "client.calls": ("Unreachable",),
        "client.joining": ("join", "join_async", "open_room", "open_room_async"),
        "client.opening": ("OpenedRoom",),
        "client.result": ("RoomResult",),
        "client.witness": ("Untrusted",),
        "protocol.bodies": ("ACTS", "REASONS", "STATUSES"),
        "protocol.desk": ("Desk",),
        "protocol.keys": ("Key", "new_secret"),
        "protocol.messages": ("Entry", "Message"),
        "protocol.room": ("Room",),
        "protocol.seat": ("Seat",),
        "protocol.state": ("Refused",),
        "protocol.terms": ("Terms",),
        "protocol.verification": ("verify_log",),
    },
)
