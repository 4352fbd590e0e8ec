"""Sentences in English and Spanish that say the same, by a person, and ways to spoil them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Pair(NamedTuple):
    """A sentence, its translation, and the names in both."""

    english: str
    spanish: str
    kept: tuple[str, ...] = ()


PAIRS = (
    Pair("Agents do not share what they know.", "Los agentes no comparten lo que saben."),
    Pair("Nobody trusts a liar.", "Nadie se fía de un mentiroso."),
    Pair("I don't see anybody there.", "No veo a nadie allí."),
    Pair("I see nobody there.", "No veo a nadie allí."),
    Pair("Nothing is certain.", "Nada es seguro."),
    Pair("They never answered.", "No contestaron nunca."),
    Pair("They never answered.", "Nunca contestaron."),
    Pair("It works without a mediator.", "Funciona sin mediador."),
    Pair("None of the rules held.", "Ninguna de las reglas se mantuvo."),
    Pair("Neither side can win.", "Ninguno de los dos puede ganar."),
    Pair("Neither Ana nor Ben agreed.", "Ni Ana ni Ben aceptaron.", ("Ana", "Ben")),
    Pair("The game can't end, and it won't.", "El juego no puede acabar, y no acabará."),
    Pair("He isn't here; she isn't either.", "Él no está; ella tampoco."),
    Pair("It is no longer true.", "Ya no es cierto."),
    Pair("We cannot say anything about it.", "No podemos decir nada sobre ello."),
    Pair("This is a non-cooperative game.", "Este es un juego no-cooperativo."),
    Pair("It is not only fast but also fair.", "No solo es rápido, sino también justo."),
    Pair("Without rules, nobody would play.", "Sin reglas, nadie jugaría."),
    Pair("All agents agree.", "Todos los agentes están de acuerdo."),
    Pair("The method is simple and general.", "El método es sencillo y general."),
    Pair("It reaches 95% of the best.", "Alcanza el 95% del óptimo."),
    Pair("It costs 1,000.5 units.", "Cuesta 1.000,5 unidades."),
    Pair("It costs 1,000.5 units.", "Cuesta 1,000.5 unidades."),
    Pair("There were 12,345 games.", "Hubo 12.345 partidas."),
    Pair("About 3.5 million people play.", "Juegan unos 3,5 millones de personas."),
    Pair("Two billion steps were taken.", "Se dieron dos mil millones de pasos."),
    Pair("Twenty-five agents, two hundred games.", "Veinticinco agentes, doscientas partidas."),
    Pair("In 2019 and 2020 there were three.", "En 2019 y 2020 hubo tres."),
    Pair("Thirty-two of 100 refused.", "Treinta y dos de 100 se negaron."),
    Pair("The 1st and the 2nd player move.", "El 1.º y el 2.º jugador mueven."),
    Pair("Between 5 and 10 agents, p = 0.05.", "Entre 5 y 10 agentes, p = 0,05."),
    Pair("Two thousand three hundred votes.", "Dos mil trescientos votos."),
    Pair("Mia Hope leads the group.", "Mia Hope dirige el grupo.", ("Mia Hope",)),
    Pair("PPO beats Mia Hope twice.", "PPO gana dos veces a Mia Hope.", ("PPO", "Mia Hope")),
    Pair(
        "Ada does not think that 7 of Bo's 20 agents lie.",
        "Ada no cree que 7 de los 20 agentes de Bo mientan.",
        ("Ada", "Bo"),
    ),
    Pair(
        "See [the code](https://a.example/7) and `run_2`.",
        "Ve [the code](https://a.example/7) y `run_2`.",
        ("[the code](https://a.example/7)", "`run_2`"),
    ),
    Pair("Nobody but Ada gave nothing.", "Nadie excepto Ada dio nada.", ("Ada",)),
)

FALSE_ALARMS = frozenset({"Neither side can win."})
"""Good translations that the checks refuse: here Spanish says how many sides there are."""

_DENIAL = re.compile(r"\b(?:no|nadie|nada|nunca|ningun[oa]|sin|tampoco|ni)\b[ -]?", re.IGNORECASE)
_NUMBER = re.compile(r"\d")


def without_a_denial(pair: Pair) -> Iterator[str]:
    """Yield the translation without all of its denials, which turns it into its opposite."""
    if _DENIAL.search(pair.spanish):
        yield _DENIAL.sub("", pair.spanish)


def without_one_denial(pair: Pair) -> Iterator[str]:
    """Yield the translation without each of its denials in turn, where it has several."""
    found = list(_DENIAL.finditer(pair.spanish))
    for match in found if len(found) > 1 else ():
        yield pair.spanish[: match.start()] + pair.spanish[match.end() :]


def with_a_denial(pair: Pair) -> Iterator[str]:
    """Yield the translation with a denial where the original has none."""
    if not _DENIAL.search(pair.spanish):
        yield f"No es que {pair.spanish}"


def with_another_number(pair: Pair) -> Iterator[str]:
    """Yield the translation with each digit changed in turn."""
    inside = [pair.spanish.find(kept) for kept in pair.kept]
    spans = [range(at, at + len(k)) for at, k in zip(inside, pair.kept, strict=True)]
    for match in _NUMBER.finditer(pair.spanish):
        if not any(match.start() in span for span in spans):
            other = str((int(match[0]) + 1) % 10)
            yield pair.spanish[: match.start()] + other + pair.spanish[match.end() :]


def without_a_name(pair: Pair) -> Iterator[str]:
    """Yield the translation with each name lost, and with each one doubled."""
    for name in pair.kept:
        yield pair.spanish.replace(name, "", 1)
        yield pair.spanish.replace(name, f"{name} {name}", 1)
