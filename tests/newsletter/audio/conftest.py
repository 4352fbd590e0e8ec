"""Programs that recordings need."""

from collections.abc import Callable

import pytest

from comity.newsletter.audio.script import Script
from comity.newsletter.editions.assemble import assemble
from comity.newsletter.model.withholding import withhold


@pytest.fixture
def programs() -> None:
    """espeak-ng and ffmpeg; skipped where one lacks, failed where COMITY_AUDIO requires them."""
    from newsletter_audio import need_programs

    need_programs()


@pytest.fixture
def script() -> Callable[..., Script]:
    """A function that returns the script of an issue of the small publication."""
    from newsletter_audio import PUBLICATION, archive

    def make(number: int = 2, audience: str = "public", publication=PUBLICATION, **told) -> Script:
        view = withhold(publication, archive(), audience)
        return Script(view, assemble(view, number), **told)

    return make
