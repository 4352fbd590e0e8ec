// A room as its log makes it: whoever folds the same entries finds the same room.
//
// Everything is checked here that needs no solver: hashes, seals, signatures, phases, deadlines,
// commitments, draws, outcomes. That a proposal follows from the reports is for `comity verify`.

import { digest, fromHex, isObject, same } from "./canonical.js";
import { checkEntry } from "./forms.js";
import { reportFits } from "./model.js";
import {
  PROTOCOL, START, drawPart, drawSeed, drawn, drawnNumber, holds, isSigned, reportCommitment,
} from "./signing.js";

const MOST_TALK = 200;
const OPERATORS = ["proposal", "outcome"];
const FREE = ["say", "leave"];
const PHASES = {
  propose: [],
  join: ["joining"],
  commit: ["committing"],
  reveal: ["revealing"],
  proposal: ["solving"],
  answer: ["answering"],
};
const DONE = {
  joining: "keys", committing: "commitments", revealing: "opened", answering: "answers",
};

/** Why a room does not take a message: `code` as in the specification. */
export class Refused extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

function require(fits, code, message) {
  if (!fits) throw new Refused(code, message);
}

/** A room before its first entry, whose log the operator with this key seals. */
export function emptyRoom(operator) {
  return {
    operator, entries: [], id: "", head: START, terms: null, termsHash: "", players: [],
    phase: "joining", round: 0, anchor: START, since: 0, seated: START, keys: {}, commitments: {},
    opened: {}, proposals: [], answers: {}, outcome: null, said: {}, left: "",
    signatures: new Set(),
  };
}

/** Parties that the log shows nothing of in this phase. */
export function missing(room) {
  const done = DONE[room.phase];
  return done ? room.players.filter((name) => !Object.hasOwn(room[done], name)) : [];
}

/** When the phase ends by itself, in milliseconds since 1970; `null` once the room has ended. */
export function deadline(room) {
  if (room.phase === "ended" || !room.terms) return null;
  return room.since + 1000 * room.terms.deadlines[room.phase];
}

/** Take the next entry of a log; throws `Refused`, or a TypeError for a wrong form. */
export async function addEntry(room, entry) {
  checkEntry(entry);
  await checkLink(room, entry);
  const { message } = entry;
  if (room.entries.length === 0) {
    require(message.type === "propose", "phase", "a room opens with a proposal of terms");
  } else {
    await checkSender(room, message);
    await checkPlace(room, message, entry.time);
  }
  await CHECKS[message.type](room, message, entry.time);
  room.entries.push(entry);
  room.signatures.add(message.signature);
  room.head = entry.hash;
  await FOLDS[message.type](room, message, entry);
  return room;
}

/**
 * Fold a whole log: `{ok, faults: [{entry, type, what}], room}`.
 *
 * Hashes, seals and signatures are checked entry by entry; the fold stops at the first entry that
 * the room refuses. A log that has not ended is whole as far as it goes: `room.phase` tells.
 */
export async function foldLog(log, operator = null) {
  const room = emptyRoom(isObject(log) ? log.operator : "");
  const wrong = formFault(log, operator);
  if (wrong) return { ok: false, faults: [{ entry: -1, type: "", what: wrong }], room };
  const faults = await linkFaults(log);
  for (const [index, entry] of log.entries.entries()) {
    try {
      await addEntry(room, entry);
    } catch (error) {
      faults.push({ entry: index, type: typeOf(entry), what: error.message });
      break;
    }
  }
  return { ok: faults.length === 0, faults, room };
}

function formFault(log, operator) {
  if (!isObject(log) || !same(Object.keys(log).sort(), ["entries", "operator", "protocol"])) {
    return "it is not a log: protocol, operator and entries";
  }
  if (log.protocol !== PROTOCOL || !/^[0-9a-f]{64}$/.test(log.operator)) {
    return `it is not of ${PROTOCOL} with an operator's key`;
  }
  if (!Array.isArray(log.entries) || log.entries.length === 0) return "there are no entries";
  return operator !== null && operator !== log.operator ? "another operator sealed it" : "";
}

async function linkFaults(log) {
  const faults = [];
  let previous = START;
  for (const [index, entry] of log.entries.entries()) {
    const say = (what) => faults.push({ entry: index, type: typeOf(entry), what });
    try {
      checkEntry(entry);
      if (entry.index !== index) say(`its number is ${entry.index}`);
      if (entry.previous !== previous) say("it does not hold the hash of the entry before");
      if (!(await isWhole(entry))) say("its hash is not that of its contents");
      if (!(await isSealed(entry, log.operator))) say("its seal is not the operator's");
      if (!(await isSigned(entry.message))) say("its message is not signed by its key");
    } catch (error) {
      say(error.message);
    }
    previous = entry?.hash;
  }
  return faults;
}

function typeOf(entry) {
  return String(entry?.message?.type ?? "?").slice(0, 40);
}

