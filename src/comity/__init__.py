"""Courtesy between parties who recognise each other's laws."""
