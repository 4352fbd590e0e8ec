// The form of messages and entries: which fields, of which kind. The same table as in Python.

import { isObject } from "./canonical.js";
import { PROTOCOL } from "./signing.js";

const MOST_ROUNDS = 100;
const DEEPEST = 32;

export const STATUSES = [
  "agreed", "refused", "no gain", "declined", "left", "expired", "unsolved",
];
export const REASONS = ["gain", "distance", "evidence", "rule", "other"];
export const ACTS = ["greet", "explain", "ask", "doubt", "thank", "note"];

const hex = (digits) => (value) =>
  typeof value === "string" && value.length === digits && /^[0-9a-f]*$/.test(value);
const text = (most) => (value) => typeof value === "string" && [...value].length <= most;
const oneOf = (words) => (value) => words.includes(value);
const many = (fits, most) => (value) =>
  Array.isArray(value) && value.length <= most && value.every(fits);
const orNull = (fits) => (value) => value === null || fits(value);
const count = (most) => (value) => Number.isSafeInteger(value) && value >= 0 && value <= most;
const truth = (value) => typeof value === "boolean";
const number = (value) => typeof value === "number" && Number.isFinite(value);

const HASH = hex(64);
const LABEL = text(200);
const TEXT = text(2000);
const NUMBERS = many(orNull(number), 1000);

const BODIES = {
  propose: { terms: isObject },
  join: { terms: HASH, operator: HASH },
  commit: { report: HASH, draws: many(HASH, MOST_ROUNDS + 1) },
  reveal: { report: isObject, nonce: HASH },
  proposal: {
    notion: LABEL,
    common: isObject,
    disagreement: NUMBERS,
    status: LABEL,
    play: orNull(isObject),
    payoffs: NUMBERS,
    objective: orNull(number),
    weights: NUMBERS,
    gap: isObject,
    public: isObject,
  },
  answer: {
    accepts: truth,
    reasons: many(oneOf(REASONS), REASONS.length),
    draw: orNull(HASH),
    text: TEXT,
  },
  say: { act: oneOf(ACTS), about: LABEL, text: TEXT },
  leave: { text: TEXT },
  outcome: {
    status: oneOf(STATUSES),
    missing: many(LABEL, 1000),
    play: orNull(isObject),
    draw: orNull(isObject),
  },
};

const MESSAGE = {
  protocol: (value) => value === PROTOCOL,
  room: hex(32),
  type: (value) => Object.hasOwn(BODIES, value),
  author: LABEL,
  round: count(MOST_ROUNDS),
  after: HASH,
  body: isObject,
  key: HASH,
  signature: hex(128),
};

const ENTRY = {
  index: count(Number.MAX_SAFE_INTEGER),
  previous: HASH,
  time: count(Number.MAX_SAFE_INTEGER),
  message: isObject,
  hash: HASH,
  seal: hex(128),
};

/** Throw a TypeError that names the place unless an entry of a log has its form. */
export function checkEntry(entry) {
  checkFields(entry, ENTRY, "entry");
  checkMessage(entry.message);
}

/** Throw a TypeError that names the place unless a message has its form. */
export function checkMessage(message) {
  checkFields(message, MESSAGE, "message");
  checkDepth(message.body, DEEPEST, `${message.type}.body`);
  checkFields(message.body, BODIES[message.type], `${message.type}.body`);
}

function checkFields(data, fields, place) {
  const names = isObject(data) ? Object.keys(data) : [];
  const complete = Object.keys(fields).every((name) => Object.hasOwn(data ?? {}, name));
  if (!complete || names.length !== Object.keys(fields).length) {
    throw new TypeError(`${place}: its fields are not ${Object.keys(fields).join(", ")}`);
  }
  for (const name of names) {
    if (!fields[name](data[name])) throw new TypeError(`${place}.${name}: of the wrong kind`);
  }
}

function checkDepth(data, levels, place) {
  let level = [data];
  for (let depth = 0; depth < levels && level.length; depth += 1) {
    level = level.flatMap((item) => Object.values(item).filter(
      (inner) => typeof inner === "object" && inner !== null,
    ));
  }
  if (level.length) throw new TypeError(`${place}: nested too deep`);
}
