"""The protocol of rooms, whatever carries its messages."""
