"""The page of results of learning: its sections, and what is kept between runs."""

import re

import learning_training
import pytest

SECTIONS = ("dilemma", "levers", "curves", "kitchen", "strangers", "speed")


@pytest.fixture
def store(tmp_path):
    for name in SECTIONS:
        (tmp_path / f"{name}.md").write_text(f"<{name}>", encoding="utf-8")
    return tmp_path


def test_sections_that_are_kept_are_not_measured_again(store):
    page = learning_training.page(None, store)
    assert [name for name in SECTIONS if f"<{name}>" in page] == list(SECTIONS)
    assert not re.search(r"[{}]", page)
    assert "## On a GPU" in page


def test_the_dilemma_is_told_with_intervals():
    naive, lola = learning_training.dilemma().splitlines()[2:]
    values = [float(re.search(r"\| (-\d\.\d+) \(", row)[1]) for row in (naive, lola)]
    assert values == pytest.approx([-1.993, -1.048], abs=0.002)
