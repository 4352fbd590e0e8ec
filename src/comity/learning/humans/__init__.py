"""Human models: policies fitted to what people did."""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "boltzmann": ["BoltzmannCook", "fit_boltzmann"],
        "cloning": ["Clone", "CloneReport", "clone"],
        "samples": ["Samples", "samples"],
        "trajectories": ["Replayed", "Trajectory", "read_trajectories", "replay_trajectory"],
    },
)
