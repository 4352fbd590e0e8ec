"""Lazy faces, on packages written for the purpose."""

import importlib
import sys

import pytest


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A package `a_room` that shows `fit` of its module `fit`, and `kind` of `slow.deep`."""
    folder = tmp_path / "a_room"
    (folder / "slow").mkdir(parents=True)
    (folder / "__init__.py").write_text(
        "from comity.core.lazy import attach\n"
        "names = {'fit': ['fit'], 'slow.deep': ['kind']}\n"
        "__getattr__, __dir__, __all__ = attach(__name__, names)\n"
    )
    (folder / "fit.py").write_text("other = 1\ndef fit():\n    return 'fitted'\n")
    (folder / "slow" / "__init__.py").write_text("")
    (folder / "slow" / "deep.py").write_text("kind = 'deep'\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield importlib.import_module("a_room")
    for name in [name for name in sys.modules if name.split(".")[0] == "a_room"]:
        del sys.modules[name]


def test_names_are_listed_without_loading_anything(room):
    assert room.__all__ == dir(room) == ["fit", "kind"]
    assert "a_room.fit" not in sys.modules
    assert "a_room.slow" not in sys.modules


def test_a_name_is_imported_when_it_is_used_and_kept(room):
    assert room.kind == "deep"
    assert vars(room)["kind"] == "deep"
    assert "a_room.fit" not in sys.modules


def test_a_module_does_not_hide_the_function_of_its_name(room):
    module = importlib.import_module("a_room.fit")
    assert module.other == 1
    assert room.fit() == "fitted"
    from a_room import fit

    assert fit() == "fitted"
    importlib.reload(module)
    assert room.fit() == "fitted"


def test_other_modules_hang_on_the_package_as_usual(room):
    import a_room.slow.deep

    assert room.slow is a_room.slow
    assert room.slow.deep.kind == "deep"


def test_an_unknown_name_is_an_attribute_error(room):
    with pytest.raises(AttributeError, match=r"module 'a_room' has no attribute 'fti'"):
        _ = room.fti
    assert not hasattr(room, "fti")


def test_a_name_that_its_module_lacks_is_an_attribute_error(room):
    (module := importlib.import_module("a_room.fit")).__dict__.pop("fit")
    assert module is not None
    with pytest.raises(AttributeError, match="fit"):
        _ = room.fit
