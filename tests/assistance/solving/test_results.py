from comity.assistance.games import catalogue_game
from comity.assistance.solving import solve_assistance


def test_a_result_is_plain_data_without_the_graph():
    found = solve_assistance(catalogue_game("cake-or-pie"))
    data = found.to_dict()
    assert "assistant" not in data
    assert data["value"]["kind"] == "exact"
    assert data["steps"] == 4
    assert found.gap <= 1e-6