async function isWhole({ index, previous, time, message, hash }) {
  return hash === await digest({ index, previous, time, message });
}

function isSealed(entry, operator) {
  return holds(operator, entry.seal, fromHex(entry.hash));
}

async function checkLink(room, entry) {
  const last = room.entries.at(-1);
  require(entry.index === room.entries.length, "chain", `it calls itself ${entry.index}`);
  require(entry.previous === room.head, "chain", "it does not hold the hash before it");
  require(await isWhole(entry), "chain", "its hash is not that of its contents");
  require(await isSealed(entry, room.operator), "chain", "its seal is not the operator's");
  require(!last || entry.time >= last.time, "chain", "its time is before that of the entry before");
}

async function checkSender(room, message) {
  require(message.room === room.id, "room", "it is of another room");
  require(await isSigned(message), "signature", "its signature is not that of its key");
  if (OPERATORS.includes(message.type)) {
    const its = message.key === room.operator && message.author === "";
    require(its, "seat", "only the operator may say this");
  } else if (message.type !== "propose") {
    require(room.players.includes(message.author), "seat", "there is no such seat");
    const key = own(room.keys, message.author) ?? message.key;
    require(message.key === key, "seat", "the seat is another's");
  }
}

async function checkPlace(room, message, time) {
  require(room.phase !== "ended", "phase", "the room has ended");
  const phases = PHASES[message.type];
  require(!phases || phases.includes(room.phase), "phase", `the room is ${room.phase}`);
  const known = message.after === room.anchor || (FREE.includes(message.type)
    && room.entries.some((entry) => entry.hash === message.after));
  require(known, "stale", "it follows another entry than the phase began with");
  require(message.round === room.round, "stale", `it is of round ${message.round}`);
  if (message.type === "outcome") return;
  require(await settled(room) === null, "phase", "the room is over but for its outcome");
  const inTime = time <= deadline(room) || FREE.includes(message.type);
  require(inTime, "late", "the deadline has passed");
}

const CHECKS = {
  async propose(room, message) {
    require(room.entries.length === 0, "phase", "a room has one proposal of terms");
    require(await isSigned(message), "signature", "its signature is not that of its key");
    const first = message.after === START && message.author === "" && message.round === 0;
    require(first, "chain", "it claims to follow something");
    require(termsFit(message.body.terms), "content", "these are not the terms of a room");
  },
  join(room, message) {
    require(!Object.hasOwn(room.keys, message.author), "duplicate", "the seat is taken");
    require(!others(room).includes(message.key), "seat", "one key cannot hold two seats");
    require(message.body.terms === room.termsHash, "content", "the terms are others");
    require(message.body.operator === room.operator, "content", "the operator is another");
  },
  commit(room, message) {
    const { report, draws } = message.body;
    require(!Object.hasOwn(room.commitments, message.author), "duplicate", "it has committed already");
    require(draws.length === rounds(room) + 1, "content", "one part of a draw per round");
    const taken = Object.values(room.commitments).flatMap((body) => [body.report, ...body.draws]);
    const all = [...taken, report, ...draws];
    require(new Set(all).size === all.length, "content", "a commitment is a copy");
  },
  async reveal(room, message) {
    const { report, nonce } = message.body;
    require(!Object.hasOwn(room.opened, message.author), "duplicate", "it has revealed already");
    const made = await reportCommitment(room.id, room.termsHash, message.author, report, nonce);
    const committed = room.commitments[message.author].report;
    require(made === committed, "content", "it does not open what was committed to");
    require(reportFits(report, room.terms.frame), "content", "the report does not fit the frame");
  },
  proposal(room, message) {
    const names = Object.keys(message.body.public).sort();
    require(same(names, [...room.players].sort()), "content", "a party's rules are missing");
    const readable = Object.values(message.body.public).every((found) => Array.isArray(found)
      && found.every((one) => isObject(one) && typeof one.holds === "boolean"));
    require(readable, "content", "what the rules found cannot be read");
  },
  async answer(room, message) {
    const { accepts, reasons, draw } = message.body;
    const { author } = message;
    require(!Object.hasOwn(room.answers, author), "duplicate", "it has answered already");
    require(room.proposals.at(-1).play !== null, "phase", "there is nothing to answer to");
    if (!accepts) {
      require(draw === null, "content", "who refuses opens nothing");
      return;
    }
    require(reasons.length === 0, "content", "who accepts gives no reasons to refuse");
    const holding = room.proposals.at(-1).public[author].every((found) => found.holds);
    require(holding, "content", "the constitution refuses for it");
    require(draw !== null, "content", "who accepts opens its part of the draw");
    const part = await drawPart(room.id, room.termsHash, author, draw, room.round);
    const committed = room.commitments[author].draws[room.round];
    require(part === committed, "content", "its part of the draw is not what it committed to");
  },
  say(room, message) {
    require(Object.hasOwn(room.keys, message.author), "seat", "who speaks joins first");
    require(!room.signatures.has(message.signature), "duplicate", "it has said that already");
    require((own(room.said, message.author) ?? 0) < MOST_TALK, "full", "it has said enough");
  },
  leave(room, message) {
    if (Object.hasOwn(room.keys, message.author)) return;
    require(room.phase === "joining", "seat", "who leaves joins first");
    require(!others(room).includes(message.key), "seat", "one key cannot speak for two seats");
  },
  async outcome(room, message, time) {
    const expected = await ending(room, time);
    require(expected !== null, "phase", "nothing ends the room");
    if (expected.status === "expired") {
      const named = missing(room).filter((name) => message.body.missing.includes(name));
      const known = named.length > 0 && same(named, message.body.missing);
      require(known, "content", "those who are missing are others");
      expected.missing = named;
    }
    require(same(message.body, expected), "content", `the room ends otherwise: ${expected.status}`);
  },
};

