import hashlib
import hmac
import json

import pytest

from comity.rooms.protocol.keys import FIELD_PRIME, Key, derived, holds, is_strong, new_secret

# RFC 8032 (2017), section 7.1: secret key, public key, message, signature.
VECTORS = {
    "test 1": (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    "test 2": (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    "test 3": (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
}


@pytest.mark.parametrize("name", VECTORS)
def test_signatures_are_those_of_rfc_8032(name):
    secret, public, message, signature = VECTORS[name]
    key = Key(bytes.fromhex(secret))
    assert key.public == public
    assert key.sign(bytes.fromhex(message)) == signature
    assert holds(public, signature, bytes.fromhex(message))


def test_any_changed_digit_of_a_signature_or_key_is_found():
    _, public, message, signature = VECTORS["test 3"]
    data = bytes.fromhex(message)
    for k, digit in enumerate(signature):
        changed = signature[:k] + f"{(int(digit, 16) + 1) % 16:x}" + signature[k + 1 :]
        assert not holds(public, changed, data)
    for k, digit in enumerate(public):
        changed = public[:k] + f"{(int(digit, 16) + 1) % 16:x}" + public[k + 1 :]
        assert not holds(changed, signature, data)


def test_a_signature_has_one_form():
    """S plus the order of the group would pass where S is not checked (RFC 8032, 5.1.7)."""
    _, public, message, signature = VECTORS["test 2"]
    order = 2**252 + 27742317777372353535851937790883648493
    s = int.from_bytes(bytes.fromhex(signature[64:]), "little") + order
    other = signature[:64] + s.to_bytes(32, "little").hex()
    assert not holds(public, other, bytes.fromhex(message))


def small_order_points():
    """Second coordinates of the points whose eighth multiple is the identity, from the curve."""
    p, order = FIELD_PRIME, 2**252 + 27742317777372353535851937790883648493
    d = -121665 * pow(121666, p - 2, p) % p

    def add(first, second):
        (x1, y1), (x2, y2) = first, second
        t = d * x1 * x2 * y1 * y2 % p
        x = (x1 * y2 + x2 * y1) * pow(1 + t, p - 2, p) % p
        return x, (y1 * y2 + x1 * x2) * pow(1 - t, p - 2, p) % p

    def times(count, point):
        found = (0, 1)
        for bit in f"{count:b}":
            found = add(found, found)
            found = add(found, point) if bit == "1" else found
        return found

    points = set()
    for y in range(2, 40):
        square = (y * y - 1) * pow(d * y * y + 1, p - 2, p) % p
        x = pow(square, (p + 3) // 8, p)
        for root in (x, x * pow(2, (p - 1) // 4, p) % p):
            if root * root % p == square:
                points.add(times(order, (root, y)))
    return points


def encoded(x, y):
    return (y | (x & 1) << 255).to_bytes(32, "little").hex()


def test_keys_of_small_order_sign_nothing():
    points = small_order_points()
    assert len(points) == 8
    for x, y in points:
        assert not is_strong(encoded(x, y))
    identity, nothing = encoded(0, 1), "01" + 31 * "00" + 32 * "00"
    assert not holds(identity, nothing, b"whatever")


def test_a_key_has_one_encoding():
    for y in range(FIELD_PRIME, 2**255):
        assert not is_strong(y.to_bytes(32, "little").hex())


def test_derived_secrets_are_hmac_of_the_canonical_list():
    secret, words = "5a" * 32, ("comity-room-1", "ab", "Ána", "draw", 3)
    text = json.dumps(list(words), ensure_ascii=False, separators=(",", ":")).encode()
    expected = hmac.new(bytes.fromhex(secret), text, hashlib.sha256).digest()
    assert derived(secret, *words) == expected


def test_words_cannot_run_into_each_other():
    assert derived("00" * 32, "a", "b") != derived("00" * 32, "a\nb")
    assert derived("00" * 32, "a", "b") != derived("00" * 32, 'a","b')
    assert derived("00" * 32, "1") != derived("00" * 32, 1)


def test_a_key_does_not_show_its_seed():
    assert "07" * 8 not in repr(Key(bytes([7]) * 32))


def test_new_secrets_differ():
    found = {new_secret() for _ in range(100)}
    assert len(found) == 100
    assert {len(secret) for secret in found} == {64}
