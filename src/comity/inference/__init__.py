"""Why others act as they do, and what their behaviour can never tell you.

Names are imported when they are first used: most of them load JAX.
"""

from comity.core.lazy import attach
from comity.inference import (
    design,
    estimation,
    evidence,
    explanations,
    identification,
    shift,
    understanding,
)

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "design": design.__all__,
        "estimation": estimation.__all__,
        "evidence": evidence.__all__,
        "explanations": explanations.__all__,
        "identification": identification.__all__,
        "results": ("Understanding",),
        "shift": shift.__all__,
        "understanding": understanding.__all__,
    },
)