const FOLDS = {
  async propose(room, message, entry) {
    room.id = message.room;
    room.terms = message.body.terms;
    room.termsHash = await digest(room.terms);
    room.players = [...room.terms.frame.players];
    enter(room, "joining", entry);
  },
  join(room, message, entry) {
    put(room.keys, message.author, message.key);
    if (missing(room).length === 0) {
      room.seated = entry.hash;
      enter(room, "committing", entry);
    }
  },
  commit(room, message, entry) {
    put(room.commitments, message.author, message.body);
    if (missing(room).length === 0) enter(room, "revealing", entry);
  },
  reveal(room, message, entry) {
    put(room.opened, message.author, message.body);
    if (missing(room).length === 0) enter(room, "solving", entry);
  },
  proposal(room, message, entry) {
    room.proposals.push(message.body);
    room.answers = {};
    enter(room, "answering", entry);
  },
  answer(room, message, entry) {
    put(room.answers, message.author, message.body);
    const complete = missing(room).length === 0;
    if (complete && !allAccept(room) && room.round < rounds(room)) {
      room.round += 1;
      enter(room, "solving", entry);
    }
  },
  say(room, message) {
    put(room.said, message.author, (own(room.said, message.author) ?? 0) + 1);
  },
  leave(room, message) {
    room.left = message.author;
  },
  outcome(room, message, entry) {
    room.outcome = message.body;
    enter(room, "ended", entry);
  },
};

/** The outcome that the log has led to whatever the clock says, or `null`. */
async function settled(room) {
  if (room.left) {
    return end(room.phase === "joining" ? "declined" : "left", { missing: [room.left] });
  }
  if (room.phase !== "answering") return null;
  const { play } = room.proposals.at(-1);
  if (play === null) return end("no gain");
  if (missing(room).length > 0) return null;
  if (!allAccept(room)) return end("refused");
  const nonces = {};
  for (const name of room.players) put(nonces, name, room.answers[name].draw);
  const seed = await drawSeed(room.id, room.round, nonces);
  const number = drawnNumber(seed);
  return end("agreed", { play, draw: { seed, number, outcome: drawn(play, number) } });
}

async function ending(room, time) {
  const found = await settled(room);
  if (found !== null) return found;
  if (room.phase === "solving") return end("unsolved");
  return time > deadline(room) ? end("expired", { missing: missing(room) }) : null;
}

function end(status, rest = {}) {
  return { status, missing: [], play: null, draw: null, ...rest };
}

function enter(room, phase, entry) {
  Object.assign(room, { phase, anchor: entry.hash, since: entry.time });
}

function rounds(room) {
  return room.terms.constitution.talk.rounds;
}

function allAccept(room) {
  return Object.values(room.answers).every((answer) => answer.accepts);
}

function others(room) {
  return [room.operator, ...Object.values(room.keys)];
}

/** A field of an object that is its own, so that a party may be called `constructor`. */
function own(data, name) {
  return Object.hasOwn(data, name) ? data[name] : undefined;
}

/** Set a field as an object's own, so that a party may be called `__proto__`. */
function put(data, name, value) {
  Object.defineProperty(data, name, {
    value, enumerable: true, writable: true, configurable: true,
  });
}

function termsFit(terms) {
  const fields = ["constitution", "deadlines", "evidence", "frame", "summary", "title"];
  if (!same(Object.keys(terms).sort(), fields)) return false;
  const { frame, deadlines, constitution } = terms;
  const names = isObject(frame) && Array.isArray(frame.players) ? frame.players : [];
  const timed = ["joining", "committing", "revealing", "solving", "answering"];
  return names.length >= 2 && names.every((name) => typeof name === "string" && name)
    && new Set(names).size === names.length && isObject(deadlines)
    && timed.every((phase) => Number.isSafeInteger(deadlines[phase]) && deadlines[phase] > 0)
    && isObject(constitution) && isObject(constitution.talk)
    && Number.isSafeInteger(constitution.talk.rounds) && constitution.talk.rounds >= 0;
}
