import dataclasses
import json
import re
from itertools import pairwise

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.core.page.words import clean, number
from comity.inference.report import render_page, write_page
from comity.inference.report.words import needed, percent, shown, shown_share
from inference.making import HOSTILE, bare, new_setting, rivalries, understanding
from pages import Outline

SECTIONS = (
    "stands", "predicts", "people", "apart", "calibrated", "elsewhere", "ask", "evidence", "limits",
)  # fmt: skip


@pytest.fixture(scope="module")
def page(rich):
    return render_page(rich, seed=1)


def text_of(page):
    return " ".join("".join(Outline(page).text).split())


def sections(page):
    return re.findall(r'<section aria-labelledby="(\w+)"', page)


def test_same_understanding_same_page(rich, page):
    assert render_page(rich, seed=1) == page
    assert render_page(understanding(), seed=1) == page


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
    assert not [a for a in Outline(page).attributes if a[1] == "style" or a[1].startswith("on")]


def test_hostile_names_are_text(hostile):
    page = render_page(hostile)
    outline = Outline(page)
    assert outline.tags.count("script") == 2
    assert "img" not in outline.tags
    assert "{{7*7}}" in "".join(outline.text)
    data = json.loads(re.search(r'id="data">(.*?)</script>', page, re.DOTALL)[1])
    assert all(name.endswith(clean(HOSTILE)) for name in data["members"])
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_the_story_is_told_in_order(page):
    assert tuple(sections(page)) == SECTIONS


def test_sections_without_data_are_absent_and_said_to_be():
    page = render_page(bare())
    assert sections(page) == ["stands", "evidence", "limits"]
    text = text_of(page)
    for words in ("Only one explanation was weighed", "No other setting was given",
                  "Nobody was assigned", "No predictions of held-out people"):  # fmt: skip
        assert words in text


@pytest.mark.parametrize(
    ("without", "section"),
    [
        ({"comparisons": ()}, "predicts"),
        ({"people": None}, "people"),
        ({"calibration": None}, "calibrated"),
        ({"setting": None}, "elsewhere"),
        ({"questions": ()}, "ask"),
    ],
)
def test_each_section_can_be_missing_alone(without, section):
    assert set(sections(render_page(understanding(**without)))) == set(SECTIONS) - {section}


def test_figures_are_those_of_the_result(rich, page):
    text = text_of(page)
    for standing in rich.standings:
        assert shown(standing.held_out).interval in text
        for figure in standing.estimates.values():
            assert str(shown(figure)) in text
    for comparison in rich.comparisons[1:]:
        assert str(shown(comparison.behind)) in text
    for share in rich.people.shares.values():
        assert shown_share(share).interval in text
    assert f"{rich.people.cannot_tell} (67%)" in text
    for rivalry in rich.rivalries:
        assert needed(rivalry.decisions_expected) in text
        assert needed(rivalry.decisions_errors) in text
    for row in rich.setting.payoffs:
        assert all(number(float(v)) in text for v in row)
    for _, weight, below, above in rich.setting.breaks:
        assert f"Below {percent(weight)} {below}, above it {above}." in text
    for sentence in (*rich.findings, *rich.assumptions, rich.setting.sentence):
        assert sentence in text


def test_both_kinds_of_sample_size_are_labelled(page):
    text = text_of(page)
    for words in ("decisions, on average", "decisions, for 5% errors", "Answers needed, on average",
                  "Answers needed, for 5% errors",
                  "expected log-likelihood ratio of log 20"):  # fmt: skip
        assert words in text


def test_every_fault_is_named(rich, page):
    text = text_of(page)
    assert all(fault.row in text and fault.message in text for fault in rich.evidence.faults)


def test_the_switch_can_be_read_without_scripts(rich, page):
    assert "The slider needs scripts" in page
    assert len(re.findall(r'<figure data-board="\d"(?! hidden)', page)) == len(rich.setting.members)
    assert page.count('class="curve prior wide"') == len(rich.setting.members)


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


def test_every_picture_has_words(page):
    pictures = re.findall(r"<svg [^>]*>", page)
    assert all('aria-label="' in svg or 'aria-hidden="true"' in svg for svg in pictures)


def test_without_shares_nothing_is_best_by_them():
    setting = dataclasses.replace(new_setting(), weights=None, bayes=None, bayes_action="")
    text = text_of(render_page(understanding(setting=setting)))
    assert "by the shares" not in text
    assert "If the shares are right" not in text
    assert "the others share the rest evenly" in text
    assert "Nothing weighs the explanations that stand" in text


def test_nobody_stands_and_nothing_is_predicted():
    setting = dataclasses.replace(
        new_setting(), members=(), payoffs=np.zeros((6, 0)), weights=np.zeros(0), breaks=()
    )
    page = render_page(understanding(setting=setting))
    assert "elsewhere" not in sections(page)
    assert "No explanation stands, so nothing can be said" in text_of(page)


def test_one_explanation_of_all_needs_no_picture_of_who_follows_what(rich, page):
    assert 'class="curve columns"' in page
    alone = dataclasses.replace(
        rich.people, explanations=rich.people.explanations[:1], posteriors=np.ones((120, 1))
    )
    made = render_page(understanding(people=alone))
    assert 'class="curve columns"' not in made
    assert "Who follows what" in made


def test_the_hardest_pairs_stand_first_and_the_rest_is_folded_away(page):
    assert f"{len(rivalries()) - 8} more pairs" in page


def test_a_page_is_written_whole_or_not_at_all(rich, tmp_path, monkeypatch):
    target = tmp_path / "page.html"
    assert write_page(rich, target) == target
    before = target.read_text("utf-8")
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        write_page(rich, target, seed=9)
    assert target.read_text("utf-8") == before
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_not_there(rich, tmp_path):
    with pytest.raises(InputError, match="cannot write"):
        write_page(rich, tmp_path / "none" / "page.html")
