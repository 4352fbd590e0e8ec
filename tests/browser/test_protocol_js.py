"""The protocol in a real browser against Python: the same bytes, signatures, rooms and worths."""

import functools
import http.server
import json
import math
import struct
import threading
from pathlib import Path

import numpy as np
import pytest

import comity.rooms.web
from agreement_situations import case_of, chicken, full_game, random_game, random_negotiation
from comity.agreement.defaults import default_payoffs
from comity.agreement.transcripts.wire import (
    constitution_to_dict,
    report_from_dict,
    report_to_dict,
)
from comity.cases import Constitution
from comity.core import canonical_json, digest
from comity.core.errors import InputError
from comity.games import Lottery, MixedProfile, NormalForm
from comity.rooms.protocol.bodies import ACTS, REASONS, STATUSES
from comity.rooms.protocol.commitments import draw_part, report_commitment, room_draw_seed
from comity.rooms.protocol.draws import drawn, drawn_number
from comity.rooms.protocol.keys import FIELD_PRIME, Key, derived, holds, is_strong
from comity.rooms.protocol.messages import Message, message_from_dict
from comity.rooms.protocol.verification import log_to_dict, verify_log
from room_forgeries import BY_SOLVING, FORGERIES, altered, leaves, misformed
from room_play import ENDINGS, ROOM, agreeing, plain_json, table, three

pytestmark = pytest.mark.browser

STATIC = Path(comity.rooms.web.__path__[0]) / "static"


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def address():
    """The modules on localhost: WebCrypto works in a secure context alone."""
    handler = functools.partial(Quiet, directory=str(STATIC))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def run(browser, address):
    """A function that runs a script on plain JSON, with `P` the protocol and `M` the model."""
    context = browser.new_context()
    page = context.new_page()
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "request",
        lambda asked: asked.url.startswith(address) or problems.append(asked.url),
    )
    page.goto(f"{address}/htmx.LICENSE.txt")

    def evaluate(script, *given):
        wrapped = f"""async (text) => {{
            const P = await import("/protocol.js");
            const M = await import("/model.js");
            return JSON.stringify(await ({script})(...JSON.parse(text)));
        }}"""
        return json.loads(page.evaluate(wrapped, json.dumps(given)))

    yield evaluate
    context.close()
    assert problems == []


def random_text(rng):
    pools = (
        range(0x20, 0x7F),
        range(0x20),
        range(0x7F, 0x250),
        (0x2028, 0x2029, 0xFFFF, 0xE000, 0xFB33),
        range(0x1F600, 0x1F640),
    )
    pool = pools[rng.integers(len(pools))]
    return "".join(chr(pool[rng.integers(len(pool))]) for _ in range(rng.integers(6)))


def random_number(rng):
    kind = rng.integers(4)
    if kind == 0:
        return int(rng.integers(-(2**53) + 1, 2**53))
    if kind == 1:
        return float(rng.normal() * 10.0 ** rng.integers(-12, 12))
    if kind == 2:
        return float(rng.choice([0.0, -0.0, 5e-324, 1.7976931348623157e308, 1e21, 1e-7, 1e16]))
    value = struct.unpack("<d", rng.bytes(8))[0]
    return value if math.isfinite(value) else 1.5


def random_json(rng, depth=3):
    kind = rng.integers(6 if depth else 4)
    if kind == 0:
        return random_text(rng)
    if kind in (1, 2):
        return random_number(rng)
    if kind == 3:
        return [None, True, False][rng.integers(3)]
    if kind == 4:
        return [random_json(rng, depth - 1) for _ in range(rng.integers(4))]
    return {random_text(rng): random_json(rng, depth - 1) for _ in range(rng.integers(5))}


def test_canonical_json_and_digests_are_the_same(run):
    rng = np.random.default_rng(1)
    values = [random_json(rng) for _ in range(600)]
    texts = run("(values) => values.map(P.canonicalJson)", values)
    assert texts == [canonical_json(value) for value in values]
    digests = run("(values) => Promise.all(values.map(P.digest))", values[:100])
    assert digests == [digest(value) for value in values[:100]]


def test_what_has_no_canonical_form_is_refused(run):
    found = run(
        r"""() => [NaN, Infinity, undefined, () => 1, 1n, "\ud800", {"\udfff": 1}, ["a\udc00b"]]
        .map((value) => { try { P.canonicalJson(value); return "taken"; }
                          catch (error) { return error.name; } })"""
    )
    assert found == ["TypeError"] * 8


