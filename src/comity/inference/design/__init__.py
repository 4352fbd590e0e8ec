"""The next question to ask: what an answer could teach, and how many people to ask."""
