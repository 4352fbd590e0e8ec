"""Texts as vectors, by how telling each of their words is.

The weight of a term is (1 + ln of its count) times ln((1 + n) / (1 + d)) + 1, where d of n texts
hold it; vectors have length 1, so their product is the cosine of the angle between them (Salton and
Buckley 1988, Table 1, the weights t and c, with a smoothed inverse frequency).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse


class Vectors:
    """Texts, each as one row of unit length.

    Parameters
    ----------
    counts : how often each term stands in each text. Takes time in proportion to their sum.
    """

    def __init__(self, counts: Sequence[Mapping[str, int]]) -> None:
        self.terms: dict[str, int] = {}
        for count in counts:
            for term in count:
                self.terms.setdefault(term, len(self.terms))
        raw = self._counted(counts)
        held = np.bincount(raw.indices, minlength=len(self.terms))
        self.rarity: NDArray[np.float64] = np.log((1 + len(counts)) / (1 + held)) + 1
        self.rows: Any = self._weighted(raw)

    def __len__(self) -> int:
        return int(self.rows.shape[0])

    def cosines(self, count: Mapping[str, int]) -> NDArray[np.float64]:
        """Return the cosine between a text and each row; terms that no row holds are passed over.

        Terms that no row holds still count towards the length of the text.
        """
        known = {self.terms[term]: n for term, n in count.items() if term in self.terms}
        places = np.fromiter(known, int, len(known))
        weights = (1 + np.log(np.fromiter(known.values(), float, len(known)))) * self.rarity[places]
        strange = [1 + np.log(n) for term, n in count.items() if term not in self.terms]
        rarest = np.log(1 + len(self)) + 1
        length = float(np.hypot(np.linalg.norm(weights), rarest * np.linalg.norm(strange)))
        asked = np.zeros(len(self.terms))
        asked[places] = weights / length if length else 0.0
        return np.asarray(self.rows @ asked)

    def _counted(self, counts: Sequence[Mapping[str, int]]) -> Any:
        ends = np.cumsum([0, *map(len, counts)])
        columns = [self.terms[term] for count in counts for term in count]
        values = [n for count in counts for n in count.values()]
        shape = (len(counts), len(self.terms))
        return sparse.csr_matrix((np.asarray(values, float), columns, ends), shape)

    def _weighted(self, raw: Any) -> Any:
        weighted = raw.copy()
        weighted.data = (1 + np.log(raw.data)) * self.rarity[raw.indices]
        lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
        scale = np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)
        return sparse.diags(scale) @ weighted
