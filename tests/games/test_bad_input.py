"""Bad input as a new user would give it: one clear InputError each, before anything large is made.

Rows are either calls or small files; each names the words that the error must hold. For files the
error must also name the file.
"""

import json
import tracemalloc

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.games import Constraint, Issue, Lottery, Negotiation, NormalForm
from comity.games.files import (
    read_casino,
    read_genius,
    read_genius_domain,
    read_nfg,
    write_genius,
    write_nfg,
)

from .files.genius_texts import ANA, DOMAIN
from .files.test_casino import dialogue

RENT = Issue("rent", ("low", "high"))
SHARE = Issue.integers("share", 0, 3)
MILLION = Issue.integers("million", 1, 10**6)


def settle(values, issues=(RENT,), **options):
    return Negotiation.additive(list(values), issues, values, **options)


CALLS = {
    "nan payoff": (lambda: NormalForm.from_payoffs([[1, np.nan]]), r"payoffs\[0, 1\]: not finite"),
    "infinite payoff": (lambda: NormalForm.from_payoffs([[1, np.inf]]), "not finite"),
    "ragged payoffs": (lambda: NormalForm.from_payoffs([[1, 2], [3]]), "ragged"),
    "payoffs in words": (lambda: NormalForm.from_payoffs([["much", "little"]]), "not numbers"),
    "payoffs of two for three": (lambda: NormalForm.from_payoffs(np.ones((2, 2, 2, 2))), "shape"),
    "no payoffs": (lambda: NormalForm.from_payoffs([]), "shape does not fit"),
    "no actions": (lambda: NormalForm.from_payoffs(np.ones((2, 2, 0))), "no action"),
    "action twice": (lambda: NormalForm.from_payoffs([[1, 2]], actions=[["a", "a"]]), "twice"),
    "player twice": (
        lambda: NormalForm.from_payoffs(np.ones((2, 1, 1)), ["Ana", "Ana"]),
        "a name stands twice .*Ana",
    ),
    "bystander is a player": (
        lambda: NormalForm.from_payoffs([[1]], ["Ana"], bystanders=["Ana"]),
        "stands twice",
    ),
    "player without a name": (lambda: NormalForm.from_payoffs([[1]], [""]), "a name is empty"),
    "too few names": (
        lambda: NormalForm.from_payoffs(np.ones((2, 1, 1)), ["Ana"]),
        "players and action lists disagree",
    ),
    "table of 10^9": (
        lambda: NormalForm(
            players=("a", "b", "c"),
            actions=(tuple(map(str, range(1000))),) * 3,
            prior=[1],
            facts=[],
            weights=[],
            tastes=[],
        ),
        "1,000,000,000 cells",
    ),
    "prior of 1.1": (
        lambda: NormalForm.from_payoffs([[1]]).with_states(
            {"dry": [[1]], "wet": [[2]]}, [0.6, 0.5]
        ),
        "prior: probabilities do not sum to 1",
    ),
    "states of other shapes": (
        lambda: NormalForm.from_payoffs([[1]]).with_states({"dry": [[1, 2]]}, [1]),
        r"tables\.dry: shape does not fit",
    ),
    "no issues": (lambda: settle({"Ana": {}}, ()), "nothing to settle"),
    "no options": (lambda: Issue("rent", ()), "an issue has no options"),
    "option twice": (lambda: Issue("rent", ("low", "low")), "a name stands twice"),
    "issue twice": (
        lambda: Negotiation.tabulated(["Ana"], [RENT, RENT], np.ones((1, 2, 2))),
        "stands twice .*rent",
    ),
    "no parties": (lambda: settle({}), "there are no players"),
    "unknown issue": (lambda: settle({"Ana": {"rent": [1, 2], "cat": [1]}}), "unknown issue .*cat"),
    "missing issue": (lambda: settle({"Ana": {}}), "issue is missing .*'rent'"),
    "values too short": (lambda: settle({"Ana": {"rent": [1]}}), r"values\.Ana\.rent: shape"),
    "nan value": (lambda: settle({"Ana": {"rent": [1, np.nan]}}), r"rent\[1\]: not finite"),
    "range of 10^9": (lambda: Issue.integers("x", 0, 10**9), "1,000,000,001 cells"),
    "table of 10^12 deals": (
        lambda: Negotiation.tabulated(["Ana"], [MILLION, RENT, MILLION], np.ones((1, 1))),
        "too large to hold",
    ),
    "no deal within the budget": (
        lambda: settle({"Ana": {"rent": [1, 2]}}, constraints=[Constraint([5, 6], 4)]),
        r"no deal keeps the constraint \(found sums of 5.0 or more; expected at most 4.0\)",
    ),
    "limits that exclude each other": (
        lambda: settle(
            {"Ana": {"rent": [1, 2]}}, constraints=[Constraint([0, 1], 0), Constraint([1, 0], 0)]
        ).payoff_points(),
        "no deal keeps all constraints",
    ),
    "listing 10^20 deals": (
        lambda: settle(
            {"Ana": {f"i{j}": np.ones(10) for j in range(20)}},
            [Issue.integers(f"i{j}", 0, 9) for j in range(20)],
        ).payoff_points(),
        "too large to hold",
    ),
    "lottery of 1.1": (lambda: Lottery(((0,), (1,)), [0.6, 0.5]), "do not sum to 1"),
    "lottery over nothing": (lambda: Lottery((), []), "one probability per outcome"),
    "deal that is not on the table": (
        lambda: settle({"Ana": {"rent": [1, 2]}}).payoffs(Lottery.pure((2,))),
        "not a deal of this game",
    ),
}


