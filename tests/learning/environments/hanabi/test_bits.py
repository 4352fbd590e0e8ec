import jax.numpy as jnp
import numpy as np
import pytest

from comity.learning.environments.hanabi.bits import Bits, chosen, expanded, replaced, without


def test_fields_of_all_widths_come_out_one_byte_a_bit():
    random = np.random.default_rng(2)
    bits, expected = Bits(), []
    for width in random.integers(0, 33, size=40):
        value = random.integers(0, 2 ** int(width), size=3, dtype=np.uint64).astype(np.uint32)
        bits.put(jnp.asarray(value), int(width))
        expected.append([[int(v) >> place & 1 for place in range(width)] for v in value])
    whole = np.concatenate([np.array(part).reshape(3, -1) for part in expected], axis=1)
    assert np.array_equal(np.asarray(expanded(bits.words((3,)), whole.shape[1])), whole)


@pytest.mark.parametrize("width", [1, 8, 31, 32, 49])
def test_a_thermometer_has_as_many_ones(width):
    count = jnp.arange(width + 1, dtype=jnp.uint32)
    bits = Bits()
    bits.thermometer(count, width)
    expected = np.arange(width) < np.arange(width + 1)[:, None]
    assert np.array_equal(np.asarray(expanded(bits.words(count.shape), width)), expected)


def test_words_are_chosen_and_replaced_by_game():
    words = tuple(jnp.asarray([10 * place, 10 * place + 1], dtype=jnp.uint32) for place in range(3))
    which = jnp.asarray([2, 0], dtype=jnp.uint32)
    assert chosen(which, words).tolist() == [20, 1]
    new = replaced(words, which, jnp.uint32(7), jnp.asarray([True, False]))
    assert [word.tolist() for word in new] == [[0, 1], [10, 11], [7, 21]]


def test_a_field_is_taken_out():
    word = sum(value << (5 * place) for place, value in enumerate([1, 2, 3, 4, 5, 6]))
    for place in range(6):
        left = [value for at, value in enumerate([1, 2, 3, 4, 5, 6]) if at != place]
        expected = sum(value << (5 * at) for at, value in enumerate(left))
        assert int(without(jnp.uint32(word), jnp.uint32(place), 5)) == expected
