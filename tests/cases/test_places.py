from cases.bad_files import GAME
from comity.cases.places import line_numbers, line_of

TEXT = '''\
title = "a = b # [x]"   # [not.a.section]
summary = """
[also] = "not"
"""
list = [
  1, 2,  # = 3
]
[frame]
[models."A b".facts.'c.d']
"x | y" = { s = 1,  t = "[" }
a.b = 3
[[evidence]]
sd = 1
[[evidence]]
sd = 2
[evidence.inner]
z = 1
'''


def test_every_key_has_its_line():
    lines = TEXT.splitlines()
    found = line_numbers(TEXT)
    assert found == {
        "title": 1,
        "summary": 2,
        "list": 5,
        "frame": 8,
        'models."A b".facts."c.d"': 9,
        'models."A b".facts."c.d"."x | y"': 10,
        'models."A b".facts."c.d".a.b': 11,
        "evidence.0": 12,
        "evidence.0.sd": 13,
        "evidence.1": 14,
        "evidence.1.sd": 15,
        "evidence.1.inner": 16,
        "evidence.1.inner.z": 17,
    }
    assert len(lines) == 17


def test_the_nearest_key_that_holds_a_place():
    found = line_numbers(GAME)
    assert line_of("models.Ana.prior.wet", found) == 13
    assert line_of('models.Ana.tastes.Ana.payoffs."drive | *"', found) == 21
    assert line_of("frame.actions.Ana[1]", found) == 9
    assert line_of("nowhere", found) is None
