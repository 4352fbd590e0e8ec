import pytest
from joblib import delayed, parallel_config, register_parallel_backend
from joblib._parallel_backends import ThreadingBackend

from comity.core.parallel import results


class AllAtOnce(ThreadingBackend):
    """As Ray's: it cannot give results one by one."""

    supports_return_generator = False


@pytest.fixture(params=["threading", "all at once"])
def backend(request):
    register_parallel_backend("all at once", AllAtOnce)
    with parallel_config(backend=request.param):
        yield request.param


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_order_on_any_backend(backend, jobs):
    assert list(results((delayed(pow)(2, k) for k in range(5)), jobs)) == [1, 2, 4, 8, 16]


def test_they_come_one_by_one_where_that_can_be():
    asked = []
    with parallel_config(backend="threading"):
        found = results((delayed(asked.append)(k) for k in range(3)), 1)
        assert next(found) is None
    assert asked[0] == 0
    found.close()
