"""The room shows the names of its folders, each once."""

from importlib import import_module

import pytest

import comity.inference

FOLDERS = (
    "design",
    "estimation",
    "evidence",
    "explanations",
    "identification",
    "shift",
    "understanding",
)
FACES = {name: import_module(f"comity.inference.{name}") for name in FOLDERS}
SHOWN = [(folder, name) for folder, face in FACES.items() for name in face.__all__]


def test_no_two_folders_show_one_name():
    names = [name for _, name in SHOWN]
    assert {name for name in names if names.count(name) > 1} == set()


def test_the_room_shows_all_of_them():
    assert set(comity.inference.__all__) == {name for _, name in SHOWN} | {"Understanding"}
    assert dir(comity.inference) == comity.inference.__all__ == sorted(comity.inference.__all__)


@pytest.mark.parametrize(("folder", "name"), SHOWN, ids=[".".join(pair) for pair in SHOWN])
def test_a_name_means_the_same_everywhere(folder, name):
    found = getattr(comity.inference, name)
    assert found is getattr(FACES[folder], name)
    assert type(found).__name__ != "module"


def test_an_unknown_name_is_named():
    with pytest.raises(AttributeError, match=r"'comity\.inference' has no attribute 'understnad'"):
        _ = comity.inference.understnad
