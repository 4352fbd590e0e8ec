"""The vectors that ship: made again byte for byte, and recomputed without the protocol's code."""

import hashlib
import hmac
import json
from importlib.resources import files

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

import room_play
from comity.rooms.protocol.bodies import STATUSES
from comity.rooms.protocol.vectors import FILE, make_vectors, read_vectors, to_text
from comity.rooms.protocol.verification import log_to_dict, verify_log
from room_play import ENDINGS

VECTORS = read_vectors()


def made():
    return make_vectors({name: log_to_dict(make().room) for name, make in ENDINGS.items()})


def recorded(terms, opened, round_):
    """The proposal that ships, so that no processor's last digit of a solution counts."""
    for log in VECTORS["logs"].values():
        for entry in log["entries"]:
            message = entry["message"]
            asked = (message["type"], message["round"]) == ("proposal", round_)
            if asked and log["entries"][0]["message"]["body"]["terms"] == terms.data:
                return message["body"]
    raise LookupError("no log ships with these terms")


def test_they_are_made_again_byte_for_byte(monkeypatch):
    """Run this file as a program, with tests and src on the path, to write them anew."""
    monkeypatch.setattr(room_play, "solve", recorded)
    shipped = files("comity.rooms.protocol").joinpath(FILE).read_bytes()
    assert to_text(made()).encode("utf-8") == shipped


def test_there_is_a_log_of_every_ending_and_each_holds():
    ends = {log["entries"][-1]["message"]["body"]["status"] for log in VECTORS["logs"].values()}
    assert ends == set(STATUSES)
    for log in VECTORS["logs"].values():
        assert verify_log(log).faults == ()


def sha(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def test_canonical_texts_read_back_and_hash():
    for item in VECTORS["canonical"]:
        assert json.loads(item["text"]) == item["value"]
        assert sha(item["text"]) == item["digest"]


def test_keys_are_those_of_the_cryptography_package():
    for item in VECTORS["keys"]:
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(item["seed"]))
        assert key.public_key().public_bytes_raw().hex() == item["public"]
        assert key.sign(bytes.fromhex(item["data"])).hex() == item["signature"]


def test_derived_bytes_are_hmac_of_the_list():
    for item in VECTORS["derived"]:
        text = json.dumps(item["words"], ensure_ascii=False, separators=(",", ":"))
        code = hmac.new(bytes.fromhex(item["secret"]), text.encode(), hashlib.sha256)
        assert code.hexdigest() == item["bytes"]


def test_commitments_are_hashes_of_named_fields():
    for item in VECTORS["commitments"]:
        fields = {"room": item["room"], "constitution": item["terms"], "party": item["party"]}
        more = {"report": item["report"], "round": 0} if item["of"] == "report" else {}
        fields |= {"version": f"comity-room-{item['of']}-1", "nonce": item["nonce"]}
        fields |= more or {"round": item["round"]}
        text = json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert sha(text.replace(".0,", ",").replace(".0]", "]")) == item["commitment"]


def test_messages_are_signed_over_the_shown_bytes():
    for item in VECTORS["messages"]:
        entry = item["entry"]
        message = entry["message"]
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(message["key"]))
        key.verify(bytes.fromhex(message["signature"]), item["signed bytes"].encode())
        del message["signature"]
        assert json.loads(item["signed bytes"]) == message
        operator = Ed25519PublicKey.from_public_bytes(bytes.fromhex(item["operator"]))
        operator.verify(bytes.fromhex(entry["seal"]), bytes.fromhex(entry["hash"]))


@pytest.mark.parametrize("item", VECTORS["draws"], ids=lambda item: item["play"]["kind"])
def test_draws_follow_from_the_nonces(item):
    fields = {"version": "comity-room-draw-1", "room": item["room"], "nonces": item["nonces"]}
    fields["round"] = item["round"]
    ordered = {**fields, "nonces": dict(sorted(item["nonces"].items(), key=utf16))}
    text = json.dumps(dict(sorted(ordered.items())), ensure_ascii=False, separators=(",", ":"))
    assert sha(text) == item["seed"]
    assert int(item["seed"][:13], 16) / 2**52 == item["number"]


def utf16(pair):
    return pair[0].encode("utf-16-be")


if __name__ == "__main__":
    from pathlib import Path

    import comity.rooms.protocol.vectors as home

    Path(home.__file__).with_name(FILE).write_text(to_text(made()), encoding="utf-8")
