// What a seat signs and commits to, and what follows from its one secret. WebCrypto only.

import { canonicalJson, digest, fromHex, toHex, utf8 } from "./canonical.js";

export const PROTOCOL = "comity-room-1";
export const START = "0".repeat(64);
const REPORT = "comity-room-report-1";
const DRAW = "comity-room-draw-1";
const DRAW_DIGITS = 13;

/** 32 random bytes in hexadecimal: a seat's one secret. */
export function newSecret() {
  return toHex(crypto.getRandomValues(new Uint8Array(32)));
}

/** 32 bytes that follow from a secret and words: HMAC-SHA-256 of the canonical list of words. */
export async function derived(secret, ...words) {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", fromHex(secret), algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, utf8(canonicalJson(words))));
}

/** The key of a seat: `{public, sign}`; `sign` takes bytes and gives 128 digits. */
export async function seatKey(secret, room, name) {
  return keyFromSeed(await derived(secret, PROTOCOL, room, name, "key"));
}

/** The nonce of a seat's report; `seated` is the hash of the entry that took the last seat. */
export async function reportNonce(secret, room, name, seated) {
  return toHex(await derived(secret, PROTOCOL, room, name, "report", 0, seated));
}

/** The nonce of a seat's part of the draw after so many rounds of talk. */
export async function drawNonce(secret, room, name, round, seated) {
  return toHex(await derived(secret, PROTOCOL, room, name, "draw", round, seated));
}

/** The Ed25519 key (RFC 8032) of a seed of 32 bytes: `{public, sign}`. */
export async function keyFromSeed(seed) {
  // PKCS #8 (RFC 8410, section 7) is a fixed heading before the seed.
  const form = new Uint8Array([...fromHex("302e020100300506032b657004220420"), ...seed]);
  const open = await crypto.subtle.importKey("pkcs8", form, "Ed25519", true, ["sign"]);
  const { x } = await crypto.subtle.exportKey("jwk", open);
  const key = await crypto.subtle.importKey("pkcs8", form, "Ed25519", false, ["sign"]);
  return {
    public: toHex(Uint8Array.from(atob(x.replaceAll("-", "+").replaceAll("_", "/")), byteOf)),
    sign: async (bytes) => toHex(await crypto.subtle.sign("Ed25519", key, bytes)),
  };
}

function byteOf(character) {
  return character.charCodeAt(0);
}

const PRIME = 2n ** 255n - 19n;
const TWISTED = 2707385501144840649318225287225658788936804267575313519463743609750303402022n;
const SMALL_ORDER = new Set([0n, 1n, PRIME - 1n, TWISTED, PRIME - TWISTED]);

/** Whether a public key is in its one encoding and not of small order. */
export function isStrong(key) {
  const bytes = [...fromHex(key)].reverse().map((byte) => byte.toString(16).padStart(2, "0"));
  const second = BigInt(`0x${bytes.join("")}`) & (2n ** 255n - 1n);
  return second < PRIME && !SMALL_ORDER.has(second);
}

/** Whether a signature of some bytes was made with the key behind a public key. */
export async function holds(key, signature, bytes) {
  if (!isStrong(key)) return false;
  try {
    const open = await crypto.subtle.importKey("raw", fromHex(key), "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", open, fromHex(signature), bytes);
  } catch {
    return false; // The key is no point of the curve.
  }
}

/** A signed message, ready to be sent. */
export async function signMessage({ key, room, type, body, author = "", round = 0, after = START }) {
  const bare = { protocol: PROTOCOL, room, type, author, round, after, body, key: key.public };
  return { ...bare, signature: await key.sign(utf8(canonicalJson(bare))) };
}

/** Whether a message is signed by its own key. */
export async function isSigned({ signature, ...bare }) {
  return holds(bare.key, signature, utf8(canonicalJson(bare)));
}

/** What a party publishes before it may see any report, 64 digits. */
export function reportCommitment(room, terms, party, report, nonce, round = 0) {
  return digest({ version: REPORT, room, constitution: terms, party, round, report, nonce });
}

/** The commitment to a party's part of the draw after so many rounds of talk. */
export function drawPart(room, terms, party, nonce, round) {
  return digest({ version: DRAW, room, constitution: terms, party, round, nonce });
}

/** The hash of all parties' nonces that decides a draw. */
export function drawSeed(room, round, nonces) {
  return digest({ version: DRAW, room, round, nonces });
}

/** The number in [0, 1) that the leading 52 bits of a seed stand for. */
export function drawnNumber(seed) {
  return parseInt(seed.slice(0, DRAW_DIGITS), 16) / 2 ** (4 * DRAW_DIGITS);
}

/** The outcome at a place in [0, 1) of a play, outcomes in order of their indices. */
export function drawn(play, number) {
  const pairs = chances(play).sort(([first], [second]) => compare(first, second));
  let height = 0;
  const heights = pairs.map(([, chance]) => (height += chance));
  const place = heights.findIndex((reached) => reached > number * height);
  return [...pairs[place < 0 ? pairs.length - 1 : place][0]];
}

/** Every outcome of a play with its chance; rounding below zero counts as zero. */
export function chances(play) {
  if (play.kind === "lottery") {
    return play.outcomes.map((outcome, k) => [outcome, Math.max(0, play.probabilities[k])]);
  }
  const extend = (found, strategy) => found.flatMap(([outcome, chance]) =>
    strategy.map((p, k) => [[...outcome, k], chance * Math.max(0, p)]));
  return play.strategies.reduce(extend, [[[], 1]]);
}

function compare(first, second) {
  const k = first.findIndex((index, at) => index !== second[at]);
  return k < 0 ? 0 : first[k] - second[k];
}
