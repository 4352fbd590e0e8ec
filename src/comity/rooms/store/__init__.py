"""What a server of rooms keeps: logs, withheld messages, and who may do what."""
