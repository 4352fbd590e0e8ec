"""Newton's method, against closed forms, known landscapes and SciPy."""

import jax
import jax.numpy as jnp
import numpy as np
from scipy import optimize

from comity.inference.estimation.newton import Optimum, maximise, second_order
from comity.inference.numerics import x64


def search(objective, start, **options) -> Optimum:
    with x64():
        run = jax.jit(lambda at: maximise(objective, at, **options))
        return jax.tree.map(np.asarray, run(jnp.asarray(start, float)))


def rosenbrock(point):
    return -(100 * (point[1] - point[0] ** 2) ** 2 + (1 - point[0]) ** 2)


def saddle(point):
    """Maxima at (+-1, 0), a saddle at (0, 0)."""
    return point[0] ** 2 / 2 - point[0] ** 4 / 4 - point[1] ** 2


with x64():
    DOWN_THE_VALLEY = jax.jit(lambda start, moving: maximise(rosenbrock, start, moving=moving))
    OFF_THE_SADDLE = jax.jit(jax.vmap(lambda start: maximise(saddle, start)))


def test_quadratic_is_solved_in_a_few_steps():
    curvature = np.array([[3.0, 1.0], [1.0, 2.0]])
    centre = np.array([0.5, -1.5])
    found = search(lambda x: -0.5 * (x - centre) @ curvature @ (x - centre), [2.0, 2.0])
    np.testing.assert_allclose(found.point, centre, atol=1e-6)
    np.testing.assert_allclose(found.hessian, -curvature, atol=1e-12)
    assert found.converged
    assert found.iterations < 8


def test_curved_valley_leads_to_the_maximum():
    with x64():
        found = DOWN_THE_VALLEY(np.array([-1.2, 1.0]), np.array([True, True]))
    np.testing.assert_allclose(found.point, [1.0, 1.0], atol=1e-5)
    assert found.converged


def test_wrong_curvature_leads_away_from_the_saddle():
    with x64():
        found = OFF_THE_SADDLE(np.array([[0.01, 0.7]] * 3))
    np.testing.assert_allclose(found.point, [[1.0, 0.0]] * 3, atol=1e-6)
    assert np.linalg.eigvalsh(found.hessian).max() < 0


def test_many_starts_at_once_end_where_each_alone_does():
    starts = np.array([[0.3, 0.1], [-0.4, 2.0], [1.7, -0.2]])
    with x64():
        together = OFF_THE_SADDLE(starts)
        alone = [OFF_THE_SADDLE(np.array([start] * 3)) for start in starts]
    np.testing.assert_allclose(together.point[:, 0], [1, -1, 1], atol=1e-6)
    for k, one in enumerate(alone):
        np.testing.assert_array_equal(together.iterations[k], one.iterations[0])
        np.testing.assert_allclose(together.point[k], one.point[0], atol=1e-12)


def test_held_coordinates_stay_and_the_others_are_best_given_them():
    with x64():
        end = DOWN_THE_VALLEY(np.array([0.5, 3.0]), np.array([False, True]))
        found = jax.tree.map(np.asarray, end)
    np.testing.assert_allclose(found.point, [0.5, 0.25], atol=1e-8)
    assert found.gradient[0] == 0


def test_steps_never_enter_where_there_is_no_value():
    found = search(lambda x: jnp.log(x[0]) - x[0] + 0 * x[1] - x[1] ** 2, [0.05, 1.0])
    np.testing.assert_allclose(found.point, [1.0, 0.0], atol=1e-5)


def test_what_grows_for_ever_does_not_converge():
    found = search(lambda x: jnp.sum(x), [0.0], most=30)
    assert not found.converged
    assert found.iterations == 30
    assert found.point[0] > 50


def test_start_without_a_value_ends_at_once_unconverged():
    found = search(lambda x: jnp.log(x[0]), [-1.0])
    assert not found.converged
    assert found.point[0] == -1.0


def test_same_maxima_as_scipy_on_logits(rng):
    designs, noise = rng.normal(size=(3, 60, 3)), rng.logistic(size=(3, 60))
    chosen = (designs @ [1.0, -0.5, 0.3] + noise > 0).astype(float)

    def fit(design, choice):
        def objective(x):
            index = design @ x
            return jnp.sum(choice * index - jnp.logaddexp(0.0, index))

        return maximise(objective, jnp.full(3, 3.0))

    def negative(x, design, choice):
        index = design @ x
        return np.sum(np.logaddexp(0, index) - choice * index)

    with x64():
        found = jax.jit(jax.vmap(fit))(designs, chosen)
    for k, data in enumerate(zip(designs, chosen, strict=True)):
        expected = optimize.minimize(negative, np.zeros(3), data, options={"gtol": 1e-7})
        np.testing.assert_allclose(found.point[k], expected.x, atol=1e-6)
        np.testing.assert_allclose(found.value[k], -expected.fun, atol=1e-9)


def test_derivatives_come_in_one_pass():
    with x64():
        value, gradient, hessian = second_order(rosenbrock, jnp.array([0.3, -0.4]))
    x, y = 0.3, -0.4
    slope = [400 * x * (y - x**2) + 2 * (1 - x), -200 * (y - x**2)]
    curvature = [[400 * y - 1200 * x**2 - 2, 400 * x], [400 * x, -200]]
    np.testing.assert_allclose(value, -(100 * (y - x**2) ** 2 + (1 - x) ** 2))
    np.testing.assert_allclose(gradient, slope)
    np.testing.assert_allclose(hessian, curvature)
