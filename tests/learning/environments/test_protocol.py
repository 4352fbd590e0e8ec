import numpy as np

from comity.learning.environments.lever import Lever
from comity.learning.environments.protocol import Environment, Symmetry


def test_a_symmetry_counts_its_labels():
    slots = np.arange(6).reshape(3, 2)
    assert Symmetry("colours", observations=slots, actions=slots[:, :1]).labels == 3


def test_the_protocol_can_be_asked_for_at_run_time():
    assert isinstance(Lever(), Environment)
    assert not isinstance(object(), Environment)
