"""A publication at its desk, an editor, and a reader who has not entered."""

import pytest

from newsletter_desk import Editor, make_app, write_folder


@pytest.fixture
def folder(tmp_path):
    """The folder of a publication with a draft and a queue."""
    return write_folder(tmp_path / "publication")


@pytest.fixture
def app(folder):
    """Its application."""
    app = make_app(folder)
    yield app
    app.state.shelf.store.close()


@pytest.fixture
def ada(app) -> Editor:
    """An editor at the desk."""
    return Editor(app, "Ada")


@pytest.fixture
def bo(app) -> Editor:
    """Another editor at the desk."""
    return Editor(app, "Bo")


@pytest.fixture
def reader(app) -> Editor:
    """Somebody who never entered the desk."""
    return Editor(app, None)
