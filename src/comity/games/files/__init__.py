"""Games in the files of other tools: Gambit's .nfg, GENIUS domains, CaSiNo dialogues."""

from comity.games.files.casino import CasinoDialogue, read_casino
from comity.games.files.genius import find_genius_profiles, read_genius, read_genius_domain
from comity.games.files.genius_write import write_genius
from comity.games.files.nfg import loads_nfg, read_nfg
from comity.games.files.nfg_write import dumps_nfg, write_nfg

__all__ = [
    "CasinoDialogue",
    "dumps_nfg",
    "find_genius_profiles",
    "loads_nfg",
    "read_casino",
    "read_genius",
    "read_genius_domain",
    "read_nfg",
    "write_genius",
    "write_nfg",
]