def test_secrets_of_a_seat_are_the_same(run):
    secret, seated = "5a" * 32, "e1" * 32
    found = run(
        """async (secret, seated) => [
            P.toHex(await P.derived(secret, "a", "Ána\\n", 3)),
            (await P.seatKey(secret, "ab", "Ána")).public,
            await P.reportNonce(secret, "ab", "Ána", seated),
            await P.drawNonce(secret, "ab", "Ána", 2, seated),
        ]""",
        secret,
        seated,
    )
    words = ("comity-room-1", "ab", "Ána")
    assert found == [
        derived(secret, "a", "Ána\n", 3).hex(),
        Key(derived(secret, *words, "key")).public,
        derived(secret, *words, "report", 0, seated).hex(),
        derived(secret, *words, "draw", 2, seated).hex(),
    ]


def test_a_seat_in_python_makes_the_commitment_that_a_browser_makes(run):
    """The derivation is that of `Seat`, not only of its parts."""
    found = table(agreeing()).until("committing")
    seat = found.seats["A"]
    commit = seat.next(found.room)
    nonces = run(
        """async (secret, room, seated) => [await P.reportNonce(secret, room, "A", seated),
            await P.drawNonce(secret, room, "A", 0, seated),
            (await P.seatKey(secret, room, "A")).public]""",
        seat.secret,
        found.room.id,
        found.room.seated,
    )
    report = plain_json(report_to_dict(seat.party.model))
    terms = found.room.terms.hash
    assert commit.body["report"] == report_commitment(ROOM, terms, "A", report, nonces[0])
    assert commit.body["draws"] == [draw_part(ROOM, terms, "A", nonces[1], 0)]
    assert commit.key == nonces[2]


def test_each_side_takes_the_signatures_of_the_other(run):
    key, body = Key(bytes(range(32))), {"text": "Ade, 再见 👋"}
    message = Message.signed(key, room=ROOM, type="leave", body=body, author="Ána", round=1)
    made, taken, forged = run(
        """async (given) => {
            const key = await P.keyFromSeed(Uint8Array.from({length: 32}, (_, k) => k));
            const {protocol, key: _, signature, ...rest} = given;
            return [await P.signMessage({...rest, key}), await P.isSigned(given),
                    await P.isSigned({...given, round: 2})];
        }""",
        message.to_dict(),
    )
    assert made == message.to_dict()
    assert message_from_dict(made).is_signed()
    assert (taken, forged) == (True, False)


def test_a_browser_refuses_the_keys_that_python_refuses(run):
    rng = np.random.default_rng(2)
    second = [0, 1, FIELD_PRIME - 1, FIELD_PRIME, FIELD_PRIME + 1, 2**255 - 1, 9]
    keys = [y.to_bytes(32, "little").hex() for y in second] + [rng.bytes(32).hex() for _ in "abc"]
    keys += [(y | 1 << 255).to_bytes(32, "little").hex() for y in second]
    assert run("(keys) => keys.map(P.isStrong)", keys) == [is_strong(key) for key in keys]
    identity, nothing = "01" + 31 * "00", "01" + 63 * "00"
    script = "(key, signature) => P.holds(key, signature, new Uint8Array())"
    assert run(script, identity, nothing) is False
    assert run(script, "02" + 31 * "00", nothing) is holds("02" + 31 * "00", nothing, b"")


def test_commitments_and_draws_are_the_same(run):
    report, nonces = {"blocks": {"facts": [0.1, -0.0, 1e21]}}, {"Ána": "aa" * 32, "B": "bb" * 32}
    seed = room_draw_seed(ROOM, 2, nonces)
    found = run(
        """async (room, report, nonces, seed) => [
            await P.reportCommitment(room, "ff", "Ána", report, nonces.B),
            await P.drawPart(room, "ff", "Ána", nonces.B, 2),
            await P.drawSeed(room, 2, nonces), P.drawnNumber(seed)]""",
        ROOM,
        report,
        nonces,
        seed,
    )
    assert found == [
        report_commitment(ROOM, "ff", "Ána", report, nonces["B"]),
        draw_part(ROOM, "ff", "Ána", nonces["B"], 2),
        seed,
        drawn_number(seed),
    ]


def random_play(rng, shape=(2, 3)):
    if rng.integers(2):
        return MixedProfile(tuple(rng.dirichlet(np.ones(count)) for count in shape))
    cells = [tuple(int(rng.integers(count)) for count in shape) for _ in range(4)]
    return Lottery(tuple(cells), rng.dirichlet(np.ones(4)))


def test_the_same_outcome_is_drawn(run):
    rng = np.random.default_rng(3)
    plays = [random_play(rng).to_dict() for _ in range(200)]
    numbers = [float(number) for number in rng.random(198)] + [0.0, 1 - 2**-52]
    found = run("(plays, numbers) => plays.map((p, k) => P.drawn(p, numbers[k]))", plays, numbers)
    assert found == [drawn(play, number) for play, number in zip(plays, numbers, strict=True)]


