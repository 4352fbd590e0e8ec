"""How sure one can be of a share."""

from __future__ import annotations

from statistics import NormalDist
from typing import Any

import numpy as np


def wilson(share: Any, count: Any, level: float = 0.95, z: float | None = None) -> tuple[Any, Any]:
    """Return Wilson's interval of shares among independent cases (Wilson 1927), each as an array.

    Parameters
    ----------
    share, count : shares and out of how many cases, which may be a fraction; numbers or arrays.
    level : of the interval.
    z : quantile to use in place of the normal one, where the variance is itself an estimate.

    Examples
    --------
    >>> low, high = wilson(0.8, 10)
    >>> print(round(float(low), 4), round(float(high), 4))
    0.4902 0.9433
    """
    share, count = np.asarray(share, float), np.asarray(count, float)
    z = NormalDist().inv_cdf(0.5 + level / 2) if z is None else z
    middle = share + z**2 / (2 * count)
    reach = z * np.sqrt(share * (1 - share) / count + z**2 / (4 * count**2))
    unit = 1 + z**2 / count
    low, high = (middle - reach) / unit, (middle + reach) / unit
    return np.clip(low, 0.0, share), np.clip(high, share, 1.0)
