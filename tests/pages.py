"""How tests read a page: its outline, and the colours of its text."""

import re
from html.parser import HTMLParser

COLOUR = re.compile(r"rgba?\((\d+), (\d+), (\d+)")

BEHIND = """e => { const colour = getComputedStyle(e).color;
  while (e && /rgba\\(0, 0, 0, 0\\)|transparent/.test(getComputedStyle(e).backgroundColor))
    e = e.parentElement;
  return [colour, getComputedStyle(e || document.body).backgroundColor]; }"""
"""A script that returns the colours of an element's text and of what lies behind it."""


class Outline(HTMLParser):
    """Tags, attributes and text of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.text = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_data(self, data):
        self.text.append(data)


def luminance(colour):
    """Relative luminance of a colour as a browser states it (WCAG 2.2)."""
    channels = [int(c) / 255 for c in COLOUR.match(colour).groups()]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first, second):
    """Contrast ratio of WCAG 2.2, section 1.4.3."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