@pytest.mark.parametrize("name", CALLS)
def test_calls(name):
    call, words = CALLS[name]
    with pytest.raises(InputError, match=words):
        call()


NFG = 'NFG 1 R "t" { "Ana" "Bo" } { 2 2 } '
PEOPLE = json.dumps([dialogue([], (5, 5))])
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def read_profile(path):
    domain = path.with_name("domain-of-test.xml")
    domain.write_text(DOMAIN)
    return read_genius(domain, path)


FILES = {
    "empty.nfg": (read_nfg, "", "line 1, column 1"),
    "cut-header.nfg": (read_nfg, NFG[:20], "line 1"),
    "cut-payoffs.nfg": (read_nfg, NFG + "1 2 3 4 5", "the end of the file; expected a number"),
    "more-payoffs.nfg": (read_nfg, NFG + "1 2 3 4 5 6 7 8 9", "expected the end of the file"),
    "nan.nfg": (read_nfg, NFG + "1 2 3 nan", "found 'nan'; expected a number"),
    "infinite.nfg": (read_nfg, NFG + "1 2 3 1e999", "out of range"),
    "zeroth.nfg": (read_nfg, NFG + "1 2 3 1/0", "not a finite number"),
    "billion.nfg": (read_nfg, NFG.replace("2 2", "40000 40000") + "1", "too large to hold"),
    "tree.nfg": (read_nfg, 'EFG 2 R "t" { "Ana" }', "'EFG'"),
    "players-twice.nfg": (read_nfg, NFG.replace("Bo", "Ana") + "1 2 3 4 5 6 7 8", "stands twice"),
    "picture.nfg": (read_nfg, b"\x89PNG\r\n", "the file is not text"),
    "cut.xml": (read_genius_domain, DOMAIN[:300], "not well-formed XML"),
    "empty.xml": (read_genius_domain, "", "not well-formed XML"),
    "bomb.xml": (read_genius_domain, BOMB + DOMAIN.partition("?>\n")[2], "entities"),
    "external.xml": (read_genius_domain, EXTERNAL + DOMAIN.partition("?>\n")[2], "entities"),
    "profile-not-domain.xml": (read_genius_domain, ANA, "wrong kind of file"),
    "no-issues.xml": (
        read_genius_domain,
        "<negotiation_template><utility_space><objective/></utility_space></negotiation_template>",
        "there are no issues",
    ),
    "huge-range.xml": (
        read_genius_domain,
        DOMAIN.replace('upperbound="4"', 'upperbound="1000000000"'),
        "1,000,000,001 cells",
    ),
    "weights.xml": (read_profile, ANA.replace('value="0.5"', 'value="5"'), "do not sum to 1"),
    "unknown-item.xml": (read_profile, ANA.replace("front", "attic"), "unknown item .*'attic'"),
    "unknown-issue.xml": (read_profile, ANA.replace('"rent"', '"garden"'), "unknown issue"),
    "nan-value.xml": (read_profile, ANA.replace('"4"/>', '"nan"/>'), "not finite"),
    "cut-profile.xml": (read_profile, ANA[:500], "not well-formed XML"),
    "cut.json": (read_casino, PEOPLE[:60], "not JSON"),
    "other.json": (read_casino, '[{"a": 1}]', r"dialogue\[0\]: not a CaSiNo dialogue"),
    "rank.json": (read_casino, PEOPLE.replace('"Food"', '"Cake"'), "not a ranking of the issues"),
    "number.json": (read_casino, "3", "not a CaSiNo dialogue"),
}


@pytest.mark.parametrize("name", FILES)
def test_files(tmp_path, name):
    read, content, words = FILES[name]
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError, match=words) as caught:
        read(path)
    assert caught.value.file == str(path)
    assert str(caught.value).count("\n") == 0


@pytest.mark.parametrize("read", [read_nfg, read_genius_domain, read_casino])
def test_absent_files(tmp_path, read):
    with pytest.raises(InputError, match=r"absent: cannot read the file \(found No such file"):
        read(tmp_path / "absent")


@pytest.mark.parametrize("name", ["billion.nfg", "huge-range.xml"])
def test_what_is_too_large_is_refused_before_it_is_made(tmp_path, name):
    read, content, _ = FILES[name]
    path = tmp_path / name
    path.write_text(content)
    tracemalloc.start()
    with pytest.raises(InputError):
        read(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_nothing_is_written_where_the_game_does_not_fit(tmp_path):
    with pytest.raises(InputError):
        write_nfg(NormalForm.from_payoffs([[1]], bystanders=["fish"]), tmp_path / "a.nfg")
    with pytest.raises(InputError):
        write_genius(settle({"Ana": {"rent": [-1, 2]}}), tmp_path)
    assert list(tmp_path.iterdir()) == []
