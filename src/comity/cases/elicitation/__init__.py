"""Asking people in plain words: answers become utilities with their uncertainty."""
