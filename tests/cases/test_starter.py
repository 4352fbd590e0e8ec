from comity.cases import loads
from comity.cases.starter import STARTER


def test_the_starter_is_a_case_with_something_to_gain():
    case = loads(STARTER)
    assert case.names == ("Ana", "Bo")
    assert case.bystanders == ("Mrs Okafor",)
    for model in case.models.values():
        # Drums till eight and Bo at home beats what either can do alone.
        assert (model.table[:, 1, 0] > model.table[:, 0, 1]).all()


def test_every_part_is_explained():
    assert STARTER.count("#") > 20
    assert max(map(len, STARTER.splitlines())) <= 100
