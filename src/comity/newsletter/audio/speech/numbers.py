"""Numbers as English words."""

from __future__ import annotations

SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES = (
    (10**15, "quadrillion"),
    (10**12, "trillion"),
    (10**9, "billion"),
    (10**6, "million"),
    (10**3, "thousand"),
    (10**2, "hundred"),
)
LONGEST = 18
LARGEST = 10**LONGEST
"""From here on a number is read digit by digit."""
ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
"""Ordinals that are more than a cardinal with an ending."""


def cardinal(number: int) -> str:
    """Return a whole number in words, as American English says it.

    >>> cardinal(-1956)
    'minus one thousand nine hundred fifty-six'
    """
    if number < 0:
        return f"minus {cardinal(-number)}"
    if number >= LARGEST:
        return digits(str(number))
    if number < 20:
        return SMALL[number]
    if number < 100:
        tens, rest = divmod(number, 10)
        return TENS[tens] + (f"-{SMALL[rest]}" if rest else "")
    scale, name = next(pair for pair in SCALES if pair[0] <= number)
    count, rest = divmod(number, scale)
    return f"{cardinal(count)} {name}" + (f" {cardinal(rest)}" if rest else "")


def ordinal(number: int) -> str:
    """Return the place of a whole number in words.

    >>> ordinal(21), ordinal(40), ordinal(112)
    ('twenty-first', 'fortieth', 'one hundred twelfth')
    """
    words = cardinal(number)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    start, last = words[:cut], words[cut:]
    if last in ORDINALS:
        return start + ORDINALS[last]
    return start + (last[:-1] + "ieth" if last.endswith("y") else f"{last}th")


def year(number: int) -> str:
    """Return a year in words.

    >>> year(1999), year(2005), year(2021), year(1900), year(1706)
    ('nineteen ninety-nine', 'two thousand five', 'twenty twenty-one', 'nineteen hundred',
    'seventeen oh six')
    """
    century, rest = divmod(number, 100)
    if number < 1000 or number % 1000 < 10:
        return cardinal(number)
    if not rest:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} " + (f"oh {SMALL[rest]}" if rest < 10 else cardinal(rest))


def digits(text: str) -> str:
    """Return each digit in words; what is no digit is left out.

    >>> digits("03741")
    'zero three seven four one'
    """
    return " ".join(SMALL[int(sign)] for sign in text if sign.isascii() and sign.isdigit())


def number(text: str) -> str:
    """Return a number in words as it is written: ``1,956``, ``-0.05``, ``.5``, ``007``.

    Digits behind the point, and numbers that begin with a nought, are read one by one.

    >>> number("0.05"), number("1,956.5")
    ('zero point zero five', 'one thousand nine hundred fifty-six point five')
    """
    if text.startswith(("-", "−")):
        return f"minus {number(text[1:])}"
    whole, point, fraction = text.replace(",", "").partition(".")
    if not whole:
        start = ""
    elif len(whole) > LONGEST or (len(whole) > 1 and whole.startswith("0")):
        start = digits(whole)
    else:
        start = cardinal(int(whole))
    return f"{start} point {digits(fraction)}".strip() if point and fraction else start


def decade(number: int) -> str:
    """Return a decade in words.

    >>> decade(1990), decade(2020), decade(90), decade(2000), decade(1900)
    ('nineteen nineties', 'twenty twenties', 'nineties', 'two thousands', 'nineteen hundreds')
    """
    words = cardinal(number) if number < 100 else year(number)
    return words[:-1] + "ies" if words.endswith("y") else f"{words}s"


def fraction(top: int, bottom: int) -> str:
    """Return a fraction in words.

    >>> fraction(1, 2), fraction(2, 3), fraction(9, 100)
    ('one half', 'two thirds', 'nine hundredths')
    """
    names = {2: ("half", "halves"), 4: ("quarter", "quarters")}
    single = ordinal(bottom).removeprefix("one ")
    one, many = names.get(bottom, (single, f"{single}s"))
    return f"{cardinal(top)} {one if top == 1 else many}"