@pytest.mark.parametrize("name", ENDINGS)
def test_a_browser_folds_the_log_of_every_ending(run, name):
    room = ENDINGS[name]().room
    log = plain_json(log_to_dict(room))
    found = run(
        """async (log) => { const { ok, faults, room } = await P.foldLog(log, log.operator);
        return { ok, faults, phase: room.phase, round: room.round, outcome: room.outcome,
                 head: room.head, terms: room.termsHash, seated: room.seated }; }""",
        log,
    )
    assert found == {
        "ok": True,
        "faults": [],
        "phase": "ended",
        "round": room.round,
        "outcome": plain_json(room.outcome),
        "head": room.head,
        "terms": room.terms.hash,
        "seated": room.seated,
    }


FOLD = """async (logs) => { const found = [];
    for (const log of logs) found.push((await P.foldLog(log)).faults.map((f) => f.entry));
    return found; }"""


def test_a_browser_names_the_entry_that_was_altered(run):
    log = plain_json(log_to_dict(ENDINGS["agreed after talk"]().room))
    paths = list(leaves(log["entries"]))[::9]
    logs = [{**log, "entries": altered(log["entries"], path)} for path, _ in paths]
    for (path, _), named in zip(paths, run(FOLD, logs), strict=True):
        assert set(named) & {path[0], path[0] + 1}, path


def test_a_browser_finds_what_a_forger_with_keys_did(run):
    """It stops at the same entry as Python, but for what only a solver can tell."""
    logs = {name: make() for name, make in FORGERIES.items() if name not in BY_SOLVING}
    for (name, log), named in zip(logs.items(), run(FOLD, list(logs.values())), strict=True):
        assert named[:1] == [verify_log(log).faults[0].step], name


def test_a_browser_reads_the_forms_that_python_reads(run):
    words = run("() => [P.STATUSES, P.REASONS, P.ACTS]")
    assert words == [list(STATUSES), list(REASONS), list(ACTS)]
    rng = np.random.default_rng(9)
    rooms = [make().room for make in ENDINGS.values()]
    pool = [plain_json(entry.message.to_dict()) for room in rooms for entry in room.entries]
    forged = [misformed(pool[rng.integers(len(pool))], rng) for _ in range(500)]
    read = run(
        """(messages) => messages.map((message) => {
            try { P.checkMessage(message); return true; } catch { return false; } })""",
        [*pool, *forged],
    )
    assert read == [is_read(message) for message in (*pool, *forged)]


def is_read(message):
    try:
        message_from_dict(message)
    except InputError:
        return False
    return True


def test_junk_is_a_fault_and_no_error(run):
    junk = [None, 3, "x", [], {}, {"protocol": "comity-room-1", "operator": "0" * 64}]
    junk += [{"protocol": "comity-room-1", "operator": "0" * 64, "entries": e} for e in ([], [1])]
    found = run(FOLD, junk)
    assert all(found)


def games(rng):
    for shape in ((2, 2), (3, 2), (3, 4), (2, 2, 2), (5, 5)):
        for block in ("facts", "tastes"):
            yield random_game(rng, shape, block)
    yield full_game(rng)
    yield full_game(rng, players=3, states=3)
    yield chicken()


@pytest.mark.parametrize("rule", ["maximin", "favourite-equilibrium", "policy"])
def test_worth_and_default_worth_in_games_are_those_of_python(run, rule):
    rng = np.random.default_rng(4)
    asked, expected = [], []
    for game in (game for _ in range(4) for game in games(rng)):
        policy = {name: game.actions[i][-1] for i, name in enumerate(game.players)}
        constitution = Constitution(default=rule, policy=policy if rule == "policy" else {})
        play = random_play(rng, game.shape)
        asked.append([report_to_dict(game), game.frame(), play, constitution])
        expected.append([game.payoffs(play), default_payoffs(game, constitution)])
    given = [[r, f, p.to_dict(), constitution_to_dict(c)] for r, f, p, c in asked]
    found = run(
        """(given) => given.map(([report, frame, play, constitution]) => [
            frame.players.map((name) => M.worth(report, frame, play, name)),
            frame.players.map((name) => M.defaultWorth(report, frame, constitution, name)),
            M.reportFits(report, frame)])""",
        given,
    )
    told = 0
    for (worth, default, fits), (payoffs, promised) in zip(found, expected, strict=True):
        assert fits
        assert np.allclose(worth, payoffs, rtol=0, atol=1e-9)
        if None not in default:
            told += 1
            assert np.allclose(default, promised, rtol=0, atol=1e-9)
    assert told == len(found)


