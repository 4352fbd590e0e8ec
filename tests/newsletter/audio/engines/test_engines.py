"""Which engines there are."""

import pytest

from comity.core.errors import InputError
from comity.newsletter.audio.engines import ENGINES, make_engine
from comity.newsletter.model.publication import Voice


def test_an_unknown_engine_is_named():
    with pytest.raises(InputError, match=r"voice\.engine: no such engine \(found robot"):
        make_engine(Voice(engine="robot"))


@pytest.mark.parametrize("name", sorted(ENGINES))
def test_a_missing_program_is_named_with_what_to_install(name, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match=f"not installed.*no {name}.*install"):
        make_engine(Voice(engine=name))


def test_a_path_that_leads_nowhere_is_named(tmp_path):
    with pytest.raises(InputError, match="nowhere"):
        make_engine(Voice(program=str(tmp_path / "nowhere")))
