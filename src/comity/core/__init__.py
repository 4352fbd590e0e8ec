"""What every room stands on: errors, certified figures, results, randomness, limits."""

from comity.core.canonical import canonical_json, digest
from comity.core.certified import Certified
from comity.core.choices import check_choice, pick
from comity.core.errors import ComityError, InputError, Intractable, SizeError, SolverError, located
from comity.core.files import read_bytes, read_text, write_atomic
from comity.core.limits import MAX_CELLS, check_cells
from comity.core.memo import Memo
from comity.core.randomness import as_generator, spawn_seeds
from comity.core.results import Result

__all__ = [
    "MAX_CELLS",
    "Certified",
    "ComityError",
    "InputError",
    "Intractable",
    "Memo",
    "Result",
    "SizeError",
    "SolverError",
    "as_generator",
    "canonical_json",
    "check_cells",
    "check_choice",
    "digest",
    "located",
    "pick",
    "read_bytes",
    "read_text",
    "spawn_seeds",
    "write_atomic",
]
