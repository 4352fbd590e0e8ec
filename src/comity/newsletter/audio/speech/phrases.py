"""Words that stand between texts in a recording, in each language that has them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

ENGLISH = {
    "issue": "issue {number}",
    "title": "{name}, issue {number}",
    "date": "published {date}",
    "contents": "In this issue",
    "highlights": "Highlights",
    "byline": "by {names}",
    "summarized": "Summarized by {names}",
    "opinion": "{name}'s opinion",
    "an opinion": "An opinion",
    "prerequisites": "Prerequisites",
    "read more": "Read more",
    "link only": "This one is only linked: its address is on the page.",
    "erratum": "Correction of {date}",
    "corrections": "Corrections of earlier issues",
    "reply": "{name} replies",
    "responses": "Responses",
    "feedback": "To tell us what you think, reply to the email of this issue.",
    "closing": "That was {name}, issue {number}. The text with all links is on the page at {host}.",
    "from issue": ", from issue {number}",
    "formula": "a formula that stands on the page",
    "struck out": "struck out",
    "code": "A listing of code stands on the page.",
    "quote": "Quote.",
    "end of quote": "End of quote.",
    "note": "Note {number}",
    "case": "A Case belongs to this entry. It can be opened on the page.",
    "entries": "{name}, {number} entries",
    "one entry": "{name}, one entry",
    "introduction": "Introduction",
    "end": "Closing",
    "and others": "and others",
    "day": "{month} {day}, {year}",
    "months": "January February March April May June "
    "July August September October November December",
    "row": "Row {number}",
    "more rows": "More rows stand on the page.",
    "and": "and",
    "at": "at",
    "dot": "dot",
    "draft": "This is a draft.",
}
SPANISH = {
    "issue": "número {number}",
    "title": "{name}, número {number}",
    "date": "publicado el {date}",
    "contents": "En este número",
    "highlights": "Destacados",
    "byline": "de {names}",
    "summarized": "Resumido por {names}",
    "opinion": "Opinión de {name}",
    "an opinion": "Una opinión",
    "prerequisites": "Conocimientos previos",
    "read more": "Leer más",
    "link only": "De este texto solo se da el enlace: está en la página.",
    "erratum": "Corrección del {date}",
    "corrections": "Correcciones de números anteriores",
    "reply": "{name} responde",
    "responses": "Respuestas",
    "feedback": "Para decirnos qué piensa, responda al correo de este número.",
    "closing": "Esto fue {name}, número {number}. El texto con todos los enlaces está en la página "
    "de {host}.",
    "from issue": ", del número {number}",
    "formula": "una fórmula que está en la página",
    "struck out": "tachado",
    "code": "En la página hay un fragmento de código.",
    "quote": "Cita.",
    "end of quote": "Fin de la cita.",
    "note": "Nota {number}",
    "case": "A este texto le corresponde un caso, que se puede abrir en la página.",
    "entries": "{name}, {number} textos",
    "one entry": "{name}, un texto",
    "introduction": "Introducción",
    "end": "Cierre",
    "and others": "y otros",
    "day": "{day} de {month} de {year}",
    "months": "enero febrero marzo abril mayo junio "
    "julio agosto septiembre octubre noviembre diciembre",
    "row": "Fila {number}",
    "more rows": "Hay más filas en la página.",
    "and": "y",
    "at": "arroba",
    "dot": "punto",
    "draft": "Esto es un borrador.",
}
FRENCH = {
    "issue": "numéro {number}",
    "title": "{name}, numéro {number}",
    "date": "publié le {date}",
    "contents": "Dans ce numéro",
    "highlights": "À la une",
    "byline": "de {names}",
    "summarized": "Résumé par {names}",
    "opinion": "L'opinion de {name}",
    "an opinion": "Une opinion",
    "prerequisites": "Connaissances préalables",
    "read more": "En savoir plus",
    "link only": "Seul le lien de ce texte est donné : il se trouve sur la page.",
    "erratum": "Correction du {date}",
    "corrections": "Corrections de numéros précédents",
    "reply": "{name} répond",
    "responses": "Réponses",
    "feedback": "Pour nous dire ce que vous en pensez, répondez au courriel de ce numéro.",
    "closing": "C'était {name}, numéro {number}. Le texte avec tous les liens est sur la page "
    "de {host}.",
    "from issue": ", du numéro {number}",
    "formula": "une formule qui se trouve sur la page",
    "struck out": "barré",
    "code": "Un extrait de code se trouve sur la page.",
    "quote": "Citation.",
    "end of quote": "Fin de citation.",
    "note": "Note {number}",
    "case": "Un cas accompagne ce texte ; il se trouve sur la page.",
    "entries": "{name}, {number} textes",
    "one entry": "{name}, un texte",
    "introduction": "Introduction",
    "end": "Fin",
    "and others": "et autres",
    "day": "{day} {month} {year}",
    "months": "janvier février mars avril mai juin "
    "juillet août septembre octobre novembre décembre",
    "row": "Ligne {number}",
    "more rows": "D'autres lignes se trouvent sur la page.",
    "and": "et",
    "at": "arobase",
    "dot": "point",
    "draft": "Ceci est un brouillon.",
}
GERMAN = {
    "issue": "Ausgabe {number}",
    "title": "{name}, Ausgabe {number}",
    "date": "erschienen am {date}",
    "contents": "In dieser Ausgabe",
    "highlights": "Besonders empfohlen",
    "byline": "von {names}",
    "summarized": "Zusammengefasst von {names}",
    "opinion": "Die Meinung von {name}",
    "an opinion": "Eine Meinung",
    "prerequisites": "Voraussetzungen",
    "read more": "Weiterlesen",
    "link only": "Dieser Text ist nur verlinkt: die Adresse steht auf der Seite.",
    "erratum": "Berichtigung vom {date}",
    "corrections": "Berichtigungen zu früheren Ausgaben",
    "reply": "{name} antwortet",
    "responses": "Antworten",
    "feedback": "Sagen Sie uns Ihre Meinung: Antworten Sie auf die Mail dieser Ausgabe.",
    "closing": "Das war {name}, Ausgabe {number}. Der Text mit allen Links steht auf der Seite "
    "von {host}.",
    "from issue": ", aus Ausgabe {number}",
    "formula": "eine Formel, die auf der Seite steht",
    "struck out": "durchgestrichen",
    "code": "Ein Stück Programmtext steht auf der Seite.",
    "quote": "Zitat.",
    "end of quote": "Ende des Zitats.",
    "note": "Anmerkung {number}",
    "case": "Zu diesem Text gehört ein Fall, der sich auf der Seite öffnen lässt.",
    "entries": "{name}, {number} Texte",
    "one entry": "{name}, ein Text",
    "introduction": "Einleitung",
    "end": "Schluss",
    "and others": "und andere",
    "day": "{day}. {month} {year}",
    "months": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "row": "Zeile {number}",
    "more rows": "Weitere Zeilen stehen auf der Seite.",
    "and": "und",
    "at": "ät",
    "dot": "Punkt",
    "draft": "Dies ist ein Entwurf.",
}
PHRASES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"en": ENGLISH, "es": SPANISH, "fr": FRENCH, "de": GERMAN}
)
"""Phrases by language; any other language has the English ones."""


def base(language: str) -> str:
    """Return a language without its region: ``pt-BR`` is ``pt``."""
    return language.replace("_", "-").partition("-")[0].lower()


def day(text: str, language: str) -> str:
    """Return a day in ISO 8601 as it is said; what is no date stays as it is.

    >>> day("2026-11-26", "en"), day("2026-11-26", "es"), day("in spring", "en")
    ('November 26, 2026', '26 de noviembre de 2026', 'in spring')
    """
    try:
        found = date.fromisoformat(text.strip()[:10])
    except ValueError:
        return text
    words = phrases(language)
    month = words["months"].split()[found.month - 1]
    return words["day"].format(day=found.day, month=month, year=found.year)


def phrases(language: str) -> Mapping[str, str]:
    """Return the standing words of a language, or the English ones."""
    return PHRASES.get(base(language), ENGLISH)
