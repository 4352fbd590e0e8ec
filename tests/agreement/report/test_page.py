import dataclasses
import json
import re
from itertools import pairwise

import numpy as np
import pytest

from comity.agreement import agree
from comity.agreement.compare import compare
from comity.agreement.report import gather, render_page, write_page
from comity.cases import Case, Constitution, Party
from comity.core.errors import InputError
from comity.games import NormalForm
from pages import Outline

HOSTILE = "<script>window.hacked=1</script>\"'&<img src=x onerror=hacked=1>"


@pytest.fixture(scope="module")
def page(river):
    return render_page(river, seed=1)


def hostile_case():
    names = (f"A{HOSTILE}", "B</script><!--")
    actions = ((HOSTILE, "y"), ("]]>{{7*7}}", "z%}"))
    models = [
        NormalForm.from_payoffs(
            np.array([[[0, 3], [1, 2]], [[0, 1], [3 + k, 2]]]),
            names,
            actions,
            block="facts",
            bystanders=(f"by{HOSTILE}",),
            effects=np.ones((1, 2, 2)),
        )
        for k in (0, 1)
    ]
    parties = tuple(
        Party(name, model, about=HOSTILE) for name, model in zip(names, models, strict=True)
    )
    return Case(HOSTILE, parties, Constitution(), summary=HOSTILE, sources=(HOSTILE,))


def test_same_findings_same_page(river, page):
    assert render_page(river, seed=1) == page


def test_lies_that_nobody_looked_for_have_no_figures(three):
    page = render_page(three)
    assert "Lies were not looked for. None could gain Ann more than" in page
    assert "best lie found" not in page
    assert "The lie that pays best" not in page
    assert "Gain from lying that was found" not in page


def test_same_seed_same_page(household):
    pages = []
    for _ in range(2):
        case = household.agreement.case
        findings = gather(agree(case, rng=3, misreports="none"), compare(case))
        pages.append(render_page(findings, seed=3))
    assert pages[0] == pages[1]


def test_the_page_asks_nothing_of_a_network(page):
    outline = Outline(page)
    links = [v for _, name, v in outline.attributes if name in {"src", "href", "action", "srcset"}]
    assert all(link.startswith(("#", "data:")) for link in links)
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", page)


def test_scripts_and_styles_are_allowed_by_hash_alone(page):
    policy = next(
        v for _, n, v in Outline(page).attributes if n == "content" and "default-src" in v
    )
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert policy.count("sha256-") == 2
    assert not [a for a in Outline(page).attributes if a[1] == "style" or a[1].startswith("on")]


def test_hostile_names_are_text():
    case = hostile_case()
    page = render_page(gather(agree(case, rng=1, misreports="none"), compare(case)))
    outline = Outline(page)
    assert outline.tags.count("script") == 2
    assert "img" not in outline.tags
    assert "{{7*7}}" in "".join(outline.text)
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    assert HOSTILE in json.dumps(json.loads(data[1]), ensure_ascii=False).replace('\\"', '"')


def test_everything_that_was_promised_is_on_the_page(page):
    for words in (
        "They would clash",
        "Two views, side by side",
        "What if somebody lies?",
        "What each gains by its own view",
        "Temptation",
        "Fishers of the delta",
        "How threats move the deal",
        "How much distance to tolerate",
        "lower bound",
        "What this page cannot tell you",
        "misuse",
        "comity verify",
    ):
        assert words in page


def test_headings_go_down_step_by_step(page):
    levels = [int(tag[1]) for tag in Outline(page).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_ids_are_unique_and_references_resolve(page):
    attributes = Outline(page).attributes
    ids = [value for _, name, value in attributes if name == "id"]
    assert len(ids) == len(set(ids))
    wanted = {
        part
        for _, name, value in attributes
        if name in {"aria-labelledby", "for"}
        for part in value.split()
    }
    assert wanted <= set(ids)


def test_three_parties_have_a_page(three):
    page = render_page(three)
    assert page.count('class="picture strip') == 3


def test_a_refused_deal_has_a_page(river):
    agreement = dataclasses.replace(
        river.agreement, status="refused", play=None, certificate=None, transcript=[]
    )
    page = render_page(dataclasses.replace(river, agreement=agreement, comparison=None))
    assert "There is no deal to break." in page


def test_a_page_is_written_whole_or_not_at_all(river, tmp_path, monkeypatch):
    target = tmp_path / "page.html"
    assert write_page(river, target) == target
    before = target.read_text("utf-8")
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        write_page(river, target, seed=9)
    assert target.read_text("utf-8") == before
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_not_there(river, tmp_path):
    with pytest.raises(InputError, match="cannot write"):
        write_page(river, tmp_path / "none" / "page.html")


def test_a_long_word_breaks_rather_than_widens_the_page(river):
    page = render_page(river)
    assert re.search(r"h1, h2, h3, p,[^{]*\{ overflow-wrap: anywhere; \}", page)
