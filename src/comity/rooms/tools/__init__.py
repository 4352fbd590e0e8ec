"""Rooms and agreements as tools for agents of any maker, over the Model Context Protocol."""
