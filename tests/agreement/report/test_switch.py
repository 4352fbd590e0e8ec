import json

from comity.agreement.report.pictures import pictures
from comity.agreement.report.switch import KIND_WORDS, LEVEL_WORDS, switch


def test_every_choice_leads_to_one_run(river):
    data = switch(river, pictures(river)).data
    kinds = {(s.liar, s.kind) for s in river.scenarios if s.liar is not None}
    for liar, kind in kinds:
        for level in data["levels"][f"{liar}:{kind}"] or [None]:
            for tolerance in data["tolerances"]:
                found = [
                    s
                    for s in data["scenarios"]
                    if (s["liar"], s["kind"], s["level"], s["tolerance"])
                    == (liar, kind, level, tolerance)
                ]
                assert len(found) == 1


def test_the_data_are_plain_json(river, three):
    for findings in (river, three):
        data = switch(findings, pictures(findings)).data
        assert json.loads(json.dumps(data, allow_nan=False)) == data


def test_all_levels_have_words(river, household):
    for findings in (river, household):
        for s in findings.scenarios:
            if s.level is not None:
                assert s.level in LEVEL_WORDS[s.kind]
            assert s.liar is None or s.kind in KIND_WORDS


def test_bars_point_the_way_of_the_gain(river):
    data = switch(river, pictures(river)).data
    for shown, scenario in zip(data["scenarios"], river.scenarios, strict=True):
        for bar, gain in zip(shown["bars"], scenario.gains, strict=True):
            assert 0 <= bar["x"] <= 200
            assert bar["x"] + bar["width"] <= 200
            assert (bar["x"] < 100) == (gain < 0 and bar["width"] > 0)


def test_the_page_starts_with_the_rules_of_the_case(river):
    context = switch(river, pictures(river)).context
    keys = context["tolerances"]
    assert keys[context["tolerance_start"]] == "x1"
    assert context["now"]["kind"] == "honest"
    assert len(context["scenario_rows"]) == sum(s.setting == "x1" for s in river.scenarios)
