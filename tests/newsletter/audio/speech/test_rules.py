"""Rules of any language."""

import pytest

from comity.newsletter.audio.speech.normaliser import Normaliser
from comity.newsletter.audio.speech.rules import host

SAY = Normaliser("pt-BR").say


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.example.org/a", "example.org"),
        ("http://user:word@Example.ORG:81/?q=1", "example.org"),
        ("www2.example.com", "example.com"),
        ("https://[::1]:80/x", "[::1]"),
    ],
)
def test_hosts(address, name):
    assert host(address) == name


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("veja https://example.org/a?b, sim", "veja example dot org, sim"),
        ("(https://example.org). Sim", "example dot org. Sim"),
        ("ada@example.org", "ada at example dot org"),
        ("<i>um</i> <!-- nada --> dois", "um dois"),
        ("um <sinal> dois", "um sinal dois"),
        ('um <a href="x">dois</a><br/>', "um dois"),
        ("um [1] dois [2–4]", "um dois"),
        ("um [...] dois", "um, dois"),
        ("um — dois (três)", "um, dois, três"),
        ("«um» 🎉 dois", "um dois"),
        ("bem-vindo", "bem-vindo"),
        ("ano 2019, 5%", "ano 2019, 5%"),
    ],
)
def test_what_is_said_in_a_language_without_rules_of_its_own(written, said):
    assert SAY(written) == said
