"""Acronyms: which are said as words, which are spelled, and a rule for those nobody listed."""

from __future__ import annotations

import re

from comity.newsletter.audio.speech.symbols import letter

SAID = {
    "AAAI": "triple eigh I",
    "AIES": "ays",
    "ALBA": "alba",
    "AlphaGo": "alpha go",
    "AlphaStar": "alpha star",
    "AlphaZero": "alpha zero",
    "arXiv": "archive",
    "ArXiv": "archive",
    "BERT": "bert",
    "BibTeX": "bib tech",
    "BoxWorld": "box world",
    "ChatGPT": "chat G P T",
    "CHAI": "chai",
    "CIRL": "curl",
    "CLIP": "clip",
    "COCO": "coco",
    "COVID": "covid",
    "DAgger": "dagger",
    "DALL-E": "dolly",
    "DALL·E": "dolly",
    "DARPA": "darpa",
    "DeepMind": "deep mind",
    "DICE": "dice",
    "DoTA": "dota",
    "DOTA": "dota",
    "FHI": "F H I",
    "FLOP": "flop",
    "FLOPS": "flops",
    "FLOPs": "flops",
    "GAIL": "gail",
    "GAN": "gan",
    "GANs": "gans",
    "GitHub": "git hub",
    "GovAI": "guv eigh I",
    "IARPA": "eye arpa",
    "ICLR": "eye clear",
    "ICML": "I C M L",
    "IEEE": "I triple E",
    "IJCAI": "itch kai",
    "ImageNet": "image net",
    "JPEG": "jay peg",
    "LaTeX": "lay tech",
    "LessWrong": "less wrong",
    "LIDAR": "lidar",
    "LIME": "lime",
    "LoRA": "laura",
    "LSTM": "L S T M",
    "MAIEI": "my",
    "MAML": "mammal",
    "MCMC": "M C M C",
    "MIDAS": "midas",
    "MIRI": "mirry",
    "MNIST": "em-nist",
    "MuJoCo": "moo joco",
    "MuZero": "mew zero",
    "NASA": "nasa",
    "NATO": "nato",
    "NeurIPS": "new-rips",
    "NIPS": "nips",
    "OpenAI": "open eigh I",
    "PhD": "P H D",
    "PhDs": "P H D's",
    "POMDP": "pom D P",
    "POMDPs": "pom D P's",
    "PyTorch": "pie torch",
    "PSPACE": "P space",
    "EXPTIME": "exp time",
    "RAM": "ram",
    "RLHF": "R L H F",
    "ReLU": "ray loo",
    "SHAP": "shap",
    "SMAC": "smack",
    "SOTA": "sota",
    "SQL": "sequel",
    "SQuAD": "squad",
    "TeX": "tech",
    "TRPO": "T R P O",
    "UNESCO": "unesco",
    "WaveNet": "wave net",
    "YouTube": "you tube",
}
"""Words that are said otherwise than a rule would guess. A publication adds its own."""

ONSETS = frozenset(
    [
        "bl",
        "br",
        "ch",
        "cl",
        "cr",
        "dr",
        "fl",
        "fr",
        "gl",
        "gr",
        "kn",
        "ph",
        "pl",
        "pr",
        "qu",
        "sc",
        "sh",
        "sk",
        "sl",
        "sm",
        "sn",
        "sp",
        "st",
        "sw",
        "th",
        "tr",
        "tw",
        "wh",
        "wr",
    ]
)
"""Two consonants that may begin an English word."""
CODAS = frozenset(
    [
        "ch",
        "ck",
        "ct",
        "ft",
        "ld",
        "lf",
        "lk",
        "ll",
        "lm",
        "lp",
        "lt",
        "mp",
        "nd",
        "ng",
        "nk",
        "nt",
        "pt",
        "rb",
        "rd",
        "rf",
        "rk",
        "rl",
        "rm",
        "rn",
        "rp",
        "rt",
        "sh",
        "sk",
        "sp",
        "ss",
        "st",
        "th",
        "ts",
        "tt",
    ]
)
"""Two consonants that may end one."""
SHORTEST_WORD = 4
SHAPE = re.compile(r"[A-Z]{2,}")
SYLLABLES = re.compile(
    r"(?P<onset>[^AEIOU]{0,2})[AEIOU]{1,2}(?:[^AEIOU]{1,2}[AEIOUY]{1,2})*(?P<coda>[^AEIOU]{0,2})"
)


def spell(letters: str) -> str:
    """Return the names of letters.

    >>> spell("MDP"), spell("ai")
    ('M D P', 'eigh I')
    """
    return " ".join(letter(sign) for sign in letters)


def is_word(letters: str) -> bool:
    """Return whether capitals can be said as an English word: four or more, in syllables.

    >>> [is_word(word) for word in ("SAFE", "RLHF", "AGI", "TREE", "MTEB")]
    [True, False, False, True, False]
    """
    found = SYLLABLES.fullmatch(letters)
    if len(letters) < SHORTEST_WORD or not found:
        return False
    onset, coda = found["onset"].lower(), found["coda"].lower()
    return (len(onset) < 2 or onset in ONSETS) and (len(coda) < 2 or coda in CODAS)


def acronym(word: str) -> str:
    """Return how capitals are said, with a plural or possessive s where there is one.

    >>> acronym("MDPs"), acronym("REINFORCE"), acronym("CNN's"), acronym("AI")
    ("M D P's", 'Reinforce', "C N N's", 'eigh I')
    """
    stem = re.split(r"(?<=[A-Z])['’]?s$", word)[0]
    known = SAID.get(stem) or (stem.capitalize() if is_word(stem) else spell(stem))
    if stem == word:
        return known
    plain = word == f"{stem}s" and not re.search(r"\b[A-Z]$", known)
    return known + ("s" if plain else "'s")