def test_a_default_that_is_not_the_only_one_is_not_told(run):
    """Row three is one half of each of the first two: maximin strategies abound."""
    matrix = np.array([[1.0, -1.0], [-1.0, 1.0], [0.0, 0.0]])
    pennies = NormalForm.from_payoffs(np.stack([matrix[:2], -matrix[:2]]), ["A", "B"])
    tied = NormalForm.from_payoffs(np.stack([matrix[[0, 1, 0]], -matrix[[0, 1, 0]]]), ["A", "B"])
    script = "(r, f, c) => M.defaultWorth(r, f, c, 'A')"
    rules = constitution_to_dict(Constitution())
    found = [run(script, report_to_dict(g), g.frame(), rules) for g in (pennies, tied)]
    assert found[0] == pytest.approx(0.0, abs=1e-12)
    assert found[1] is None or found[1] == pytest.approx(0.0, abs=1e-12)


def test_worth_in_negotiations_is_that_of_python(run):
    rng = np.random.default_rng(5)
    given, expected = [], []
    for counts in ((3, 4), (2, 2, 2), (5,)):
        for delay in (0, 2):
            game = random_negotiation(rng, counts, reservation=0.4)
            cells = [tuple(int(rng.integers(c)) for c in counts) for _ in range(3)]
            play = Lottery(tuple(cells), rng.dirichlet(np.ones(3)))
            report = report_to_dict(game)
            report["discount"] = [0.9, 0.7]
            later = np.array(report["discount"]) ** delay
            given.append([report, game.frame(), play.to_dict(), delay])
            expected.append([game.payoffs(play) * later, game.reservation * later])
    found = run(
        """(given) => given.map(([r, f, p, d]) => [
            f.players.map((name) => M.worth(r, f, p, name, d)),
            f.players.map((name) => M.defaultWorth(r, f, {default: "no-deal"}, name, d))])""",
        given,
    )
    for mine, theirs in zip(found, expected, strict=True):
        assert np.allclose(mine, theirs, rtol=0, atol=1e-9)


@pytest.mark.parametrize("make", [agreeing, three])
def test_every_number_of_a_report_is_told_once(run, make):
    games_ = [make().parties[0].model, full_game(np.random.default_rng(6))]
    games_.append(random_negotiation(np.random.default_rng(7), (2, 3), reservation=0.2))
    for game in games_:
        report = report_to_dict(game)
        parts = run("(r, f) => M.publicParts(r, f)", report, game.frame())
        by_block = {name: [] for name in report["blocks"]}
        for part in parts:
            by_block[part["block"]].append(part["value"])
        assert by_block == plain_json(report["blocks"])


def changed(report, name, values):
    return {**report, "blocks": {**report["blocks"], name: values}}


def misfits():
    """Frames with a report that fits, and reports that miss in one way each."""
    deal = random_negotiation(np.random.default_rng(8), (2, 3))
    good = report_to_dict(deal)
    name, values = next(iter(good["blocks"].items()))
    yield (
        deal.frame(),
        good,
        [
            {},
            {"blocks": good["blocks"]},
            {**good, "blocks": {}},
            {**good, "discount": [1.0, 0.0]},
            {**good, "discount": [1.0, 1.5]},
            {**good, "discount": [1.0]},
            changed(good, "more", []),
            changed(good, name, values[:-1]),
            changed(good, name, [None] * len(values)),
            changed(good, name, [2e100] * len(values)),
            changed(good, name, "x"),
        ],
    )
    full = full_game(np.random.default_rng(6))
    good = report_to_dict(full)
    yield full.frame(), good, [changed(good, "prior", p) for p in ([0.5, 0.6], [1.5, -0.5], [1.0])]


def test_a_report_that_does_not_fit_is_refused_on_both_sides(run):
    for frame, good, bad in misfits():
        found = run("(rs, f) => rs.map((r) => M.reportFits(r, f))", [good, *bad], frame)
        assert found == [True] + [False] * len(bad)
        report_from_dict(frame, good)
        for report in bad:
            with pytest.raises(InputError):
                report_from_dict(frame, report)


def test_a_party_may_be_called_anything(run):
    """Names that objects of JavaScript have by themselves are names like others."""
    names = ["__proto__", "constructor"]
    game = NormalForm.from_payoffs(chicken().table, names, [["C", "D"]] * 2)
    found = table(case_of([game] * 2)).until()
    assert found.room.outcome["status"] == "agreed"
    log = plain_json(log_to_dict(found.room))
    assert run(FOLD, [log]) == [[]]
