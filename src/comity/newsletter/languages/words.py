"""What the checks know of each language. A language without a row here is not translated."""

from __future__ import annotations

import re
from dataclasses import dataclass

from comity.core.errors import InputError


@dataclass(frozen=True)
class Language:
    """Words that must survive a translation, and those a reader is told.

    `denials` are patterns of words that each deny something by themselves. Where a language says
    one denial with two words (``no ... nada``), the second ones are in `companions`: they deny
    alone, or go with a denial. `loose` words deny only beside a denial (``anybody``); others may
    translate them by companions. `optional` ones (``unless``) some languages say with a denial, and
    some without.
    """

    name: str
    denials: str
    companions: str = ""
    loose: str = ""
    optional: str = ""
    decimal: str = "."
    numbers: str = ""
    """``two=2 twelve=12``; several words of one value are joined by ``/``."""
    joins: str = ""
    """Words that stand inside a number: ``and``."""
    capitals: str = ""
    """Words written with a capital that are translated, such as days."""
    starters: str = ""
    """Words that often open a sentence, and so are no names for having a capital there."""
    mark: str = ""
    refused: str = ""

    def values(self) -> dict[str, int]:
        """Return the value of each word for a number."""
        pairs = (pair.split("=") for pair in self.numbers.split())
        return {word: int(value) for words, value in pairs for word in words.split("/")}


ENGLISH = Language(
    name="English",
    denials=r"not|no|never|nobody|nothing|nowhere|none|neither|nor|without|cannot|"
    r"\w+n['’]t|non(?=-)",
    loose=r"any|anybody|anyone|anything|anywhere|ever|either",
    optional=r"unless|hardly|barely|scarcely",
    numbers="two/twice=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 "
    "twelve=12 thirteen=13 fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 "
    "nineteen=19 twenty=20 thirty=30 forty=40 fifty=50 sixty=60 seventy=70 eighty=80 "
    "ninety=90 hundred/hundreds=100 thousand/thousands=1000 million/millions=1000000 "
    "billion/billions=1000000000 trillion/trillions=1000000000000",
    joins="and",
    capitals="I Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March "
    "April May June July August September October November December English Spanish French "
    "German Chinese Japanese Russian Italian European American British Indian Europe America "
    "Germany Spain France Italy China Japan Russia India Africa Asia Earth Internet Christmas "
    "Mr Mrs Dr Prof God North South East West",
    starters="A An The This That These Those It Its We They He She You My Our Their His Her In On "
    "At As By For From With Without To Of And But Or So If When While Where Then There Here Also "
    "However First Second Third Next Finally Still Yet Although Though Because Since After Before "
    "Instead Another One Two Some Many Most Each Every All Both Any No Not Nobody Nothing None "
    "Neither Never What Which Who Why How Is Are Was Were Can Could Should Would May Do Does Did "
    "See Note Recall Let Perhaps Maybe Overall Unfortunately Similarly Thus Hence Therefore "
    "Moreover Furthermore Rather Like Unlike Using Given Even Only Just Such Once Under Over "
    "Between Against Recently Previously Currently Today Now Read More",
    mark="Translated by machine. The original stands beside it.",
    refused="[not translated]",
)

SPANISH = Language(
    name="Spanish",
    denials=r"no|sin|tampoco|ni|no(?=-)",
    companions=r"nunca|jamás|nadie|nada|ning[uú]n\w*",
    decimal=",",
    numbers="dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10 once=11 doce=12 "
    "trece=13 catorce=14 quince=15 dieciséis=16 diecisiete=17 dieciocho=18 diecinueve=19 "
    "veinte=20 veintidós=22 veintitrés=23 veinticuatro=24 veinticinco=25 veintiséis=26 "
    "veintisiete=27 veintiocho=28 veintinueve=29 treinta=30 cuarenta=40 cincuenta=50 "
    "sesenta=60 setenta=70 ochenta=80 noventa=90 cien/ciento/cientos/centenares=100 "
    "doscientos/doscientas=200 trescientos/trescientas=300 cuatrocientos/cuatrocientas=400 "
    "quinientos/quinientas=500 seiscientos/seiscientas=600 setecientos/setecientas=700 "
    "ochocientos/ochocientas=800 novecientos/novecientas=900 mil/miles=1000 "
    "millón/millones=1000000 billón/billones=1000000000000",
    joins="y de",
    starters="El La Los Las Un Una Unos Unas Este Esta Estos Estas Ese Esa Eso Esto Lo En De Del "
    "Con Sin Por Para A Al Y O Pero Si Cuando Como Donde Que Quien No Nadie Nada Nunca Ninguno "
    "Ninguna Ni Tampoco También Además Sin Sobre Entre Hay Es Son Se Su Sus Mi Nuestro Nuestra "
    "Aunque Porque Así Entonces Luego Primero Finalmente Todo Todos Cada Algunos Muchos Otro Otra "
    "Ya Más Solo Sólo",
    mark="Traducido por una máquina. El original está al lado.",
    refused="[sin traducir]",
)

LANGUAGES = {"en": ENGLISH, "es": SPANISH}
"""Languages whose denials and numbers the checks can count."""


def language(code: str) -> Language:
    """Return what is known of a language, or raise `InputError`."""
    found = LANGUAGES.get(code)
    if found is None:
        raise InputError(
            "no table of words to check a translation with",
            place="language",
            found=code,
            expected=" or ".join(sorted(LANGUAGES)),
        )
    return found


def words_of(pattern: str) -> re.Pattern[str]:
    """Return a pattern that finds whole words, in any case."""
    return re.compile(rf"(?<![\w])(?:{pattern})(?![\w'’])", re.IGNORECASE)
